#!/bin/bash
# where: host
# packages: iproute2 jq
# `vrrpctl real-server` in a network namespace: what it makes of a host, that the host then keeps silent about the
# address, that doing it twice changes nothing and undoing it leaves exactly what there was, and who may not.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

#   client (10.93.0.9) ---- eth0 (10.93.0.1) real server

server=real-server-lab
client=real-server-client
work=$(mktemp -d)
chmod 711 "$work"

clean_up() {
    # What it remembers of the namespaces goes with them.
    on_server "$vrrpctl" real-server down 10.93.0.3 10.93.0.4 2001:db8::3 >/dev/null 2>&1 || true
    ip netns delete $server 2>/dev/null || true
    ip netns delete $client 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

on_server() {
    ip netns exec $server "$@"
}

real_server() {
    on_server "$vrrpctl" real-server "$@"
}

# All that real-server may change: addresses, interfaces that are up, settings.
everything() {
    on_server ip -o address show
    on_server ip -o link show
    # shellcheck disable=SC2016 # for the other shell
    on_server bash -c 'grep -H . /proc/sys/net/ipv4/conf/*/{arp_ignore,arp_announce,rp_filter}'
}

sysctl_of() {
    on_server cat "/proc/sys/net/ipv4/conf/$1"
}

# answers ADDRESS: whether somebody on the network says to have it. The kernel asks three times, in three seconds.
answers() {
    ip -n $client neighbour flush all
    ip netns exec $client bash -c "echo >/dev/udp/$1/9" 2>/dev/null || true
    eventually 15 resolved "$1" && ip -n $client neighbour show "$1" | grep -q lladdr
}

resolved() {
    ip -n $client neighbour show "$1" | grep -Eq 'lladdr|FAILED'
}

state_files() {
    { find /run/vrrpctl -maxdepth 1 -name 'real-server-*.state' 2>/dev/null || true; } | sort
}

for host in $server $client; do
    ip netns add "$host"
    ip -n "$host" link set lo up
done
ip -n $server link add eth0 type veth peer name eth0 netns $client
for host in $server $client; do
    ip netns exec "$host" sysctl -qw net.ipv6.conf.eth0.accept_dad=0 net.ipv6.conf.eth0.router_solicitations=0
    ip -n "$host" link set eth0 up
done
ip -n $server address add 10.93.0.1/24 dev eth0
ip -n $client address add 10.93.0.9/24 dev eth0
check "the network works" eventually 20 answers 10.93.0.1
on_server sysctl -qw net.ipv4.conf.all.arp_announce=1
check "IPv6 addresses have settled" eventually 20 eval "! on_server ip -6 -o address show tentative | grep -q ."
everything >"$work/before"
remembered=$(state_files)

# MARK: Who may not, and what is none

nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
status_is "without rights" 77 ip netns exec $server "${nobody[@]}" "$vrrpctl" real-server up 10.93.0.3
check "it says which" grep -q 'CAP_NET_ADMIN is missing' \
    <(ip netns exec $server "${nobody[@]}" "$vrrpctl" real-server up 10.93.0.3 2>&1)
status_is "down without rights" 77 ip netns exec $server "${nobody[@]}" "$vrrpctl" real-server down 10.93.0.3
for address in 10.93.0.3/32 10.93.0 127.0.0.1 224.0.0.18 ff02::12 server.example; do
    status_is "no address of a service: $address" 2 real_server up "$address"
done
status_is "no address at all" 2 real_server up
status_is "no such method" 2 real_server up 10.93.0.3 --method nat
status_is "an address of eth0" 1 real_server up 10.93.0.1
check "it says why not" grep -q '10.93.0.1 is an address of eth0' <(real_server up 10.93.0.1 2>&1)
status_is "status of what is not up" 1 real_server status 10.93.0.3
status_is "status of nothing" 1 real_server status
equal "nothing has changed" "$(cat "$work/before")" "$(everything)"

# MARK: Up

equal "dry: the commands of the runbook" "sysctl -w net/ipv4/conf/all/arp_ignore=1   (is 0)
sysctl -w net/ipv4/conf/all/arp_announce=2   (is 1)
sysctl -w net/ipv4/conf/lo/arp_ignore=1   (is 0)
sysctl -w net/ipv4/conf/lo/arp_announce=2   (is 0)
ip address add 10.93.0.3/32 dev lo label lo:0" "$(real_server up 10.93.0.3 --dry-run)"
equal "dry: nothing has changed" "$(cat "$work/before")" "$(everything)"
check "any user may look at it dry" ip netns exec $server "${nobody[@]}" "$vrrpctl" real-server up 10.93.0.3 --dry-run
check "up" real_server up 10.93.0.3
check "the address is on lo, with its label" grep -q 'inet 10.93.0.3/32 scope global lo:0' \
    <(on_server ip -o address show dev lo)
equal "the settings" "1 2 1 2" "$(sysctl_of all/arp_ignore) $(sysctl_of all/arp_announce) $(sysctl_of lo/arp_ignore) $(sysctl_of lo/arp_announce)"
refuses "nobody answers for it on the network" answers 10.93.0.3
check "for its own address it does" answers 10.93.0.1
check "status" real_server status 10.93.0.3
check "status without an address" grep -q '10.93.0.3 by dr: up' <(real_server status)
check "as JSON" jq -e '.up and (.addresses[0] | .address == "10.93.0.3" and .method == "dr" and .recorded
    and all(.parts[]; .right))' <(real_server status --json)
everything >"$work/up"
equal "twice: nothing to do" "nothing to do: 10.93.0.3 is up by dr" "$(real_server up 10.93.0.3)"
equal "nothing has changed by that" "$(cat "$work/up")" "$(everything)"

# MARK: Several addresses, and what others do

check "another one, and IPv6" real_server up 10.93.0.4 2001:db8::3
check "IPv6 is on lo" grep -q 'inet6 2001:db8::3/128' <(on_server ip -o address show dev lo)
check "with a label of its own" grep -q '10.93.0.4/32 scope global lo:1' <(on_server ip -o address show dev lo)
check "status of all" real_server status
check "down" real_server down 10.93.0.3
check "the other one stays" grep -q '10.93.0.4/32' <(on_server ip -o address show dev lo)
equal "with its settings" "1 2" "$(sysctl_of all/arp_ignore) $(sysctl_of lo/arp_announce)"
status_is "by another method it is refused" 1 real_server up 10.93.0.4 --method tun
on_server sysctl -qw net.ipv4.conf.all.arp_ignore=0
status_is "somebody has changed a setting: status says so" 1 real_server status
check "and which" grep -q 'WRONG  net/ipv4/conf/all/arp_ignore: 0, and should be 1' <(real_server status)
equal "up mends that alone" "sysctl -w net/ipv4/conf/all/arp_ignore=1   (was 0)" "$(real_server up 10.93.0.4)"
check "the last ones" real_server down 10.93.0.4 2001:db8::3
equal "everything is as it was" "$(cat "$work/before")" "$(everything)"
equal "and nothing remembered" "$remembered" "$(state_files)"
equal "down twice: nothing to do" "nothing to do: of up nothing is here for 10.93.0.4" "$(real_server down 10.93.0.4)"

on_server ip address add 10.93.0.3/32 dev lo
everything >"$work/own"
check "an address that was there: up" real_server up 10.93.0.3
check "down" real_server down 10.93.0.3
equal "it is still there, and all as it was" "$(cat "$work/own")" "$(everything)"
on_server ip address del 10.93.0.3/32 dev lo

# MARK: What fails in the middle leaves nothing

# Settings that cannot be written, as in some containers, fail before the address.
read_only=(unshare --mount bash -c 'mount --bind -o ro /proc/sys/net/ipv4/conf/lo/arp_announce /proc/sys/net/ipv4/conf/lo/arp_announce &&
    mount -o remount,ro,bind /proc/sys/net/ipv4/conf/lo/arp_announce && "$@"' _)
status_is "a setting that cannot be written" 1 on_server "${read_only[@]}" "$vrrpctl" real-server up 10.93.0.3
check "it is named" grep -q 'net/ipv4/conf/lo/arp_announce=2: .*; nothing is changed' \
    <(on_server "${read_only[@]}" "$vrrpctl" real-server up 10.93.0.3 2>&1)
equal "everything is as it was" "$(cat "$work/before")" "$(everything)"
equal "and nothing remembered" "$remembered" "$(state_files)"
# Two at once: one after the other, and both are right.
real_server up 10.93.0.3 >/dev/null &
first=$!
real_server up 10.93.0.4 >/dev/null &
second=$!
statuses=
for process in $first $second; do
    status=0
    wait "$process" || status=$?
    statuses+=" $status"
done
equal "two at once: both are done" " 0 0" "$statuses"
check "both are up" real_server status 10.93.0.3 10.93.0.4
check "both down" real_server down 10.93.0.3 10.93.0.4
equal "everything is as it was" "$(cat "$work/before")" "$(everything)"

# MARK: Tunnels

# As far as this kernel goes: it has the module, or it says what is missing and changes nothing.
if on_server test -e /proc/sys/net/ipv4/conf/tunl0 || modprobe --quiet ipip; then
    on_server test -e /proc/sys/net/ipv4/conf/tunl0 || on_server ip link add tunl0 type ipip
    everything >"$work/before"
    check "tun: up" real_server up 10.93.0.3 --method tun
    check "the address is on tunl0" grep -q 'tunl0 .*10.93.0.3/32' <(on_server ip -o address show)
    check "status" real_server status
    check "down" real_server down 10.93.0.3
    equal "everything is as it was" "$(cat "$work/before")" "$(everything)"
else
    status_is "tun without the kernel's module" 1 real_server up 10.93.0.3 --method tun
    check "it says which" grep -q 'modprobe ipip failed' <(real_server up 10.93.0.3 --method tun 2>&1)
    equal "everything is as it was" "$(cat "$work/before")" "$(everything)"
    check "dry, it begins with the module" grep -qx 'modprobe ipip' <(real_server up 10.93.0.3 --method tun --dry-run)
fi

finish
