#!/bin/bash
# where: host
# packages: iproute2
# peers: keepalived
# What the kernel has, what scripts are told and what goes out on the wire is with our daemon what it is with keepalived,
# for the same configuration and the same events.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged alike
finish
