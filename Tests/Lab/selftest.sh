#!/bin/bash
# where: guest
# packages: curl python3
# What the Linux kernel tests ipvs with (a file from the client to one server by direct routing, NAT and tunnel, each
# set up from nothing by ipvsadm), done by our ipvsadm.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/network.sh"

vip=207.175.44.110
port=8080
folder=$(mktemp -d)
trap 'remove_network; rm -rf "$folder"' EXIT
PATH=$(dirname "$ours"):$PATH

# The client knows the way to the virtual address by the director; the server knows two ways back.
make_site() {
    make_switch
    local host
    for host in client director server; do
        add_host "$host"
    done
    give_addresses client 10.0.0.1/24
    give_addresses director 10.0.0.2/24 10.0.1.1/24
    give_addresses server 10.0.1.2/24
    on director ip addr add "$vip/32" dev lo
    on director sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0
    on client ip route add "$vip" via 10.0.0.2
    # To keep both sides apart, as if they were two segments.
    on client ip route add 10.0.1.0/24 via 10.0.0.2
    on server sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
}

serve_file() {
    head -c 3000000 /dev/urandom >"$folder/file"
    start_on server python3 -m http.server --directory "$folder" "$port" >/dev/null 2>&1
    responders+=($!)
    eventually 30 on server curl --silent --output /dev/null "http://10.0.1.2:$port/"
}

transfer() {
    rm -f "$folder/received"
    on client curl --silent --show-error --max-time 10 --output "$folder/received" "http://$vip:$port/file" &&
        cmp "$folder/file" "$folder/received"
}

# set_up METHOD ADDRESS: one service with one server.
set_up() {
    on director ipvsadm -A -t "$vip:$port" -s rr &&
        on director ipvsadm -a "$1" -t "$vip:$port" -r "$2:$port"
}

tear_down() {
    on director ipvsadm -C
    on server ip addr flush dev lo scope global
    on server ip route flush 10.0.0.0/24
}

direct_routing() {
    on server ip addr add "$vip/32" dev lo
    on server ip route add 10.0.0.0/24 dev eth0
    on client ip route replace 10.0.1.0/24 dev eth0
    check "set up direct routing" set_up -g 10.0.1.2
    check "a file by direct routing" transfer
    tear_down
}

nat() {
    on server ip route add 10.0.0.0/24 via 10.0.1.1
    on client ip route replace 10.0.1.0/24 via 10.0.0.2
    check "set up NAT" set_up -m 10.0.1.2
    check "a file through NAT" transfer
    tear_down
}

tunnel() {
    modprobe ipip
    on server ip link set tunl0 up
    on server ip addr add "$vip/32" dev tunl0
    on server ip route add 10.0.0.0/24 dev eth0
    on client ip route replace 10.0.1.0/24 dev eth0
    check "set up a tunnel" set_up -i 10.0.1.2
    check "a file through a tunnel" transfer
    refuses "nothing came any other way: without the tunnel's device there is no file" without_tunnel transfer
    tear_down
}

without_tunnel() {
    on server ip link set tunl0 down
    "$@"
}

make_site
check "ipvsadm says its version" on director ipvsadm -v
serve_file
refuses "no file before there is a service" transfer
direct_routing
nat
tunnel
finish
