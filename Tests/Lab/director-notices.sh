#!/bin/bash
# where: guest
# packages: iproute2 kmod python3
# peers: keepalived
# timeout: 600
# Lines of FIFOs, scripts and mail about real servers and quorums are with our daemon what they are with keepalived 2.2.7.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/director.sh
. "$repository/Tests/Lab/tools/director.sh"

judged notices
finish
