# shellcheck shell=bash
# A small LVS site in network namespaces, for the suites that send real traffic through the kernel.
#
#             switch (one Ethernet segment)
#    ┌──────────┬──────────┬──────────┐
#  client    director   server1    server2
#  10.1.0.2  10.1.0.1   10.2.0.11  10.2.0.12      fd00:1:: and fd00:2:: alike
#            10.2.0.1
#
# The virtual addresses 10.1.0.100 and fd00:1::100 are on the director, and on the loopback of each server,
# where they answer no ARP: direct routing and tunnels need them there, NAT does not mind.

vip4=10.1.0.100
vip6=fd00:1::100
site="lvs$$"
servers=(server1 server2)
responders=()
responder=$(dirname "${BASH_SOURCE[0]}")/responder.py
ask_tool=$(dirname "${BASH_SOURCE[0]}")/ask.py

# Runs a command in the namespace of one host of the site: `on client curl …`.
on() {
    local host=$1
    shift
    ip netns exec "$site-$host" "$@"
}

# The same in the background: `start_on client …`, then its process is $!.
start_on() {
    local host=$1
    shift
    ip netns exec "$site-$host" "$@" &
}

# The segment alone; a suite with addresses of its own adds its hosts with `add_host` and `give_addresses`.
make_switch() {
    ip netns add "$site-switch"
    on switch ip link add lan type bridge
    on switch ip link set lan up
}

make_network() {
    local host
    make_switch
    for host in client director "${servers[@]}"; do
        add_host "$host"
    done
    give_addresses client 10.1.0.2/24 fd00:1::2/64
    give_addresses director 10.1.0.1/24 10.2.0.1/24 "$vip4/24" fd00:1::1/64 fd00:2::1/64 "$vip6/64"
    give_addresses server1 10.2.0.11/24 fd00:2::11/64
    give_addresses server2 10.2.0.12/24 fd00:2::12/64
    on director sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
        net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0
    forget_ended_connections
    for host in "${servers[@]}"; do
        on "$host" sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
        on "$host" ip addr add "$vip4/32" dev lo
        on "$host" ip -6 addr add "$vip6/128" dev lo nodad
    done
    answer_directly
}

# The kernel chooses a client's ports anew every ten seconds, so one may come again while the director still has the
# connection that used it, and leads to that one's server. Mode 3 has it choose anew for each new TCP connection, also
# where it sees only one direction (Documentation/networking/ipvs-sysctl.rst).
forget_ended_connections() {
    modprobe ip_vs
    on director sysctl -qw net.ipv4.vs.conn_reuse_mode=3
}

remove_network() {
    local pid name
    for pid in "${responders[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    for name in $(ip netns list | awk -v site="$site-" 'index($1, site) == 1 { print $1 }'); do
        ip netns delete "$name"
    done
}

add_host() {
    ip netns add "$site-$1"
    # One segment carries both networks, so the director tells its neighbours of a shorter way: they must not listen.
    on "$1" sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.accept_redirects=0 \
        net.ipv6.conf.default.accept_ra=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
    on switch ip link add "$1" type veth peer name eth0 netns "$site-$1"
    on switch ip link set "$1" master lan up
    on "$1" ip link set lo up
    on "$1" ip link set eth0 up
}

give_addresses() {
    local host=$1 address
    shift
    for address in "$@"; do
        case $address in
        *:*) on "$host" ip -6 addr add "$address" dev eth0 nodad ;;
        *) on "$host" ip addr add "$address" dev eth0 ;;
        esac
    done
}

# Direct routing and tunnels: the servers answer the client past the director.
answer_directly() {
    route_client_and_servers "dev eth0" "dev eth0" "dev eth0" "dev eth0"
}

# NAT: the answers must pass the director, which puts the virtual address back into them.
answer_through_director() {
    route_client_and_servers "via 10.2.0.1" "via fd00:2::1" "via 10.1.0.1" "via fd00:1::1"
}

# Takes the way of the servers to the client and of the client to the servers, over IPv4 and over IPv6. (A plain
# `route replace` would leave an IPv6 route with a gateway beside one without.)
route_client_and_servers() {
    local host way
    for host in "${servers[@]}"; do
        read -ra way <<<"$1"
        on "$host" ip route replace 10.1.0.0/24 "${way[@]}"
        read -ra way <<<"$2"
        on "$host" ip -6 route flush fd00:1::/64
        on "$host" ip -6 route add fd00:1::/64 "${way[@]}"
    done
    read -ra way <<<"$3"
    on client ip route replace 10.2.0.0/24 "${way[@]}"
    read -ra way <<<"$4"
    on client ip -6 route flush fd00:2::/64
    on client ip -6 route add fd00:2::/64 "${way[@]}"
}

# Starts on each server a program that answers on the given port, over TCP, UDP and SCTP, with the server's name.
start_servers() {
    local port=$1 number=0 host
    for host in "${servers[@]}"; do
        number=$((number + 1))
        start_server "$host" "$port" "10.2.0.1$number" "fd00:2::1$number" "$vip4" "$vip6"
    done
}

# start_server HOST PORT ADDRESS…
start_server() {
    start_on "$1" python3 "$responder" "$@"
    responders+=($!)
    ask_until "$1" "$1" tcp "$3" "$2"
}

# Asks a service once, or with `--times N` as often, from the client; prints one name a line, `-` for no answer.
ask() {
    on client python3 "$ask_tool" "$@"
}

# ask_until HOST NAME PROTOCOL ADDRESS PORT: asks from HOST until NAME answers, for half a minute at most.
ask_until() {
    local host=$1 name=$2 deadline=$((SECONDS + 30))
    shift 2
    until [[ $(on "$host" python3 "$ask_tool" "$@") == "$name" ]]; do
        if ((SECONDS >= deadline)); then
            echo "$*, asked from $host, was not answered by $name within 30 seconds" >&2
            return 1
        fi
        sleep 0.1
    done
}
