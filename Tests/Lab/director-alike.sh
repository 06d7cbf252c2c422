#!/bin/bash
# where: guest
# packages: iproute2 kmod python3
# peers: keepalived
# timeout: 700
# The kernel's IPVS table goes through the same states with our daemon as with keepalived 2.2.7, for the same file and the
# same faults, and changes when the file's times say.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/director.sh
. "$repository/Tests/Lab/tools/director.sh"

judged alike
judged reloads
finish
