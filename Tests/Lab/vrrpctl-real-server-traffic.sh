#!/bin/bash
# where: guest
# packages: python3
# Clients are served by hosts that `vrrpctl real-server` has made real servers, by direct routing and by tunnels, over
# IPv4 and IPv6, also where reverse paths are checked strictly; before and after that they are not.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/network.sh"

director() { on director "$ours" "$@"; }

# What make_network does by hand is taken back: here it is the matter of the program.
bare_servers() {
    local host
    for host in "${servers[@]}"; do
        on "$host" ip addr del "$vip4/32" dev lo
        on "$host" ip -6 addr del "$vip6/128" dev lo
        on "$host" sysctl -qw net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0 \
            net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth0.rp_filter=1
    done
}

# on_servers ARGUMENT…: `vrrpctl real-server` on both.
on_servers() {
    local host
    for host in "${servers[@]}"; do on "$host" "$vrrpctl" real-server "$@" || return; done
}

everything() {
    local host
    for host in "${servers[@]}"; do
        on "$host" ip -o address show
        on "$host" bash -c 'grep -H . /proc/sys/net/ipv4/conf/*/{arp_ignore,arp_announce,rp_filter}'
        on "$host" bash -c 'cat /sys/class/net/*/flags'
    done
}

in_turn() {
    [[ $1 == "server1 server2 server1 server2" || $1 == "server2 server1 server2 server1" ]]
}

served() {
    local answers address
    for address in "$vip4" "$vip6"; do
        answers=$(ask --times 4 tcp "$address" 80 | xargs)
        check "$1: $address is served in turn (got: $answers)" in_turn "$answers"
    done
}

not_served() {
    local address
    for address in "$vip4" "$vip6"; do
        equal "$1: $address is not served" "-" "$(ask tcp "$address" 80)"
    done
}

# The director's own address must be the only one that the network hears of.
known_to_client() {
    on client ip neighbour flush all
    on client bash -c "echo >/dev/udp/$vip4/9" 2>/dev/null || true
    eventually 15 resolved
    on client ip neighbour show "$vip4" | awk '{ for (i = 1; i < NF; i++) if ($i == "lladdr") print $(i + 1) }'
}

resolved() {
    on client ip neighbour show "$vip4" | grep -Eq 'lladdr|FAILED'
}

trap remove_network EXIT
modprobe -a ip_vs ip_vs_rr ipip ip6_tunnel
make_network
bare_servers
everything >/tmp/real-servers-before
for address in "$vip4" "[$vip6]"; do director -A -t "$address:80" -s rr; done
for number in 1 2; do
    director -a -t "$vip4:80" -r "10.2.0.1$number:80" -g
    director -a -t "[$vip6]:80" -r "[fd00:2::1$number]:80" -g
done

check "up by direct routing" on_servers up "$vip4" "$vip6"
start_servers 80
served "direct routing"
equal "the client knows the address as the director's" "$(on director cat /sys/class/net/eth0/address)" "$(known_to_client)"
check "status" on_servers status
check "down" on_servers down "$vip4" "$vip6"
not_served "direct routing, taken down"
equal "everything is as it was" "$(cat /tmp/real-servers-before)" "$(everything)"

for number in 1 2; do
    director -e -t "$vip4:80" -r "10.2.0.1$number:80" -i
    director -e -t "[$vip6]:80" -r "[fd00:2::1$number]:80" -i
done
not_served "tunnels, before they are up"
check "up by tunnels" on_servers up "$vip4" "$vip6" --method tun
served "tunnels"
equal "the client knows the address as the director's" "$(on director cat /sys/class/net/eth0/address)" "$(known_to_client)"
check "status" on_servers status
equal "the other interfaces are as strict as before" "1 1" \
    "$(on server1 cat /proc/sys/net/ipv4/conf/all/rp_filter) $(on server1 cat /proc/sys/net/ipv4/conf/eth0/rp_filter)"
check "down" on_servers down "$vip4" "$vip6"
not_served "tunnels, taken down"
equal "everything is as it was" "$(cat /tmp/real-servers-before)" "$(everything)"
rm /tmp/real-servers-before

finish
