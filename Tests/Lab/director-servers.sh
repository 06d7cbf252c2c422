#!/bin/bash
# where: guest
# packages: iproute2 python3 jq
# `vrrpctl servers` with the kernel's table: live TCP checks, weights, connections and the kernel's own counters and rates,
# for programs and for people.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/own-network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/own-network.sh"

work=$(mktemp -d)
socket=$work/control.sock

clean_up() {
    pkill -9 -f -- "--socket $socket" || true
    kill "${server-}" 2>/dev/null || true
    "$ours" -C || true
    rm -rf "$work"
}
trap clean_up EXIT

modprobe -a ip_vs
ip address add 10.0.0.1/32 dev lo
for last in 2 3; do ip address add 10.1.0.$last/32 dev lo; done
python3 -c '
import socket
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("10.1.0.2", 80))
listener.listen(64)
while True:
    listener.accept()[0].close()' &
server=$!
check "the real server answers" eventually 60 bash -c ': </dev/tcp/10.1.0.2/80' 2>/dev/null

cat >"$work/director.conf" <<CONF
virtual_server 10.0.0.1 80 {
    delay_loop 1
    delay_before_retry 1
    retry 1
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.1.0.2 80 {
        weight 3
        TCP_CHECK {
            connect_timeout 1
        }
    }
    real_server 10.1.0.3 80 {
        TCP_CHECK {
            connect_timeout 1
        }
    }
}
CONF
"$vrrpctl" run -f "$work/director.conf" --socket "$socket" >"$work/log" 2>&1 </dev/null &
disown
json() { "$vrrpctl" servers --socket "$socket" --json; }
# server N FILTER: of a real server.
server() { json | jq -r ".services[0].servers[$1] | $2"; }
is() { [[ $(server "$1" "$2") == "$3" ]]; }

check "the dead server is found dead" eventually 60 is 1 .isUp false 2>/dev/null
check "the living one lives" eventually 60 is 0 '"\(.isUp) \(.weight) \(.checks[0].result)"' "true 3 succeeded"
equal "the dead one is not in the table" null "$(server 1 .traffic)"
check "it says why" is 1 '.checks[0].result | test("refused")' true
equal "nothing was forwarded yet" 0 "$(server 0 .traffic.connections)"
python3 -c 'import socket
for _ in range(40):
    socket.create_connection(("10.0.0.1", 80), 5).close()'
# The kernel adds up every two seconds.
counted() { [[ $(json | jq '.services[0].traffic.connections') == 40 && $(server 0 .traffic.connections) == 40 ]]; }
check "forty connections are counted, of the service and of its server" eventually 30 counted
kernel=$("$ours" -Ln --stats --exact -t 10.0.0.1:80 | awk '/10.1.0.2:80/ { print $3, $4, $6 }')
equal "as ipvsadm has them" "$kernel" "$(server 0 '.traffic | "\(.connections) \(.incomingPackets) \(.incomingBytes)"')"
equal "and the connections of now" "$("$ours" -Ln -t 10.0.0.1:80 | awk '/10.1.0.2:80/ { print $5 + $6 }')" \
    "$(server 0 '.traffic.activeConnections + .traffic.inactiveConnections')"
rates() {
    python3 -c 'import socket
for _ in range(60):
    socket.create_connection(("10.0.0.1", 80), 5).close()'
    (($(server 0 .traffic.connectionRate) > 0 && $(server 0 .traffic.incomingByteRate) > 0))
}
check "rates are the kernel's" eventually 30 rates
check "people see them too" grep -Eq '^  \[10.1.0.2\]:tcp:80 +up .* 3 +[0-9]+ +[0-9]+ +[0-9.k]+ .* TCP_CHECK succeeded in' \
    <<<"$("$vrrpctl" servers --socket "$socket")"
"$vrrpctl" stop --socket "$socket" >/dev/null
equal "an end leaves no table" "" "$("$ours" -Sn)"
finish
