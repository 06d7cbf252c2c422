#!/bin/bash
# where: guest
# packages: jq
# peers: keepalived tcpdump
# What a real keepalived sends, captured by tcpdump, is accepted by vrrpctl sniff under the same configuration, for
# both versions, both families, every authentication and unicast; under another configuration each packet is rejected
# for the reason that a router with it would count.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

end() {
    kill "${keepalived-}" "${tcpdump-}" 2>/dev/null || true
    wait 2>/dev/null || true
    ip netns delete sender 2>/dev/null || true
    ip netns delete hearer 2>/dev/null || true
}

work=$(mktemp -d)
trap 'end; rm -rf "$work"' EXIT
for peer in keepalived tcpdump; do
    # Its /lib is a folder, the guest's a link.
    tar -C "$(peer_folder "$peer")" -c . | tar -C / -x --keep-directory-symlink
done
ldconfig
modprobe -a ipv6 veth

# instance VRID FAMILY LINE…
instance() {
    local vrid=$1 address=10.9.8.$1/24
    [[ $2 == ipv4 ]] || address=fe80::$1/64
    printf '%s\n' "vrrp_instance VI_$vrid {" '    interface eth0' "    virtual_router_id $vrid" '    priority 200'
    shift 2
    printf '    %s\n' "$@" 'virtual_ipaddress {' "    $address" '}'
    echo '}'
}

configuration() {
    printf '%s\n' 'global_defs {' '    router_id sender' '}'
    instance 51 ipv4
    instance 52 ipv4 'authentication {' '    auth_type PASS' '    auth_pass s3cret' '}'
    instance 53 ipv4 'authentication {' '    auth_type AH' '    auth_pass s3cret' '}'
    instance 54 ipv4 'version 3' 'advert_int 0.5'
    instance 55 ipv6 'advert_int 0.5'
    instance 56 ipv4 'unicast_src_ip 10.9.0.1' 'unicast_peer {' '    10.9.0.2' '}'
    instance 57 ipv4 'advert_int 2'
}

capture() {
    local host
    for host in sender hearer; do
        ip netns add "$host"
        ip -n "$host" link set lo up
    done
    ip -n sender link add eth0 type veth peer name eth0 netns hearer
    ip netns exec sender sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.eth0.accept_dad=0
    ip -n sender link set eth0 up
    ip -n hearer link set eth0 up
    ip -n sender address add 10.9.0.1/24 dev eth0
    ip -n hearer address add 10.9.0.2/24 dev eth0
    configuration >"$work/sender.conf"
    ip netns exec hearer tcpdump -i eth0 -p -U -w "$work/capture.pcap" \
        'ip proto 112 or ip proto 51 or ip6 proto 112' >"$work/tcpdump" 2>&1 &
    tcpdump=$!
    eventually 20 grep -q listening "$work/tcpdump"
    ip netns exec sender keepalived -n -l -G -f "$work/sender.conf" -p "$work/pid" -r "$work/pid-vrrp" \
        >"$work/keepalived" 2>&1 &
    keepalived=$!
}

# sniffed ARGUMENT…: what sniff says of the capture, one JSON object a line, in $work/packets.
# shellcheck disable=SC2120 # none is needed
sniffed() {
    "$vrrpctl" sniff --read "$work/capture.pcap" --json "$@" >"$work/packets"
}

# Two advertisements of each instance.
all_heard() {
    # shellcheck disable=SC2119 # these are the caller's
    sniffed || return
    [[ $(jq -r .vrid "$work/packets" | sort | uniq -c | awk '$1 >= 2' | wc -l) == 7 ]]
}

# verdicts VRID: each verdict and reason once.
verdicts() {
    jq -r "select(.vrid == $1) | \"\\(.verdict) \\(.reason)\"" "$work/packets" | sort -u | paste -sd,
}

accepted() {
    local vrid
    for vrid in "$@"; do
        equal "VRID $vrid" "accepted null" "$(verdicts "$vrid")"
    done
}

same_configuration() {
    check "sniff without a configuration" sniffed
    accepted {51..57}
    equal "as many packets as tcpdump has" "$(tcpdump -nr "$work/capture.pcap" 2>/dev/null | wc -l)" "$(wc -l <"$work/packets")"
    check "sniff with the sender's configuration" sniffed --config "$work/sender.conf"
    accepted {51..55} 57
    equal "it names its own address only for unicast" "rejected own-source" "$(verdicts 56)"
    sed 's/10\.9\.0\.1/10.9.0.0/; s/10\.9\.0\.2/10.9.0.1/; s/10\.9\.0\.0/10.9.0.2/' "$work/sender.conf" >"$work/hearer.conf"
    check "sniff with its peer's configuration" sniffed --config "$work/hearer.conf"
    accepted {51..57}
    equal "priorities, versions and sources, as tcpdump reads them" "$(tcpdump_fields)" "$(sniffed_fields)"
    "$vrrpctl" sniff --read "$work/capture.pcap" --config "$work/hearer.conf" >"$work/text"
    equal "as text: a line for each packet" "$(wc -l <"$work/packets")" "$(grep -c ' accepted by VI_5' "$work/text")"
}

# `SOURCE VERSION VRID PRIORITY` of each advertisement that tcpdump shows.
tcpdump_fields() {
    tcpdump -nnvr "$work/capture.pcap" 2>/dev/null | tr '\n' ' ' | sed 's/ IP /\n&/g; s/ IP6 /\n&/g' |
        sed -nE 's/.* ([0-9a-f.:]+) > .*VRRPv([23]), Advertisement,.* vrid ([0-9]+), prio ([0-9]+).*/\1 \2 \3 \4/p' | sort
}

sniffed_fields() {
    jq -r '"\(.source) \(.version) \(.vrid) \(.priority)"' "$work/packets" | sort
}

other_configurations() {
    sed 's/s3cret/other/; s/virtual_router_id 51/virtual_router_id 61/; s/advert_int 2/advert_int 3/;
        s/ *version 3//' "$work/sender.conf" | sed '/VI_54/,/^}/s/advert_int 0.5/advert_int 1/; s/10.9.0.2/10.9.0.3/;
        s/unicast_src_ip 10.9.0.1/unicast_src_ip 10.9.0.2/' >"$work/other.conf"
    check "sniff with another configuration" sniffed --config "$work/other.conf"
    equal "no instance of that VRID" "rejected vrid-error" "$(verdicts 51)"
    equal "another password" "rejected authentication-failure" "$(verdicts 52)"
    equal "another key" "rejected authentication-failure" "$(verdicts 53)"
    equal "another version" "rejected version-error" "$(verdicts 54)"
    equal "nothing else for IPv6" "accepted null" "$(verdicts 55)"
    equal "a sender that is no peer" "rejected unknown-peer" "$(verdicts 56)"
    equal "another interval" "rejected interval-error" "$(verdicts 57)"
    check "strict" sniffed --policy strict
    equal "strict: no version 2" "rejected version-error" "$(verdicts 51)"
    equal "strict: version 3 over IPv6" "accepted null" "$(verdicts 55)"
}

faulty_captures() {
    local size status=0
    size=$(stat -c %s "$work/capture.pcap")
    head -c $((size - 7)) "$work/capture.pcap" >"$work/cut.pcap"
    "$vrrpctl" sniff --read "$work/cut.pcap" --json >"$work/packets" 2>"$work/said" || status=$?
    equal "a capture that ends within a packet: status" 5 "$status"
    check "it is said" test -s "$work/said"
    equal "what was before it is shown" "$(($(tcpdump -nr "$work/capture.pcap" 2>/dev/null | wc -l) - 1))" \
        "$(jq -r 'select(.verdict == "accepted") | .number' "$work/packets" | wc -l)"
    status=0
    "$vrrpctl" sniff --read "$work/sender.conf" >"$work/out" 2>"$work/said" || status=$?
    equal "what is no capture: status" 5 "$status"
    check "is named" grep -q sender.conf "$work/said"
}

capture
check "a capture of all seven instances" eventually 60 all_heard
kill "$keepalived" "$tcpdump"
wait 2>/dev/null || true
same_configuration
other_configurations
faulty_captures
finish
