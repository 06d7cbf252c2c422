#!/bin/bash
# where: host
# packages: iproute2 procps
# peers: keepalived nginx haproxy
# nginx and HAProxy made highly available without LVS, by track_script and track_process: the process dies, the address
# moves to the other node, and back when it is there again; a reload of the proxy moves nothing. With the times that a
# client waits, ours beside keepalived's.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged proxies
finish
