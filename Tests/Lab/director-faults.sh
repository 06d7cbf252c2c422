#!/bin/bash
# where: guest
# packages: iproute2 kmod openssl python3
# peers: keepalived nginx haproxy dnsmasq-base exim4-daemon-light
# timeout: 700
# Real servers that fail in every way behind direct routing, NAT and tunnels, with clients that ask all the time: the table
# changes when the file's times say, and no request is lost that need not be.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/director.sh
. "$repository/Tests/Lab/tools/director.sh"

judged faults
finish
