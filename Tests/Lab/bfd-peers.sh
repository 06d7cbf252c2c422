#!/bin/bash
# where: host
# packages: iproute2
# peers: keepalived frr
# Our BFD sessions with bfdd of FRR, with keepalived and with themselves: they come up, agree, notice a loss within the
# detection time, follow a reload, say good-bye, and are no stranger's to end; and virtual routers that track them move
# their address. Everything is judged from the packets on the switch between the nodes.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged sessions
finish
