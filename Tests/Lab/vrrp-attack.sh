#!/bin/bash
# where: host
# packages: iproute2
# Nothing that a stranger on the link sends moves the address or holds up an advertisement, at 50,000 packets a second
# either, and the log tells what was rejected and why.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged attack
finish
