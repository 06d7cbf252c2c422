#!/bin/bash
# where: guest
# packages: python3
# Real traffic takes the way that our ipvsadm laid: every forwarding method and tunnel, over IPv4 and IPv6, for TCP,
# UDP, SCTP and firewall marks; round robin alternates, weight 0 gets nothing new, persistence sticks.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/network.sh"

director() { on director "$ours" "$@"; }

# The six services and their two servers each; the forwarding method is what the arguments say.
services=(-t:tcp -u:udp --sctp-service:sctp)

add_services() {
    local option
    for option in "${services[@]%:*}"; do
        director -A "$option" "$vip4:80" -s rr
        director -A "$option" "[$vip6]:80" -s rr
    done
}

# forward VERB METHOD…: adds (-a) or edits (-e) all servers.
forward() {
    local verb=$1 option number
    shift
    for option in "${services[@]%:*}"; do
        for number in 1 2; do
            director "$verb" "$option" "$vip4:80" -r "10.2.0.1$number:80" "$@"
            director "$verb" "$option" "[$vip6]:80" -r "[fd00:2::1$number]:80" "$@"
        done
    done
}

# Four answers must come from the two servers in turn, whichever is first.
check_alternation() {
    local protocol address
    for protocol in "${services[@]#*:}"; do
        for address in "$vip4" "$vip6"; do
            check_answers "$1" "$protocol" "$address"
        done
    done
}

check_answers() {
    local answers
    answers=$(ask --times 4 "$2" "$3" 80 | xargs)
    check "$1, $2 to $3: the servers answer in turn (got: $answers)" in_turn "$answers"
}

in_turn() {
    [[ $1 == "server1 server2 server1 server2" || $1 == "server2 server1 server2 server1" ]]
}

# Each server unwraps ipip, GUE on port 6080, and GRE.
open_tunnels() {
    local number host module
    for module in ipip ip6_tunnel fou fou6 ip_gre ip6_gre; do
        modprobe "$module"
    done
    for number in 1 2; do
        host=server$number
        on "$host" ip fou add port 6080 gue
        on "$host" ip -6 fou add port 6080 gue
        on "$host" ip link add gre4 type gre local "10.2.0.1$number"
        on "$host" ip link add gre6 type ip6gre local "fd00:2::1$number"
        on "$host" ip link set tunl0 up
        on "$host" ip link set ip6tnl0 up
        on "$host" ip link set gre4 up
        on "$host" ip link set gre6 up
    done
}

# GRE packets with a checksum are taken only by a device that expects one.
expect_gre_checksums() {
    local number
    for number in 1 2; do
        on "server$number" ip link change gre4 type gre local "10.2.0.1$number" icsum
        on "server$number" ip link change gre6 type ip6gre local "fd00:2::1$number" icsum
    done
}

# Runs a check and then proves that each server's device of that name carried packets meanwhile.
through() {
    local devices=$1 device host before after
    shift
    declare -A before
    for device in $devices; do
        for host in "${servers[@]}"; do
            before[$device$host]=$(packets_received "$host" "$device")
        done
    done
    "$@"
    for device in $devices; do
        for host in "${servers[@]}"; do
            after=$(packets_received "$host" "$device")
            check "$2: packets came to $host through $device" test "$after" -gt "${before[$device$host]}"
        done
    done
}

packets_received() {
    on "$1" cat "/sys/class/net/$2/statistics/rx_packets"
}

every_forwarding_method() {
    add_services
    forward -a -g
    check_alternation "direct routing"

    answer_through_director
    forward -e -m
    check_alternation "NAT"

    answer_directly
    open_tunnels
    forward -e -i
    through "tunl0 ip6tnl0" check_alternation "ipip tunnel"
    forward -e -i --tun-type gue --tun-port 6080 --tun-nocsum
    through "tunl0 ip6tnl0" check_alternation "GUE tunnel without checksum"
    forward -e -i --tun-type gue --tun-port 6080 --tun-csum
    through "tunl0 ip6tnl0" check_alternation "GUE tunnel with checksum"
    forward -e -i --tun-type gre
    through "gre4 gre6" check_alternation "GRE tunnel"
    expect_gre_checksums
    forward -e -i --tun-type gre --tun-csum
    through "gre4 gre6" check_alternation "GRE tunnel with checksum"
}

# An IPv6 service over IPv4 tunnels and the reverse: the only mix of families that there is.
mixed_families() {
    director -C
    director -A -t "$vip4:80" -s rr
    director -A -t "[$vip6]:80" -s rr
    local number host
    modprobe sit
    for number in 1 2; do
        host=server$number
        on "$host" ip link add ip4in6 type ip6tnl mode ipip6 local "fd00:2::1$number"
        on "$host" ip link set ip4in6 up
        on "$host" ip link set sit0 up
        director -a -t "$vip4:80" -r "[fd00:2::1$number]:80" -i
        director -a -t "[$vip6]:80" -r "10.2.0.1$number:80" -i
    done
    through ip4in6 check_answers "IPv4 service through IPv6 tunnels" tcp "$vip4"
    through sit0 check_answers "IPv6 service through IPv4 tunnels" tcp "$vip6"
}

weights() {
    director -C
    director -A -t "$vip4:80" -s wrr
    director -a -t "$vip4:80" -r 10.2.0.11:80 -g -w 3
    director -a -t "$vip4:80" -r 10.2.0.12:80 -g -w 1
    equal "weights 3 and 1: of eight requests, six and two" "6 server1,2 server2" "$(count_answers 8 tcp "$vip4" 80)"
    director -e -t "$vip4:80" -r 10.2.0.11:80 -g -w 0
    equal "weight 0 gets no new request" "6 server2" "$(count_answers 6 tcp "$vip4" 80)"
    director -d -t "$vip4:80" -r 10.2.0.12:80
    equal "with no server left to choose, nobody answers" "2 -" "$(count_answers 2 tcp "$vip4" 80)"
}

# `6 server1,2 server2`: who answered how often.
count_answers() {
    ask --times "$@" | sort | uniq -c | awk '{ printf "%s%s %s", separator, $1, $2; separator = "," }'
}

persistence() {
    local answers address
    for address in "$vip4" "[$vip6]"; do
        director -C
        director -A -t "$address:80" -s rr -p 60
        case $address in
        *]) director -a -t "$address:80" -r "[fd00:2::11]:80" && director -a -t "$address:80" -r "[fd00:2::12]:80" ;;
        *) director -a -t "$address:80" -r 10.2.0.11 && director -a -t "$address:80" -r 10.2.0.12 ;;
        esac
        answers=$(ask --times 5 tcp "$(tr -d '[]' <<<"$address")" 80 | sort -u | xargs)
        check "persistence to $address: one server answers all five (got: $answers)" one_server "$answers"
    done
}

one_server() {
    [[ $1 == server1 || $1 == server2 ]]
}

# Packets to ports 80 and 81 carry mark 7 (IPv6: 8): one service for both.
firewall_marks() {
    director -C
    on director tc qdisc add dev eth0 ingress
    on director tc filter add dev eth0 ingress protocol ip \
        flower dst_ip "$vip4" ip_proto tcp dst_port 80-81 action skbedit mark 7
    on director tc filter add dev eth0 ingress protocol ipv6 \
        flower dst_ip "$vip6" ip_proto tcp dst_port 80-81 action skbedit mark 8
    start_servers 81
    director -A -f 7 -s rr
    director -A -f 8 -6 -s rr
    local number answers
    for number in 1 2; do
        director -a -f 7 -r "10.2.0.1$number" -g
        director -a -f 8 -6 -r "[fd00:2::1$number]:0" -g
    done
    answers=$({ ask tcp "$vip4" 80; ask tcp "$vip4" 81; ask tcp "$vip4" 80; ask tcp "$vip4" 81; } | xargs)
    check "mark 7 joins two ports of $vip4 into one rotation (got: $answers)" in_turn "$answers"
    answers=$({ ask tcp "$vip6" 80; ask tcp "$vip6" 81; ask tcp "$vip6" 80; ask tcp "$vip6" 81; } | xargs)
    check "mark 8 joins two ports of $vip6 into one rotation (got: $answers)" in_turn "$answers"
    on director tc qdisc delete dev eth0 ingress
}

trap remove_network EXIT
make_network
start_servers 80
every_forwarding_method
mixed_families
weights
persistence
firewall_marks
finish
