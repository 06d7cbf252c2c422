#!/bin/bash
# where: host
# packages: iproute2 jq python3
# peers: keepalived tcpdump
# What `vrrpctl sniff -i` says of a network while it happens: two actives of keepalived and of `vrrpctl run`, and
# everything else that its alarms are for; the capture that it writes; how it ends; who may not listen.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

#   a (10.92.0.1)     b (10.92.0.2)
#     |                  |
#   --+---- br0 in s ----+--     s listens on br0

work=$(mktemp -d)
chmod 711 "$work"
nodes=(sniff-live-a sniff-live-b)
segment=sniff-live-s
started=()

clean_up() {
    local pid host
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    # A keepalived that is asked to end sends its last advertisements first.
    eventually 10 all_gone || for pid in "${started[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
    for host in "${nodes[@]}" $segment; do ip netns delete "$host" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean_up EXIT

all_gone() {
    local pid
    for pid in "${started[@]}"; do [[ ! -d /proc/$pid ]] || return 1; done
}

keepalived=$(peer_folder keepalived)
PATH=$(peer_folder tcpdump)/usr/bin:$(peer_folder tcpdump)/usr/sbin:$PATH

network() {
    local host number=1
    for host in "${nodes[@]}" $segment; do
        ip netns add "$host"
        ip -n "$host" link set lo up
    done
    ip -n $segment link add br0 type bridge mcast_snooping 0
    ip -n $segment link set br0 up
    for host in "${nodes[@]}"; do
        ip -n "$host" link add eth0 type veth peer name "port$number" netns $segment
        ip -n $segment link set "port$number" master br0 up
        ip netns exec "$host" sysctl -qw net.ipv6.conf.eth0.accept_dad=0
        ip -n "$host" link set eth0 up
        ip -n "$host" address add "10.92.0.$number/24" dev eth0
        number=$((number + 1))
    done
}

# apart on|off: whether the nodes hear each other. Who listens on the bridge hears both.
apart() {
    local port
    for port in port1 port2; do
        ip netns exec $segment bridge link set dev $port isolated "$([[ $1 == on ]] && echo on || echo off)"
    done
}

# node_conf PRIORITY VRID ADDRESS LINE…: a configuration as that of runbook 05.
node_conf() {
    local priority=$1 vrid=$2 address=$3
    shift 3
    printf '%s\n' 'global_defs {' '    router_id lab' '}' 'vrrp_instance VI_1 {' '    state BACKUP' '    nopreempt' \
        '    interface eth0' "    virtual_router_id $vrid" "    priority $priority" "${@/#/    }" \
        '    virtual_ipaddress {' "        $address" '    }' '}'
}

# run_keepalived HOST CONF, run_ours HOST CONF: in the background; the process is in $last.
run_keepalived() {
    LD_LIBRARY_PATH=$keepalived/usr/lib/x86_64-linux-gnu:$keepalived/lib/x86_64-linux-gnu \
        ip netns exec "$1" "$keepalived/usr/sbin/keepalived" -n -l -G -f "$2" -p "$work/$1.pid" -r "$work/$1.vrrp" \
        >>"$work/$1.log" 2>&1 &
    last=$!
    started+=("$last")
}

run_ours() {
    mkdir -p "$work/$1"
    ip netns exec "$1" "$vrrpctl" run -f "$2" --socket "$work/$1/control.sock" >>"$work/$1.log" 2>&1 &
    last=$!
    started+=("$last")
}

end_of() {
    local pid
    for pid in "$@"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
}

# listen ARGUMENT…: sniffs on the bridge into $work/events, one JSON object a line; the process is in $sniffer.
listen() {
    : >"$work/said"
    ip netns exec $segment "$vrrpctl" sniff -i br0 --json "$@" >"$work/events" 2>"$work/said" &
    sniffer=$!
    started+=("$sniffer")
    eventually 20 grep -q 'listening on br0' "$work/said"
}

stop_listening() {
    status=0
    kill "-${1-INT}" "$sniffer"
    wait "$sniffer" || status=$?
}

# has KIND [TEXT]: whether that alarm was raised, with a text in its message.
has() {
    jq -es --arg kind "$1" --arg text "${2-}" \
        'any(.event == "alarm" and .alarm == $kind and (.message | contains($text)))' "$work/events" >/dev/null
}

lacks() {
    ! has "$@"
}

advertises() {
    jq -es --arg source "$1" 'any(.event == "advertises" and .sender.source == $source)' "$work/events" >/dev/null
}

over() {
    jq -es --arg kind "$1" 'any(.event == "over" and .alarm == $kind)' "$work/events" >/dev/null
}

# The seconds from the first advertisement of the second active to the alarm.
delay_of_alarm() {
    jq -rs '
        def seconds: (.[0:19] + "Z" | fromdate) + (.[19:-1] | tonumber);
        (map(select(.event == "alarm" and .alarm == "split-brain"))[0].time | seconds)
            - (map(select(.event == "advertises"))[1].time | seconds)' "$work/events"
}

# Ethernet frames by hand, for what no daemon sends. frame HOST LINE…: Python, `send(packet)` and `vrrp(…)` are there.
frames() {
    ip netns exec "$1" python3 - "$2" <<'TEXT'
import socket, struct, sys

wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
wire.bind(("eth0", 0))
own = wire.getsockname()[4]

def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff

def vrrp(source, vrid, priority=100, ttl=255, version=3, interval=100, addresses=("10.92.0.30",), pseudo=True, count=None):
    source, group = socket.inet_aton(source), socket.inet_aton("224.0.0.18")
    body = b"".join(socket.inet_aton(address) for address in addresses)
    def message(total):
        return struct.pack("!BBBBHH", version << 4 | 1, vrid, priority, count or len(addresses), interval, total) + body
    length = len(message(0))
    header = source + group + struct.pack("!BBH", 0, 112, length) if version == 3 and pseudo else b""
    payload = message(checksum(header + message(0)))
    if version == 2:
        payload += b"\0" * 8
        payload = payload[:6] + b"\0\0" + payload[8:]
        payload = payload[:6] + struct.pack("!H", checksum(payload)) + payload[8:]
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0xc0, 20 + len(payload), 1, 0, ttl, 112, 0, source, group)
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + payload

def send(packet, tag=b""):
    wire.send(bytes.fromhex("01005e000012") + own + tag + b"\x08\x00" + packet)

exec(sys.argv[1])
TEXT
}

network

# MARK: Who may not, and what is not there

nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
status_is "without rights" 77 ip netns exec $segment "${nobody[@]}" "$vrrpctl" sniff -i br0 --duration 1
check "it says which" grep -q 'CAP_NET_RAW is missing' \
    <(ip netns exec $segment "${nobody[@]}" "$vrrpctl" sniff -i br0 --duration 1 2>&1)
status_is "an unknown interface" 1 ip netns exec $segment "$vrrpctl" sniff -i eth7 --duration 1
check "it says which there are" grep -q 'no interface eth7 here; there are: .*br0' \
    <(ip netns exec $segment "$vrrpctl" sniff -i eth7 2>&1)
status_is "no interface and no file" 2 "$vrrpctl" sniff
status_is "both" 2 "$vrrpctl" sniff -i br0 --read x
status_is "a time that is none" 2 "$vrrpctl" sniff -i br0 --duration soon
status_is "no packets" 2 "$vrrpctl" sniff -i br0 --count 0
status_is "an option for captures only" 2 "$vrrpctl" sniff --read x --write y
status_is "a file that cannot be made" 73 ip netns exec $segment "$vrrpctl" sniff -i br0 --write "$work/no/x" --duration 1
status_is "a device in the place of a file" 73 \
    ip netns exec $segment "$vrrpctl" sniff -i br0 --write /dev/null --duration 1
check "it is still there" test -c /dev/null
status_is "a configuration with nothing to judge by" 5 \
    ip netns exec $segment "$vrrpctl" sniff -i br0 --config /dev/null --duration 1
status_is "nothing is heard for a while" 0 ip netns exec $segment "$vrrpctl" sniff -i br0 --duration 300ms
equal "it says so" "0 packets of VRRP" \
    "$(ip netns exec $segment "$vrrpctl" sniff -i br0 --duration 300ms 2>/dev/null)"

# MARK: Split brain (runbook 05)

node_conf 100 50 10.92.0.3 'authentication {' '    auth_type PASS' '    auth_pass 1111' '}' >"$work/a.conf"
node_conf 90 50 10.92.0.3 'authentication {' '    auth_type PASS' '    auth_pass 1111' '}' >"$work/b.conf"
listen --write "$work/split.pcap"
run_keepalived "${nodes[0]}" "$work/a.conf"
first=$last
check "keepalived advertises" eventually 30 advertises 10.92.0.1
run_ours "${nodes[1]}" "$work/b.conf"
second=$last
# Longer than it would wait for an active one.
started_at=$SECONDS
waited() { ((SECONDS >= started_at + 5)); }
check "time passes" eventually 10 waited
refuses "the backup keeps still" advertises 10.92.0.2
equal "nothing is wrong" 0 "$(jq -s 'map(select(.event == "alarm")) | length' "$work/events")"
apart on
check "apart, the other one advertises too" eventually 15 advertises 10.92.0.2
check "the split brain is named" eventually 5 has split-brain '10.92.0.1 (priority 100) and 10.92.0.2 (priority 90)'
check "within 3 s of the second's first advertisement (it took $(delay_of_alarm) s)" \
    jq -en "$(delay_of_alarm) < 3"
apart off
check "together again, it is over" eventually 20 over split-brain

# MARK: The end, and what was written

stop_listening INT
equal "it ends by INT in good order" 0 "$status"
check "with a summary of both senders" jq -es '
    last | .type == "summary" and (.routers | length) == 1 and (.routers[0].senders | length) == 2
        and (.routers[0].senders[0] | .priority == 100 and .authentication == "PASS" and .ttl == 255
            and .addresses == ["10.92.0.3"] and .interval == 1 and .measuredInterval > 0.8 and .measuredInterval < 1.2)
        and all(.alarms[]; .over)' "$work/events"
equal "tcpdump reads as many packets as were heard" \
    "$(jq -s 'last.packets' "$work/events")" "$(tcpdump -nr "$work/split.pcap" 2>/dev/null | grep -c VRRPv2)"
"$vrrpctl" sniff --read "$work/split.pcap" --summary >"$work/read"
check "--read finds the same split brain in it" grep -q '^  split-brain, VRID 50 for IPv4: 10.92.0.1' "$work/read"
"$vrrpctl" sniff --read "$work/split.pcap" >"$work/read"
check "also below the packets" grep -q '^  split-brain, VRID 50' "$work/read"
check "and as JSON" jq -es 'last | .type == "summary" and (.alarms[0].alarm == "split-brain")' \
    <("$vrrpctl" sniff --read "$work/split.pcap" --summary --json)
equal "passwords are for root only" 600 "$(stat -c %a "$work/split.pcap")"

listen --write "$work/killed.pcap"
check "something is written" eventually 10 test "$(stat -c %s "$work/killed.pcap")" -ge 24
has_two() { (($(tcpdump -nr "$work/killed.pcap" 2>/dev/null | grep -c VRRPv2) >= 2)); }
check "it can be read while it grows" eventually 10 has_two
kill -9 "$sniffer"
wait "$sniffer" 2>/dev/null || true
check "a capture of one that was killed is whole" "$vrrpctl" sniff --read "$work/killed.pcap"
equal "nothing else is left" "" "$(find "$work" -name '*.part')"

# MARK: As text, on the host that sends itself

ip netns exec "${nodes[0]}" "$vrrpctl" sniff -i eth0 --count 3 --packets --config "$work/a.conf" >"$work/text" 2>/dev/null
equal "it hears what its own host sends, and accepts it" 3 "$(grep -c 'accepted by VI_1: 10.92.0.3' "$work/text")"
check "the table at the end" grep -Eq '^eth0 +50 +4 +2 +10.92.0.1 .* active +100 +1 s .* 3 +255 +PASS +10.92.0.3' "$work/text"
check "it is told who is this host" grep -q ', this host) advertises' "$work/text"

# MARK: Wrong password

sed 's/1111/2222/' "$work/b.conf" >"$work/other.conf"
# Two of ours: a keepalived that hears a wrong password begins its interval anew each time, and may never send again.
end_of "$second" "$first"
listen --config "$work/a.conf"
run_ours "${nodes[0]}" "$work/a.conf"
first=$last
check "the first advertises" eventually 30 advertises 10.92.0.1
run_ours "${nodes[1]}" "$work/other.conf"
second=$last
check "by the configuration: a wrong password" eventually 20 has authentication 'packets of 10.92.0.2 (priority 90) are rejected'
check "by comparison: two passwords" eventually 20 has authentication 'send different passwords'
check "which makes two actives" eventually 20 has split-brain 'their passwords differ'
refuses "it does not tell them" grep -Eq '1111|2222' "$work/events"
stop_listening TERM
equal "it ends by TERM in good order" 0 "$status"

# MARK: Another interval

end_of "$second"
sed 's/nopreempt/advert_int 2/' "$work/b.conf" >"$work/other.conf"
listen --config "$work/a.conf"
run_ours "${nodes[1]}" "$work/other.conf"
second=$last
check "another interval than configured" eventually 20 has interval 'the interval is 2 s, and 1 s is configured'
check "than the other's" eventually 20 has interval '10.92.0.1 (priority 100) advertises every 1 s, and 10.92.0.2 (priority 90) every 2 s'
stop_listening
end_of "$second" "$first"

# MARK: Version 3 and IPv6 of ours, an Authentication Header of keepalived

node_conf 100 60 fe80::60/64 'version 3' 'advert_int 0.2' >"$work/a.conf"
node_conf 90 61 10.92.0.61 'authentication {' '    auth_type AH' '    auth_pass 1111' '}' >"$work/b.conf"
listen --packets
run_ours "${nodes[0]}" "$work/a.conf"
first=$last
run_keepalived "${nodes[1]}" "$work/b.conf"
second=$last
heard() { jq -es --argjson vrid "$1" 'map(select(.type == "packet" and .vrid == $vrid)) | length > 2' "$work/events" >/dev/null; }
check "IPv6 is heard" eventually 20 heard 60
check "an Authentication Header too" eventually 20 heard 61
equal "every packet is accepted" accepted \
    "$(jq -r 'select(.type == "packet") | .verdict' "$work/events" | sort -u)"
equal "nothing is wrong" "" "$(jq -r 'select(.event == "alarm").message' "$work/events")"
stop_listening
check "AH is in the summary" jq -es 'last.routers | any(.vrid == 61 and .senders[0].authentication == "AH")' "$work/events"
check "hop limits, MAC addresses and intervals" jq -es 'last.routers[] | select(.vrid == 60) | .family == "ipv6"
    and (.senders[0] | .ttl == 255 and .interval == 0.2 and (.mac | test("^[0-9a-f:]{17}$")))' "$work/events"
end_of "$first" "$second"

# MARK: What no daemon sends

listen
frames "${nodes[0]}" '
send(vrrp("10.92.0.1", 71, ttl=64))
send(vrrp("10.92.0.1", 72, addresses=("10.92.0.31",)))
send(vrrp("10.92.0.1", 73, priority=255))
send(vrrp("10.92.0.1", 74, pseudo=False))
send(vrrp("10.92.0.1", 75, addresses=("10.92.0.31", "10.92.0.32")))
send(vrrp("10.92.0.1", 76))
send(vrrp("10.92.0.1", 77, count=2))
send(vrrp("10.92.0.1", 78), tag=bytes.fromhex("8100000a"))'
frames "${nodes[1]}" '
send(vrrp("10.92.0.2", 72, addresses=("10.92.0.41",)))
send(vrrp("10.92.0.2", 73, priority=255))
send(vrrp("10.92.0.2", 75, addresses=("10.92.0.31",)))
send(vrrp("10.92.0.2", 76, version=2, interval=1))'
check "a TTL that is not 255" eventually 10 has hop-limit 'VRID 71 for IPv4 on br0: packets of 10.92.0.1 (priority 100) are rejected: the TTL is 64'
check "two virtual routers with one VRID" eventually 10 has vrid-clash 'VRID 72 '
check "two owners" eventually 10 has duplicate-owner 'VRID 73 '
check "the checksum of RFC 9568" eventually 10 has checksum 'VRID 74 '
check "other addresses" eventually 10 has addresses 'VRID 75 '
check "two versions" eventually 10 has vrid-clash 'VRID 76 for IPv4 on br0: 10.92.0.1 (priority 100) sends version 3, and 10.92.0.2 (priority 100) version 2'
check "a packet shorter than it says" eventually 10 has malformed 'VRID 77 '
in_vlan() { jq -es 'any(.event == "advertises" and .vrid == 78 and .vlan == 10)' "$work/events" >/dev/null; }
check "a VLAN's packet, with its VLAN" eventually 10 in_vlan
stop_listening
equal "not more alarms than these" 7 "$(jq -s 'map(select(.event == "alarm")) | length' "$work/events")"

# MARK: Interfaces that go

listen
ip -n $segment link set br0 down
check "an interface that is down" eventually 10 grep -q 'br0 is down' "$work/said"
ip -n $segment link set br0 up
frames "${nodes[0]}" 'send(vrrp("10.92.0.1", 81))'
check "is heard again when it is up" eventually 10 advertises 10.92.0.1
ip -n $segment link delete br0
status=0
wait "$sniffer" || status=$?
equal "one that does not exist any more ends it" 1 "$status"
check "which is said" grep -q 'br0 does not exist any more' "$work/said"
check "with the summary" jq -es 'last.type == "summary"' "$work/events"

finish
