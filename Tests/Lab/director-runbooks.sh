#!/bin/bash
# where: guest
# packages: iproute2 kmod openssl psmisc python3
# peers: keepalived nginx
# timeout: 700
# The runbooks of directors and real servers, done as operators do them, on their files.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/director.sh
. "$repository/Tests/Lab/tools/director.sh"

judged runbooks
finish
