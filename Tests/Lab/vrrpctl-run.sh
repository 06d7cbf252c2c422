#!/bin/bash
# where: host
# packages: iproute2 jq python3
# peers: tcpdump
# `vrrpctl run` as an operator sees it: who may start it and how often, what its two processes do for each other, what it
# leaves behind, what it logs and tells systemd, and what a reload does. The elections are the matter of other suites.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

work=$(mktemp -d)
node="vrrpctl-run-node"
hearer="vrrpctl-run-hearer"
socket=$work/state/control.sock
lock=$work/state/control.lock
conf=$work/node.conf
secret=hidden42

clean_up() {
    local pid
    for pid in $(daemons) ${tcpdump-} ${notified-}; do kill -9 "$pid" 2>/dev/null || true; done
    ip netns del $node 2>/dev/null || true
    ip netns del $hearer 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

PATH=$(peer_folder tcpdump)/usr/bin:$(peer_folder tcpdump)/usr/sbin:$PATH

# All processes of the daemon, guardian and worker.
daemons() {
    pgrep --full -- "--socket $socket" || true
}

guardian() {
    cat "$lock"
}

worker() {
    daemons | grep -vx "$(guardian)" || true
}

# Whether there are one guardian and one worker, and the worker is not the process that is given.
both_run() {
    [[ $(daemons | wc -l) -eq 2 && -n $(worker) && $(worker) != "${1-}" ]] && answers
}

another_guardian() {
    [[ $(guardian) != "$1" ]]
}

answers() {
    "$vrrpctl" reload --dry-run --socket "$socket" >/dev/null 2>&1
}

gone() {
    [[ -z $(daemons) ]]
}

on_node() {
    ip netns exec $node "$@"
}

has() {
    grep -qF " $1/" <(on_node ip -o address show dev eth0)
}

lacks() {
    ! has "$1"
}

# start ARG...: a daemon in the background; its log is $work/log and its exit status will be in $work/status.
start() {
    rm -f "$work/status"
    (
        status=0
        on_node "$vrrpctl" run --socket "$socket" "$@" 2>>"$work/log" || status=$?
        echo "$status" >"$work/status"
    ) &
}

write_conf() {
    cat >"$conf" <<TEXT
vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    priority ${1-150}
    advert_int 0.1
    version 3
    virtual_ipaddress {
        10.91.0.10/24
        ${2-}
    }
}
vrrp_instance VI_2 {
    interface eth0
    virtual_router_id 52
    priority 150
    authentication {
        auth_type PASS
        auth_pass $secret
    }
    virtual_ipaddress {
        10.91.0.20/24
    }
}
virtual_server 10.91.0.20 80 {
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.91.0.21 80 {
    }
}
TEXT
}

ip netns add $node
ip netns add $hearer
ip link add name eth0 netns $node type veth peer name eth0 netns $hearer
ip -n $node link set lo up
ip -n $hearer link set lo up
ip -n $node address add 10.91.0.1/24 dev eth0
ip -n $hearer address add 10.91.0.2/24 dev eth0
ip -n $node link set eth0 up
ip -n $hearer link set eth0 up
ip netns exec $hearer tcpdump -nn -l -i eth0 -p 'ip proto 112' >"$work/packets" 2>"$work/tcpdump" &
tcpdump=$!
disown
check "tcpdump listens" eventually 20 grep -q listening "$work/tcpdump"

# How often an instance has resigned so far.
resigned() {
    grep -c "vrid $1, prio 0" "$work/packets" || true
}

resigned_more() {
    (($(resigned "$1") > $2))
}

# MARK: Before it runs

write_conf
status_is "without rights" 77 \
    setpriv --reuid 65534 --regid 65534 --clear-groups "$vrrpctl" run -f "$conf" --socket "$socket"
equal "one sentence about it" 1 "$(setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$vrrpctl" run -f "$conf" --socket "$socket" 2>&1 | grep -c 'CAP_NET_ADMIN and CAP_NET_RAW are missing')"
sed 's/priority/priorty/' "$conf" >"$work/wrong.conf"
status_is "a configuration with errors" 5 on_node "$vrrpctl" run -f "$work/wrong.conf" --socket "$socket"
check "its errors have their places" grep -q 'wrong.conf:4:5: error: vrrp_instance has no keyword priorty' \
    <(on_node "$vrrpctl" run -f "$work/wrong.conf" --socket "$socket" 2>&1)
status_is "a file that is not there" 5 on_node "$vrrpctl" run -f "$work/none.conf" --socket "$socket"
status_is "a socket that cannot be made" 73 on_node "$vrrpctl" run -f "$conf" --socket /proc/self/control.sock
status_is "half an instance" 2 "$vrrpctl" run --instance VI_1 --interface eth0
status_is "an instance and a file" 2 "$vrrpctl" run -f "$conf" --instance V --interface eth0 --vrid 1 --address 10.0.0.1
status_is "a file that cannot be read again" 2 "$vrrpctl" run -f -
status_is "a pipe" 5 on_node "$vrrpctl" run -f <(cat "$conf") --socket "$socket"
printf 'global_defs {\n script_user nobody-knows-me\n}\n' >"$work/user.conf"
status_is "a user that nobody knows" 0 "$vrrpctl" check -f "$work/user.conf"
status_is "nobody to reload" 69 "$vrrpctl" reload --socket "$socket"
check "nothing runs after all that" gone

# MARK: Running

start -f "$conf"
check "guardian and worker" eventually 20 both_run
check "its addresses come" eventually 20 has 10.91.0.10
# With IPVS in this kernel and without it.
check "it says what becomes of virtual servers" eventually 10 \
    grep -Eq 'this kernel has no IP Virtual Server|10\.91\.0\.20:80 TCP has gained its quorum' "$work/log"
check "both of them" eventually 20 has 10.91.0.20
first=$(guardian)
status_is "a second start" 75 on_node "$vrrpctl" run -f "$conf" --socket "$socket"
check "it names the first" grep -q "process $first runs with the socket $socket already" \
    <(on_node "$vrrpctl" run -f "$conf" --socket "$socket" 2>&1)
check "the first does not mind" both_run
refuses "others may not connect" setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$vrrpctl" reload --socket "$socket"

# MARK: The worker dies

on_node ip -o monitor address >"$work/monitor" &
monitor=$!
before=$(worker)
count=$(resigned 51)
kill -9 "$before"
check "the guardian resigns for the worker" eventually 10 resigned_more 51 "$count"
check "for every instance" eventually 10 grep -q 'vrid 52, prio 0' "$work/packets"
check "its addresses were removed" eventually 10 grep -q 'Deleted.* 10.91.0.10/24' "$work/monitor"
check "another worker runs" eventually 30 both_run "$before"
equal "under the same guardian" "$first" "$(guardian)"
check "and has the addresses again" eventually 20 has 10.91.0.10
check "all of them" eventually 20 has 10.91.0.20

# MARK: The guardian dies

: >"$work/monitor"
before=$(worker)
count=$(resigned 51)
kill -9 "$first"
check "another guardian" eventually 10 another_guardian "$first"
check "both run" eventually 20 both_run
check "the worker went on" grep -qx "$before" <(daemons)
equal "nobody resigned" "$count" "$(resigned 51)"
equal "no address moved" '' "$(cat "$work/monitor")"
kill $monitor
second=$(guardian)
count=$(resigned 51)
kill -9 "$before"
check "the new guardian resigns too" eventually 10 resigned_more 51 "$count"
check "and starts another worker" eventually 30 both_run "$before"
equal "it is still the same" "$second" "$(guardian)"
check "with the addresses" eventually 20 has 10.91.0.10

# MARK: Both die

eventually 20 has 10.91.0.20 || true
on_node ip address add 10.91.0.77/24 dev eth0
# Stopped first: otherwise the second one may have replaced the first before it is killed itself.
both=$(daemons)
# shellcheck disable=SC2086 # numbers
kill -STOP $both
# shellcheck disable=SC2086 # numbers
kill -9 $both
check "both are gone" eventually 10 gone
check "the address stays" has 10.91.0.10
start --instance OTHER --interface eth0 --vrid 53 --address 10.91.0.30/24
check "the next start" eventually 20 both_run
check "removes what was left" lacks 10.91.0.10
check "all of it" lacks 10.91.0.20
check "and nothing else" has 10.91.0.77
check "an instance without a file" eventually 20 has 10.91.0.30
kill -TERM "$(guardian)"
check "it ends" eventually 10 gone
on_node ip address del 10.91.0.77/24 dev eth0
equal "only the interface's own address is left" 1 "$(on_node ip -4 -o address show dev eth0 | wc -l)"

# MARK: Reload

write_conf
start -f "$conf" --log-format json
check "it runs again" eventually 20 both_run
check "with its address" eventually 20 has 10.91.0.10
equal "nothing would change" "nothing would change" "$("$vrrpctl" reload --dry-run --socket "$socket")"
write_conf 150 10.91.0.11/24
check "what would change" grep -q 10.91.0.11 <("$vrrpctl" reload --dry-run --socket "$socket")
check "but has not" lacks 10.91.0.11
count=$(resigned 51)
check "what has changed" grep -q 10.91.0.11 <("$vrrpctl" reload --socket "$socket")
check "it is there" eventually 10 has 10.91.0.11
equal "nobody resigned for it" "$count" "$(resigned 51)"
write_conf
kill -HUP "$(guardian)"
check "by HUP it goes again" eventually 10 lacks 10.91.0.11
check "the other stays" has 10.91.0.10
sed -i 's/priority/priorty/' "$conf"
status_is "errors are refused" 5 "$vrrpctl" reload --socket "$socket"
check "with a mark below them" grep -q '\^~~~~~~' <("$vrrpctl" reload --socket "$socket" 2>&1)
status_is "also dry" 5 "$vrrpctl" reload --dry-run --socket "$socket"
check "it goes on as before" has 10.91.0.10
equal "both processes" 2 "$(daemons | wc -l)"

# ask REQUEST: a request over the control socket, as any program may make it.
ask() {
    python3 - "$socket" "$1" <<'TEXT'
import json, socket, sys
client = socket.socket(socket.AF_UNIX)
client.connect(sys.argv[1])
client.sendall(json.dumps({"version": 1, "request": sys.argv[2]}).encode() + b"\n")
print(client.makefile().readline(), end="")
TEXT
}
check "it can be asked for its version" jq -e '.ok and .pid and .programVersion' <(ask ping)
check "and what it has counted" jq -e \
    '.instances | length == 2 and all(.rejected == {}) and any(.instance == "VI_1" and .sent > 0)' <(ask counters)
check "an unknown request is refused" jq -e '.ok == false and (.error | test("counters, .*ping, .*reload, .*stop"))' <(ask fly)

# Somebody connects and says nothing, somebody else says too much: others are answered.
python3 - "$socket" <<'TEXT' &
import socket, sys, time
silent = [socket.socket(socket.AF_UNIX) for _ in range(10)]
for client in silent:
    client.connect(sys.argv[1])
loud = socket.socket(socket.AF_UNIX)
loud.connect(sys.argv[1])
try:
    while True:
        loud.sendall(b"x" * 65536)
except OSError:
    pass
time.sleep(60)
TEXT
rude=$!
write_conf
check "rude clients do not matter" "$vrrpctl" reload --socket "$socket"
kill $rude 2>/dev/null || true

# MARK: The end

count=$(resigned 51)
kill -INT "$(guardian)"
check "it ends by INT" eventually 10 gone
check "with status 0" eventually 10 grep -qx 0 "$work/status"
check "having resigned" eventually 10 resigned_more 51 "$count"
equal "only the interface's own address is left" 1 "$(on_node ip -4 -o address show dev eth0 | wc -l)"
check "no socket is left" test ! -e "$socket"
check "nor a ledger" test ! -e "$work/state/control.ledger"
check "the log is JSON, line by line" jq -es 'all(.time and .level and .event and .message)' \
    <(sed -n '/^{/p' "$work/log")
check "it has the transition" jq -es 'any(.instance == "VI_1")' <(sed -n '/^{/p' "$work/log")
refuses "the password is not in it" grep -q "$secret" "$work/log"

# MARK: Its own network namespace

write_conf
sed -i "1i net_namespace $node" "$conf"
"$vrrpctl" run -f "$conf" --socket "$socket" 2>"$work/namespace.log" &
check "it enters net_namespace" eventually 20 both_run
check "its address comes there" eventually 20 has 10.91.0.10
count=$(resigned 51)
before=$(worker)
kill -9 "$before"
check "its guardian resigns there" eventually 10 resigned_more 51 "$count"
check "another worker" eventually 30 both_run "$before"
check "has the address again" eventually 20 has 10.91.0.10
kill -TERM "$(guardian)"
check "it ends" eventually 10 gone
check "without a trace" lacks 10.91.0.10
refuses "nobody fails to get there" grep -q 'cannot enter' "$work/namespace.log"

# MARK: Another user, with the two rights

mkdir "$work/other"
chmod 711 "$work"
chown 65534 "$work/other"
write_conf
chmod 644 "$conf"
with_rights=(setpriv --reuid 65534 --regid 65534 --clear-groups "--inh-caps=-all,+net_admin,+net_raw"
    "--ambient-caps=-all,+net_admin,+net_raw")
on_node "${with_rights[@]}" "$vrrpctl" run -f "$conf" --socket "$work/other/control.sock" 2>"$work/other.log" &
lock=$work/other/control.lock socket=$work/other/control.sock
check "another user can run it" eventually 20 both_run
check "its address comes" eventually 20 has 10.91.0.10
before=$(worker)
kill -9 "$before"
check "its guardian has the rights too" eventually 30 both_run "$before"
check "the address is back" eventually 20 has 10.91.0.10
kill -TERM "$(guardian)"
check "it ends" eventually 10 gone
check "without a trace" lacks 10.91.0.10
lock=$work/state/control.lock socket=$work/state/control.sock

# MARK: systemd

python3 - "$work/notify" >"$work/notified" <<'TEXT' &
import socket, sys
notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notified.bind(sys.argv[1])
while True:
    print(notified.recv(4096).decode().replace("\n", " "), flush=True)
TEXT
notified=$!
disown
eventually 10 test -S "$work/notify" || true
NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=400000 start -f "$conf"
check "systemd is told when it runs" eventually 10 grep -q '^READY=1' "$work/notified"
check "the watchdog hears of it" eventually 10 grep -q '^WATCHDOG=1' "$work/notified"
check "both run" eventually 20 both_run
equal "its main process is the guardian" "MAINPID=$(guardian)" "$(grep -o 'MAINPID=[0-9]*' "$work/notified" | tail -n 1)"
check "a reload" "$vrrpctl" reload --socket "$socket"
check "is told" eventually 10 grep -q '^RELOADING=1 MONOTONIC_USEC=' "$work/notified"
before=$(guardian)
kill -9 "$before"
check "another guardian" eventually 10 another_guardian "$before"
check "is told" eventually 10 grep -q "^MAINPID=$(guardian)" "$work/notified"
refuses "the password is in no argument" grep -aq "$secret" /proc/"$(worker)"/cmdline /proc/"$(guardian)"/cmdline
kill -TERM "$(guardian)"
check "the end" eventually 10 gone
check "is told" eventually 10 grep -q '^STOPPING=1' "$work/notified"

# MARK: What goes wrong

# A worker that hangs, and a log that nobody reads.
mkfifo "$work/unread"
exec {unread}<>"$work/unread"
on_node "$vrrpctl" run -f "$conf" --socket "$socket" --log-level debug 2>"$work/unread" &
check "it runs with a log that nobody reads" eventually 20 both_run
for _ in {1..400}; do answers; done
check "it still answers" answers
check "it still has its address" eventually 10 has 10.91.0.10
before=$(worker)
kill -STOP "$before"
check "a worker that hangs is replaced" eventually 30 both_run "$before"
check "and has the address again" eventually 20 has 10.91.0.10
kill -TERM "$(guardian)"
check "it ends" eventually 10 gone
exec {unread}>&-
equal "only the interface's own address is left" 1 "$(on_node ip -4 -o address show dev eth0 | wc -l)"

finish
