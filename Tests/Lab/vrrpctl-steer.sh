#!/bin/bash
# where: host
# packages: iproute2 python3
# peers: keepalived
# Operators steer: failover, maintenance and priority on two of our directors and a keepalived, over reloads, crashes and
# the death of the other nodes; what makes no sense is refused, and a dry run changes nothing.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

#     one (ours, 150)    two (keepalived, 100)    three (ours, 50)
#        10.94.0.1            10.94.0.2               10.94.0.3
#     ───────┴───────────────────┴───────────────────────┴─────── switch, 10.94.0.9
#                        10.94.0.10, VRID 51
work=$(mktemp -d)
switch="vrrpctl-steer-switch"
declare -A node=([one]=vrrpctl-steer-one [two]=vrrpctl-steer-two [three]=vrrpctl-steer-three)
keepalived_folder=$(peer_folder keepalived)

clean_up() {
    local pid name
    for pid in $(pgrep --full -- "--socket $work/" || true) ${recorder-}; do kill -9 "$pid" 2>/dev/null || true; done
    stop_keepalived
    for name in $switch "${node[@]}"; do ip netns del "$name" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean_up EXIT

ip netns add $switch
ip -n $switch link add name br0 type bridge mcast_snooping 0
ip -n $switch address add 10.94.0.9/24 dev br0
ip -n $switch link set br0 up
last=1
for name in one two three; do
    ip netns add "${node[$name]}"
    ip -n $switch link add name $name type veth peer name eth0 netns "${node[$name]}"
    ip -n $switch link set $name master br0
    ip -n $switch link set $name up
    ip -n "${node[$name]}" link set lo up
    ip -n "${node[$name]}" address add 10.94.0.$last/24 dev eth0
    ip -n "${node[$name]}" link set eth0 up
    last=$((last + 1))
done

# Every advertisement on the switch: when, from whom, which priority.
cat >"$work/recorder.py" <<'PYTHON'
import socket, time
s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
while True:
    packet, where = s.recvfrom(2048)
    if where[0] != "br0" or packet[9] != 112 or packet[20] & 15 != 1:
        continue
    print(f"{time.monotonic():.4f} {socket.inet_ntoa(packet[12:16])} {packet[22]}", flush=True)
PYTHON
ip netns exec $switch python3 "$work/recorder.py" >"$work/packets" 2>"$work/recorder" &
recorder=$!
disown

# configure NAME PRIORITY [MORE]
configure() {
    cat >"$work/$1.conf" <<TEXT
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    version 3
    priority $2
    advert_int 0.2
    ${3-}
    virtual_ipaddress {
        10.94.0.10/24
    }
}
TEXT
}
configure one 150
configure two 100
configure three 50

begin() {
    ip netns exec "${node[$1]}" "$vrrpctl" run -f "$work/$1.conf" --socket "$work/$1.sock" >>"$work/$1.log" 2>&1 </dev/null &
    disown
}

begin_keepalived() {
    LD_LIBRARY_PATH=$keepalived_folder/usr/lib/x86_64-linux-gnu ip netns exec "${node[two]}" \
        "$keepalived_folder/usr/sbin/keepalived" -n -l -D -P -p "$work/two.pid" -r "$work/two.vrrp" -f "$work/two.conf" \
        >>"$work/two.log" 2>&1 </dev/null &
    disown
}

stop_keepalived() {
    local pid
    pid=$(cat "$work/two.pid" 2>/dev/null) || return 0
    kill "$pid" 2>/dev/null || true
    eventually 10 gone "$pid" || kill -9 "$pid" 2>/dev/null || true
    rm -f "$work/two.pid"
}

gone() { ! kill -0 "$1" 2>/dev/null; }
on() { local name=$1; shift; "$vrrpctl" "$@" --socket "$work/$name.sock"; }
has() { [[ -n $(ip -n "${node[$1]}" -o address show to 10.94.0.10/32) ]]; }
lacks() { ! has "$1"; }
# Only this node has the address.
only() {
    local name
    for name in one two three; do
        if [[ $name == "$1" ]]; then has $name || return; else lacks $name || return; fi
    done
}
ended() { [[ -z $(processes "$1") ]]; }
answers() { on "$1" reload --dry-run >/dev/null 2>&1; }
processes() { pgrep --full -- "--socket $work/$1.sock" || true; }
guardian() { cat "$work/$1.lock"; }
worker() { processes "$1" | grep -vx "$(guardian "$1")" || true; }
both_run() { [[ $(processes "$1" | wc -l) -eq 2 && -n $(worker "$1") && $(worker "$1") != "${2-}" ]] && answers "$1"; }
# Stops the third node's processes, or has them go on.
signal_three() { processes three | xargs kill "-$1"; }
said() { grep -q -- "$2" "$work/$1.log"; }
# says NAME PATTERN VERB…: what the verb answers, on both outputs.
says() {
    local name=$1 pattern=$2 text
    shift 2
    text=$(on "$name" "$@" 2>&1) || true
    grep -Eq -- "$pattern" <<<"$text" || { printf '%s\n' "$text"; return 1; }
}
# The first advertisement of another node after the last resignation of 10.94.0.$1, in milliseconds.
gap() {
    awk -v who="10.94.0.$1" '
        $2 == who && $3 == 0 { since = $1; gap = "" }
        since != "" && gap == "" && $3 > 0 && $2 != who { gap = ($1 - since) * 1000 }
        END { printf "%d\n", gap == "" ? 999999 : gap }' "$work/packets"
}
heard_since() { (($(wc -l <"$work/packets") > $1)); }
# stays NAME: it is the only one with the address over ten advertisements.
stays() {
    local count
    count=$(($(wc -l <"$work/packets") + 10))
    while ! heard_since "$count"; do
        only "$1" || return
        sleep 0.05
    done
}

# MARK: Nobody to ask, and wrong command lines

status_is "failover without a daemon" 69 on one failover VI_1
status_is "maintenance without a daemon" 69 on one maintenance on
status_is "priority without a daemon" 69 on one priority VI_1 100
status_is "server without a daemon" 69 on one server drain 10.0.0.1:80 10.0.0.2:80
for wrong in "failover" "failover VI_1 --for x" "failover VI_1 --for 5x" "failover VI_1 --back --for 5m" "maintenance" \
    "maintenance maybe" "maintenance off --for 5m" "maintenance off --strict" "priority VI_1" "priority VI_1 0" \
    "priority VI_1 255" "priority VI_1 fast" "server drain 10.0.0.1:80" "server fly 10.0.0.1:80 10.0.0.2:80" \
    "server drain a b --timeout 5m" "server drain a b --wait --dry-run"; do
    # shellcheck disable=SC2086 # words
    status_is "vrrpctl $wrong" 2 on one $wrong
done

# MARK: Alone

begin one
check "the first node runs" eventually 30 both_run one
check "it is active" eventually 20 only one
status_is "alone it hands over to nobody" 1 on one failover VI_1
check "and says why" says one 'no other router of VRID 51 has been heard of' failover VI_1
check "maintenance neither" says one 'no other router has been heard of for VI_1' maintenance on
check "nothing has changed" only one
status_is "with --force it tries" 1 on one failover VI_1 --force
check "nobody took over, and the address is back" eventually 10 only one
check "it is told so" said one 'stands back'
check "it ends" on one failover VI_1 --back

begin three
check "the third node runs" eventually 30 both_run three
begin_keepalived
check "keepalived hears them" eventually 30 said two 'Entering BACKUP STATE'
# It is sure to have heard another router.
kill -9 "$(worker one)"
check "another worker" eventually 30 both_run one
check "it is active again" eventually 20 only one

# MARK: Failover

before=$(cat "$work/one.conf")
said=$(on one failover VI_1 --dry-run)
check "a dry run says what would be" grep -q 'VI_1: state active → backup' <<<"$said"
check "and that it is none" grep -qx 'nothing was changed' <<<"$said"
check "nothing is changed" stays one
refuses "nothing is kept" test -e "$work/one.orders"
status_is "an instance that is not there" 1 on one failover VI_7
check "the nearest is named" says one 'did you mean VI_1' failover VI_7
status_is "one that is not active" 1 on three failover VI_1
check "it says who is" says three 'VI_1 is backup, not active: 10.94.0.1 is, with priority 150' failover VI_1
status_is "without rights" 77 setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$vrrpctl" failover VI_1 --socket "$work/one.sock"
status_is "it hands over" 0 on one failover VI_1
check "to the best of the others" eventually 5 only two
# keepalived's skew time is 156/256 of 0.2 s; the rest is for a busy machine.
milliseconds=$(gap 1)
check "within the skew time of 122 ms (and 250 for this machine): $milliseconds ms" test "$milliseconds" -le 372
check "it stays back" stays two
check "once more is no fault" says one 'VI_1 stands back already; 10.94.0.2 is active' failover VI_1
check "it is said in the log" said one 'VI_1 hands over: VI_1 stands back until it is told'

# MARK: It lasts

on one reload >/dev/null
check "over a reload" stays two
old=$(worker one)
kill -9 "$old"
check "another worker runs" eventually 30 both_run one "$old"
check "over a crash" stays two
kill -9 "$(guardian one)"
check "another guardian runs" eventually 30 both_run one
check "over that, too" stays two
kill "$(guardian one)"
check "it ends" eventually 20 ended one
begin one
check "and runs again" eventually 30 both_run one
check "it goes on" eventually 10 said one 'goes on: VI_1 stands back after a failover'
check "over a restart" stays two

# MARK: The others die

stop_keepalived
check "the next best takes over" eventually 10 only three
signal_three STOP
check "a node that stands back is there if nobody else is" eventually 10 has one
signal_three CONT
check "and yields to anybody" eventually 10 only three
begin_keepalived
check "the better of the others preempts" eventually 20 only two
check "still it stays back" stays two

# MARK: Back

check "a dry run of the way back" says one 'effective priority 1 → 150' failover VI_1 --back --dry-run
check "changes nothing" stays two
check "the way back" says one '10.94.0.2, with priority 100, is active for VI_1; VI_1 has the higher priority 150' \
    failover VI_1 --back
check "it is active again" eventually 10 only one
check "once more is no fault" says one 'does not stand back' failover VI_1 --back
status_is "for a while" 0 on one failover VI_1 --for 3s
check "it is elsewhere" eventually 5 only two
check "and comes back by itself" eventually 15 only one
check "it is said" said one 'VI_1: the failover has come to its end'

# MARK: Maintenance

check "a dry run" says one 'state active → backup' maintenance on --dry-run
check "changes nothing" stays one
status_is "the node goes into maintenance" 0 on one maintenance on
check "another is active" eventually 5 only two
check "and stays" stays two
check "it can be given an end" says one 'maintenance: lasts until it is told' maintenance on --for 1h
stop_keepalived
on three maintenance on --force >/dev/null || true
check "where all others are in maintenance or gone somebody has the address" eventually 10 \
    bash -c "[[ \$(ip -n ${node[one]} -o address show to 10.94.0.10/32; ip -n ${node[three]} -o address show to 10.94.0.10/32) ]]"
check "its end" on three maintenance off
check "who is not in maintenance takes it" eventually 10 only three
check "strictly" says one 'takes part in no election' maintenance on --strict
signal_three STOP
check "it does not come back even if nobody else is there" bash -c "sleep 2; [[ -z \$(ip -n ${node[one]} -o address show to 10.94.0.10/32) ]]"
signal_three CONT
check "out of maintenance" says one 'effective priority 1 → 150' maintenance off
check "it is active again" eventually 10 only one
begin_keepalived
check "keepalived is there again" eventually 30 bash -c "[[ \$(grep -c 'Entering BACKUP STATE' '$work/two.log') -ge 3 ]]"
status_is "for a while" 0 on one maintenance on --for 2s
check "another is active" eventually 5 only two
check "and it comes back by itself" eventually 15 only one

# MARK: Priority

check "a dry run" says one 'VI_1: effective priority 150 → 60' priority VI_1 60 --dry-run
check "changes nothing" stays one
check "another priority" says one 'VI_1: priority 150 → 60' priority VI_1 60
check "the better one takes over" eventually 10 only two
on one reload >/dev/null
old=$(worker one)
kill -9 "$old"
check "another worker runs" eventually 30 both_run one "$old"
check "it lasts over a reload and a crash" stays two
check "default" says one 'VI_1: priority 60 → 150' priority VI_1 default
check "it is active again" eventually 10 only one
check "default once more" says one 'nothing is changed' priority VI_1 default
equal "the configuration was never touched" "$before" "$(cat "$work/one.conf")"

# MARK: Servers that are not there

status_is "no virtual server" 1 on one server drain 10.94.0.10:80 10.94.0.20:80
check "that is said" says one 'there is no virtual server 10.94.0.10:80: there is none at all' \
    server drain 10.94.0.10:80 10.94.0.20:80

# MARK: The end

for name in one three; do
    kill "$(guardian $name)"
    check "$name ends" eventually 20 ended $name
done
refuses "nothing is left of the orders" test -e "$work/one.orders"
finish
