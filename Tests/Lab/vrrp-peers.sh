#!/bin/bash
# where: host
# packages: iproute2
# peers: keepalived frr
# Our daemon elects with keepalived, FRR and itself, as the active and as the backup node, in every form of VRRP that
# both know: who sends what and when is judged from the packets on the switch between them.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged matrix
finish
