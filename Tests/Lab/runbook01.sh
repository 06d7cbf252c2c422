#!/bin/bash
# where: guest
# packages: curl python3
# An operator's runbook for direct routing, line by line: set up, test from a client, drain and remove a server, remove
# the service, restore at boot.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/network.sh"

rules=/etc/ipvsadm.rules
vip=192.168.52.188
trap 'remove_network; rm -f "$rules"' EXIT
PATH=$(dirname "$ours"):$PATH

make_site() {
    make_switch
    local host
    for host in client director server1 server2; do
        add_host "$host"
    done
    give_addresses client 192.168.52.2/24
    give_addresses director 192.168.52.1/24
    give_addresses server1 192.168.52.100/24
    give_addresses server2 192.168.52.101/24
    for host in server1 server2; do
        on "$host" sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
        on "$host" ip addr add "$vip/32" dev lo
    done
    start_server server1 80 192.168.52.100 "$vip"
    start_server server2 80 192.168.52.101 "$vip"
}

# fetch N: the answers to so many requests of the client, sorted and counted.
fetch() {
    local number
    for ((number = 0; number < $1; number++)); do
        on client curl --silent --show-error --max-time 5 "$vip" || echo nobody
    done 2>/dev/null | sort | uniq -c | awk '{ print $2 ": " $1 }'
}

listing() {
    on director ipvsadm -Ln
}

make_site

# The director.
check "the virtual address" on director ip addr add "$vip/24" dev eth0
check "kernel settings" on director sysctl -w net.ipv4.ip_forward=0 net.ipv4.conf.all.send_redirects=0 \
    net.ipv4.conf.default.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0
check "the service" on director ipvsadm -A -t "$vip:80" -s rr
check "the first server" on director ipvsadm -a -t "$vip:80" -r 192.168.52.100:80 -g
check "the second server" on director ipvsadm -a -t "$vip:80" -r 192.168.52.101:80 -g
equal "the listing" "\
IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  192.168.52.188:80 rr
  -> 192.168.52.100:80            Route   1      0          0         
  -> 192.168.52.101:80            Route   1      0          0         " "$(listing)"
check "saving to a file" on director "$BASH" -c "ipvsadm-save -n > $rules"
equal "what was saved" "\
-A -t 192.168.52.188:80 -s rr
-a -t 192.168.52.188:80 -r 192.168.52.100:80 -g -w 1
-a -t 192.168.52.188:80 -r 192.168.52.101:80 -g -w 1" "$(cat "$rules")"

# The client.
equal "four requests, two for each server" "\
server1: 2
server2: 2" "$(fetch 4)"

# Maintenance of one server.
check "drain" on director ipvsadm -e -t "$vip:80" -r 192.168.52.101:80 -g -w 0
equal "a drained server gets nothing new" "server1: 4" "$(fetch 4)"
check "remove" on director ipvsadm -d -t "$vip:80" -r 192.168.52.101:80
equal "one server is left" 1 "$(listing | grep -c -e '->.*Route')"
equal "and it answers" "server1: 2" "$(fetch 2)"

# Removal.
check "remove the service" on director ipvsadm -D -t "$vip:80"
equal "nothing is left" "" "$(on director ipvsadm-save -n)"
equal "nobody answers" "nobody: 1" "$(fetch 1)"

# Boot: the kernel's table is empty.
check "restore" on director "$BASH" -c "ipvsadm-restore < $rules"
equal "the table is as it was saved" "$(cat "$rules")" "$(on director ipvsadm-save -n)"
equal "four requests, two for each server again" "\
server1: 2
server2: 2" "$(fetch 4)"
finish
