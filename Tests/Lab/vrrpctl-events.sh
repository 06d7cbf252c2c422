#!/bin/bash
# where: host
# packages: iproute2 jq python3
# `vrrpctl events` and `vrrpctl explain` beside a running pair of directors: what has happened is told, survives whatever
# happens to the director and to its disk, and each state is explained.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=$(mktemp -d)
chmod 755 "$work"
a="vrrpctl-events-a"
b="vrrpctl-events-b"

clean_up() {
    local pid
    for pid in $(daemons a) $(daemons b) $(daemons full) $(daemons readonly) ${follower-}; do
        kill -9 "$pid" 2>/dev/null || true
    done
    umount "$work/full" 2>/dev/null || true
    umount "$work/readonly/control.events" 2>/dev/null || true
    ip netns del $a 2>/dev/null || true
    ip netns del $b 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

# The processes of a node's daemon, guardian and worker.
daemons() {
    pgrep --full -- "run -f $work/$1.conf --socket" || true
}

guardian() { cat "$work/$1/control.lock"; }
worker() { daemons "$1" | grep -vx "$(guardian "$1")" || true; }
gone() { [[ -z $(daemons "$1") ]]; }
other_worker() { [[ -n $(worker "$1") && $(worker "$1") != "$2" ]] && events "$1" >/dev/null; }
other_guardian() { [[ $(guardian "$1") != "$2" ]]; }
last_number() { numbers "$1" | tail -1; }
beyond() { (($(last_number "$1") > $2)); }

# start NODE NAMESPACE
start() {
    ip netns exec "$2" "$vrrpctl" run -f "$work/$1.conf" --socket "$work/$1/control.sock" 2>>"$work/$1.log" &
}

stop() {
    kill -TERM "$(guardian "$1")"
    eventually 20 gone "$1"
}

# events NODE ARG...
events() {
    local node=$1
    shift
    "$vrrpctl" events --socket "$work/$node/control.sock" "$@"
}

explain() {
    local node=$1
    shift
    "$vrrpctl" explain --socket "$work/$node/control.sock" "$@"
}

# told NODE PATTERN ARG...: whether there is such a line.
told() {
    local node=$1 pattern=$2
    shift 2
    grep -Eq -- "$pattern" <(events "$node" "$@" 2>/dev/null)
}

says() {
    grep -Eq -- "$2" <(explain "$1" "${3-lan}" 2>/dev/null)
}

numbers() { events "$1" --json 2>/dev/null | jq .sequence; }

# Whether the numbers rise by one.
rises() {
    numbers "$1" | awk 'NR > 1 && $1 != last + 1 { bad = 1 } { last = $1 } END { exit bad || NR < 2 }'
}

# node NAME PRIORITY PASSWORD [LINE]
node() {
    cat >"$work/$1.conf" <<TEXT
global_defs {
    enable_script_security
    script_user root
}
vrrp_script chk {
    script "$work/check-$1"
    interval 1
    weight 30
}
vrrp_instance lan {
    interface eth0
    virtual_router_id 51
    priority $2
    advert_int 1
    ${4-}
    authentication {
        auth_type PASS
        auth_pass $3
    }
    virtual_ipaddress {
        10.92.0.10/24
    }
    track_script {
        chk
    }
    notify "$work/told"
}
vrrp_instance dmz {
    interface eth1
    virtual_router_id 52
    priority $2
    virtual_ipaddress {
        10.93.0.10/24
    }
}
virtual_server 10.92.0.10 80 {
    lb_algo rr
    lb_kind NAT
    protocol TCP
    delay_loop 1
    real_server 127.0.0.1 8081 {
        TCP_CHECK {
            connect_timeout 1
        }
    }
}
TEXT
}

printf '#!/bin/sh\ntest ! -e %s/fails-a\n' "$work" >"$work/check-a"
printf '#!/bin/sh\ntest ! -e %s/fails-b\n' "$work" >"$work/check-b"
printf '#!/bin/sh\nexit 0\n' >"$work/told"
chmod 755 "$work/check-a" "$work/check-b" "$work/told"
ip netns add $a
ip netns add $b
for card in eth0 eth1; do
    ip link add name $card netns $a type veth peer name $card netns $b
done
for name in $a $b; do
    ip -n "$name" link set lo up
    ip -n "$name" link set eth0 up
done
ip -n $a address add 10.92.0.1/24 dev eth0
ip -n $b address add 10.92.0.2/24 dev eth0

# MARK: Nobody to ask

node a 150 secret
node b 100 secret
status_is "no director and no history" 69 events a
status_is "nor is there anything to follow" 69 events a --follow
status_is "nobody to explain" 69 explain a lan
status_is "no such kind" 2 events a --kind party
status_is "no such time" 2 events a --since yesterday
status_is "explain what" 2 explain a

# MARK: A pair

start a $a
start b $b
check "the first is active" eventually 30 told a 'transition +lan +backup → active'
check "why" says a '^lan is active since .*: backup → active: '
check "it advertises" says a '^It advertises priority 180 from 10\.92\.0\.1 every 1 s, and holds 10\.92\.0\.10'
check "its priority and the script's part in it" says a \
    '^Its priority is 180: 150 from the configuration, \+30 because script chk succeeds\.$'
check "what a failure would do" says a '^If script chk fails, its priority falls by 30 to 150'
check "the second is backup" eventually 20 says b '^10\.92\.0\.1 is active with priority 180, which is higher than its own 130'
check "what would make it active" says b '^If no advertisement comes from 10\.92\.0\.1 for 3\.[0-9]+ s, it takes over\.$'
check "an instance without its interface" says a '^dmz is in fault.*interface eth1 is down' dmz
check "and what it waits for" says a '^When interface eth1 is up' dmz
check "a start is told" told a 'process +- +process [0-9]+ runs 2 instances and 1 virtual server'
check "a script that was told is, too" eventually 10 told a 'notification +lan +notify of lan succeeded'
check "and one that is tracked" told a 'observation +- +.*chk succeeded: it counts as good now'
check "a server that does not answer" eventually 20 \
    told a 'server +127\.0\.0\.1:8081 +of .* is down: TCP_CHECK .*refused'
check "it is explained" says a '^If the next attempt of TCP_CHECK succeeds, it is up, and .* gains its quorum' 127.0.0.1:8081
check "with what found it" says a '^TCP_CHECK .*refused.* ago' 127.0.0.1:8081
check "and the virtual server" says a 'has lost its quorum: 0 of 1 server are up' '[10.92.0.10]:tcp:80'

# MARK: Asking

equal "only one kind" transition "$(events a --kind transition --json | jq -r .kind | sort -u)"
equal "two kinds" "process transition" "$(events a --kind transition --kind process --json | jq -r .kind | sort -u | xargs)"
equal "only one subject" lan "$(events a lan --json | jq -r .subject | sort -u)"
equal "the name of nothing" '' "$(events a nothing)"
check "JSON has everything" jq -es 'length > 3 and all(.sequence and .time and .kind and (.subject != null) and .text
    and .fields.event)' <(events a --json)
equal "nothing since a later time" '' "$(events a --since 2100-01-01T00:00:00Z)"
equal "everything since an earlier one" "$(numbers a | head -1)" \
    "$(events a --since 2001-01-01T00:00:00+02:00 --json | jq .sequence | head -1)"
check "since a minute" told a transition --since 1m
check "numbers rise" rises a
check "sentences as JSON" jq -e '.explanations[0] | .kind == "instance" and .subject == "lan"
    and any(.sentences[]; .topic == "priority" and .fields.effective == "180")' <(explain a lan --json)
status_is "an unknown name" 1 explain a lann
check "and the nearest" grep -q lan <(explain a lann 2>&1)

# MARK: Following

"$vrrpctl" events --socket "$work/b/control.sock" --follow >"$work/followed" &
follower=$!
touch "$work/fails-a"
check "a script that fails" eventually 20 told a 'priority +lan +the effective priority is 150, was 180'
rm "$work/fails-a"
check "and succeeds again" eventually 20 told a 'priority +lan +the effective priority is 180, was 150'
touch "$work/fails-b"
check "one on the other node" eventually 20 told b 'priority +lan +the effective priority is 100, was 130'
check "is followed within a second" eventually 1 grep -q 'the effective priority is 100, was 130' "$work/followed"
check "it says what the script costs" eventually 5 says b '^If script chk succeeds again, its priority rises by 30 to 130, which is still not above 180 of 10\.92\.0\.1'
check "who follows is told nothing old" test "$(grep -c transition "$work/followed")" -eq 0
rm "$work/fails-b"
kill "$follower"
wait "$follower" 2>/dev/null || true
"$vrrpctl" events --socket "$work/a/control.sock" --follow --since 1h >"$work/followed" &
follower=$!
check "with a time it begins there" eventually 5 grep -q 'backup → active' "$work/followed"
kill "$follower"
wait "$follower" 2>/dev/null || true

# A client that reads nothing at all, and many of them.
python3 - "$work/a/control.sock" <<'TEXT' &
import json, socket, sys, time
clients = []
for _ in range(8):
    client = socket.socket(socket.AF_UNIX)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(sys.argv[1])
    client.sendall(json.dumps({"version": 1, "request": "events", "follow": True, "since": 3600}).encode() + b"\n")
    clients.append(client)
time.sleep(30)
TEXT
follower=$!

# MARK: Wrong passwords

stop b
sed 's/auth_pass .*/auth_pass other/' "$work/b.conf" >"$work/stranger.conf"
cp "$work/stranger.conf" "$work/b.conf"
start b $b
check "a wrong password is told" eventually 20 \
    told a 'rejected +lan +an advertisement from 10\.92\.0\.2 is not believed: authentication-failure'
check "and explained" says a \
    '^[0-9]+ packets? (was|were) not believed: its password or key is another one .*authentication-failure\); the last that was logged came .* from 10\.92\.0\.2\.$'
check "they are limited" test "$(events a --kind rejected lan | wc -l)" -le 8
stop b
node b 100 secret
start b $b
check "with the right one it is backup again" eventually 20 says b '^10\.92\.0\.1 is active with priority 180'
kill "$follower" 2>/dev/null || true
wait "$follower" 2>/dev/null || true

# MARK: Reload

node a 160 secret
"$vrrpctl" reload --socket "$work/a/control.sock" >/dev/null
check "a reload is told" told a 'reload +- +reloaded '
check "with what it changed" told a 'reload +- +reload: .*lan.*'
sed -i 's/priority/priorty/' "$work/a.conf"
"$vrrpctl" reload --socket "$work/a/control.sock" >/dev/null 2>&1 || true
check "one that is refused, too" told a 'reload +- +.* has errors; the running configuration stays'
node a 150 secret
"$vrrpctl" reload --socket "$work/a/control.sock" >/dev/null

# MARK: Crashes and restarts

before=$(last_number a)
died=$(worker a)
kill -9 "$died"
check "another worker runs" eventually 30 other_worker a "$died"
check "the crash is told" eventually 10 told a "process +- +process $died died; priority 0 was sent for 1 instance"
check "with its cause" eventually 10 told a "process +- +process $died: signal 9 killed it"
check "what was before is still there" told a 'reload +- +.* has errors'
check "numbers go on" rises a
check "behind those before" beyond a "$before"
check "the other took over" told b 'transition +lan +backup → active: '
died=$(guardian a)
kill -9 "$died"
check "the guardian's end is told" eventually 10 told a "process +- +the guardian, process $died, died"
check "it has another one" eventually 20 other_guardian a "$died"
check "the first node has it again" eventually 30 says a '^It advertises priority 180'
check "stopped" stop a
check "its end is in the file" told a 'process +- +ended$'
equal "which is said" "vrrpctl: no daemon runs; this is from $work/a/control.events" "$(events a 2>&1 >/dev/null)"
status_is "nobody may read it" 77 setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$vrrpctl" events --socket "$work/a/control.sock"
status_is "who follows needs a director" 69 events a --follow
check "numbers without a director" rises a
before=$(last_number a)
printf '{"sequence":9999,"ti' >>"$work/a/control.events"
start a $a
check "it goes on behind a torn line" eventually 20 beyond a "$before"
check "without a gap" rises a
both=$(daemons a)
# shellcheck disable=SC2086 # numbers
kill -STOP $both
# shellcheck disable=SC2086 # numbers
kill -9 $both
check "both are dead" eventually 10 gone a
start a $a
check "a run that did not end is told" eventually 20 told a 'process +- +the run before this one did not come to its end'

# MARK: Orders

check "the first is active again" eventually 40 says a '^It advertises priority 180'
check "the second is backup again" eventually 20 says b '^10\.92\.0\.1 is active with priority 180'
check "an operator hands over" "$vrrpctl" failover lan --socket "$work/a/control.sock"
check "an order is told" told a 'steering +lan'
check "and explained" says a '^An operator has ordered failover, .*; that lasts until told\.$'
check "with what it makes of the priority" says a '^Its priority is 1, whatever is configured and tracked'
check "and when that ends" eventually 10 says a '^It counts as priority 1 until the order to stand back ends\.$'
check "the other one is active" says b '^It advertises priority 130'
check "the order ends" "$vrrpctl" failover lan --back --socket "$work/a/control.sock"
check "the first has it again" eventually 40 says a '^It advertises priority 180'

# MARK: nopreempt

stop b
node b 200 secret 'nopreempt'
start b $b
check "who does not preempt keeps back" eventually 30 says b \
    '^10\.92\.0\.1 is active with priority 180, which is lower than its own 230, but it keeps back: nopreempt\.$'
check "and says so" says b '^As long as 10\.92\.0\.1 advertises, nothing that it tracks makes it take over: nopreempt\.$'
stop b

# MARK: Disks

mkdir "$work/full"
mount -t tmpfs -o size=64k tmpfs "$work/full"
node full 100 secret
printf '#!/bin/sh\nexit 0\n' >"$work/check-full"
chmod 755 "$work/check-full"
ip netns exec $b "$vrrpctl" run -f "$work/full.conf" --socket "$work/full/control.sock" 2>>"$work/full.log" &
check "a director on a small disk" eventually 20 told full 'process +- +process [0-9]+ runs'
head -c 1M /dev/zero >"$work/full/filler" 2>/dev/null || true
# What is left of the file's last page takes some.
for _ in {1..30}; do "$vrrpctl" reload --socket "$work/full/control.sock" >/dev/null; done
check "a full disk is said" eventually 10 grep -q 'the history cannot be written to .*No space left' "$work/full.log"
equal "once" 1 "$(grep -c 'the history cannot be written' "$work/full.log")"
equal "the events are told all the same" 30 "$(events full | grep -c 'reloaded')"
check "fewer of them are in the file" test "$(grep -c '"text":"reloaded' "$work/full/control.events")" -lt 30
rm "$work/full/filler"
"$vrrpctl" reload --socket "$work/full/control.sock" >/dev/null
check "and are written when there is room" eventually 10 grep -q 'the history is written to .* again' "$work/full.log"
equal "all of them" 31 "$(grep -c '"text":"reloaded' "$work/full/control.events")"
check "and every line is whole" jq -es 'length > 31' "$work/full/control.events"
stop full
umount "$work/full"

# A history that cannot be written at all.
node readonly 100 secret
cp "$work/check-full" "$work/check-readonly"
mkdir "$work/readonly"
: >"$work/readonly/control.events"
mount --bind "$work/readonly/control.events" "$work/readonly/control.events"
mount -o remount,bind,ro "$work/readonly/control.events"
start readonly $b
check "a director whose history cannot be written" eventually 20 told readonly 'process +- +process [0-9]+ runs'
check "it is said" grep -q 'the history cannot be written to .*Read-only file system' "$work/readonly.log"
stop readonly
umount "$work/readonly/control.events"

check "the first was never disturbed" says a '^It advertises priority 180'
stop a
finish
