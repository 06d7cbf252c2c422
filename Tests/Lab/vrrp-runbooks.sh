#!/bin/bash
# where: host
# packages: iproute2
# peers: keepalived
# Runbooks with our daemon on both nodes, and with keepalived on one: as operators do them, on their configurations.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged runbooks
finish
