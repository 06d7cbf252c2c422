#!/bin/bash
# where: guest
# packages: iproute2 kmod python3
# peers: keepalived
# timeout: 120
# What the checks of real servers send is what keepalived 2.2.7 sends, octet by octet but for identifiers: queries of
# DNS_CHECK, payloads of UDP_CHECK, echoes of PING_CHECK, and how TCP_CHECK ends its connections.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/own-network.sh
. "$repository/Tests/Lab/tools/own-network.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
modprobe ip_vs 2>/dev/null || true
for host in 10.9.0.1 10.9.0.2; do ip address add $host/24 dev lo; done
for host in fd00::1 fd00::2; do ip address add $host/64 dev lo nodad; done
eventually 5 grep -q fd00::2 <(ip -6 route show table local)

# sent NAME PROGRAM [ARGUMENT...]: what it sends, in $work/NAME.
sent() {
    local name=$1
    shift
    python3 "$repository/Tests/Lab/tools/checks-wire.py" "$work/$name.conf" "$@" "$work/$name.conf" \
        >"$work/$name" 2>"$work/$name.log" || cat "$work/$name.log"
}

folder=$(peer_folder keepalived)
LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu sent keepalived \
    "$folder/usr/sbin/keepalived" -C -n -l -D -p "$work/pid" -c "$work/checkers.pid" -f
sent ours "$vrrpctl" run --socket "$work/control.sock" -f

while IFS=$'\t' read -r -u 3 what theirs && IFS=$'\t' read -r -u 4 _ mine; do
    if [[ $theirs == nothing ]]; then
        fail "keepalived makes $what"
    else
        equal "$what" "$theirs" "$mine"
    fi
done 3<"$work/keepalived" 4<"$work/ours"
equal "all checks were compared" "$(wc -l <"$work/keepalived")" "$passed"
((failed == 0)) || tail -n 20 "$work"/*.log
finish
