#!/bin/bash
# where: guest
# packages: strace
# Real servers are told the same, whether the kernel's older interface may be asked (root) or only netlink
# (root without CAP_NET_RAW): both by ours, and by the C program.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

by_netlink_only() {
    setpriv --bounding-set -net_raw --inh-caps -net_raw "$ours" "$@"
}

rules() {
    local service server
    for service in {1..9}; do
        echo "-A -t 10.0.$service.1:80 -s rr"
        for server in $(seq 0 "$service"); do
            echo "-a -t 10.0.$service.1:80 -r 10.1.$service.$((server + 1)):8080 -m -w $server -x $((server * 3)) -y $server"
        done
    done
    cat <<'RULES'
-A -f 7 -s rr
-a -f 7 -r 10.2.0.1:90 -m -w 5
-A -f 7 -6 -s rr
-a -f 7 -6 -r [fd00::9]:1 -m -w 1
-A -u 10.0.0.53:53 -s sh -o
-a -u 10.0.0.53:53 -r 10.2.0.2:53 -g -w 0
-A -t 10.0.0.80:80 -s wlc
-a -t 10.0.0.80:80 -r 10.2.0.3:80 -g -w 1
-a -t 10.0.0.80:80 -r 10.2.0.4:80 -i -w 2 --tun-type gre --tun-csum
-a -t 10.0.0.80:80 -r [fd00::3]:80 -i -w 3 --tun-type gue --tun-port 6080
-A -t 10.0.0.81:80 -s wlc
-A -t [fd00::1]:80 -s wlc
-a -t [fd00::1]:80 -r [fd00::4]:80 -m -w 4
RULES
}

modprobe ip_vs
"$oracle" -C
rules | "$oracle" -R

uses_getsockopt() { strace -f -e trace=getsockopt "$@" 2>&1 | grep IP_VS_SO_GET_DESTS >/dev/null; }
check "root asks the older interface" uses_getsockopt "$ours" -Ln
refuses_getsockopt() { ! uses_getsockopt setpriv --bounding-set -net_raw --inh-caps -net_raw "$ours" -Ln; }
check "without CAP_NET_RAW it is not asked" refuses_getsockopt

for listing in -Ln "-Ln --nosort" "-Ln --thresholds" "-Ln --tun-info" "-Ln --persistent-conn" -Sn; do
    # shellcheck disable=SC2086 # the listing's words
    equal "$listing" "$(by_netlink_only $listing)" "$("$ours" $listing)"
done
for listing in "-Ln --thresholds" "-Ln --tun-info"; do
    # The C program puts the IPv6 server elsewhere in its row of servers, so compare what is listed and not where.
    # shellcheck disable=SC2086
    equal "$listing, beside the C program" "$("$oracle" $listing | sort)" "$("$ours" $listing | sort)"
done
"$ours" -C
finish
