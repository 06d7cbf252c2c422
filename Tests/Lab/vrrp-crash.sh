#!/bin/bash
# where: host
# packages: iproute2
# peers: keepalived
# Whatever part of the daemon dies, the address has one owner and the clients wait no longer than the backup must; a stop
# and a start leave nothing behind; what somebody removes comes back; a reload changes only what was changed.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged crash
finish
