#!/bin/bash
# where: host
# packages: iproute2 jq
# peers: nftables iptables
# `vrrpctl doctor` names faults that are really there, in namespaces: each is made, found with its evidence, mended by
# the command that doctor shows, and gone. Split brain is named on both sides within three seconds.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

work=$(mktemp -d)
chmod 755 "$work"
node=doctor-node
other=doctor-other
between=doctor-between
daemons=()

clean_up() {
    local pid
    for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${daemons[@]}"; do wait "$pid" 2>/dev/null || true; done
    ip netns del $node 2>/dev/null || true
    ip netns del $other 2>/dev/null || true
    ip netns del $between 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

for peer in nftables iptables; do
    folder=$(peer_folder $peer)
    PATH=$folder/usr/sbin:$PATH
    LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu:$folder/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
done
XTABLES_LIBDIR=$(peer_folder iptables)/usr/lib/x86_64-linux-gnu/xtables
export LD_LIBRARY_PATH XTABLES_LIBDIR

on_node() {
    ip netns exec $node "$@"
}

# Two nodes with a bridge between them.
build() {
    local name
    ip netns add $between
    ip -n $between link add br0 type bridge
    ip -n $between link set br0 up
    for name in $node $other; do
        ip netns add "$name"
        ip -n "$name" link set lo up
        ip -n "$name" link add eth0 type veth peer name "port-${name#doctor-}" netns $between
        ip -n $between link set "port-${name#doctor-}" master br0 up
        ip -n "$name" link set eth0 up
        ip netns exec "$name" sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0 \
            net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.eth0.arp_ignore=0 net.ipv4.ip_forward=0
    done
    ip -n $node address add 10.0.0.1/24 dev eth0
    ip -n $other address add 10.0.0.2/24 dev eth0
}

# The pair of runbook 02, which asks for nothing that is not here.
configure() {
    cat >"$work/pair.conf" <<'EOF'
global_defs {
    router_id lb01
}

vrrp_instance VI_1 {
    state MASTER
    interface eth0
    virtual_router_id 50
    priority 150
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass 1111
    }
    virtual_ipaddress {
        10.0.0.3
    }
}
EOF
    chmod 640 "$work/pair.conf"
    cat >"$work/nat.conf" <<'EOF'
virtual_server 10.0.0.3 80 {
    lb_kind NAT
    lb_algo rr
    protocol TCP
    real_server 10.0.0.7 80 {
        weight 1
    }
}
EOF
    chmod 640 "$work/nat.conf"
}

# doctor ARG...: on the node; the document is in $work/json, the exit status in $status.
status=
doctor() {
    status=0
    on_node "$vrrpctl" doctor --socket "$work/node.sock" --json "$@" >"$work/json" 2>"$work/errors" || status=$?
}

pair() {
    doctor -f "$work/pair.conf" --no-wire "$@"
}

# found: SEVERITY CHECK of each finding that is no note, sorted.
found() {
    jq -r '.findings[] | select(.severity != "note") | "\(.severity) \(.check)"' "$work/json" | sort | paste -sd,
}

# evidence CHECK, mend CHECK: the first line of a finding's.
evidence() {
    jq -r "[.findings[] | select(.check == \"$1\")][0].evidence[0]" "$work/json"
}

mend() {
    jq -r "[.findings[] | select(.check == \"$1\")][0].mend[0]" "$work/json"
}

clean() {
    pair
    equal "$1" "0 " "$status $(found)"
}

soundness() {
    clean "a sound host"
    check "the document has its version" jq -e '.version == 1 and .worst and (.checks | length > 5)' "$work/json"
    equal "it is of the file" "$work/pair.conf" "$(jq -r .file "$work/json")"
    status=0
    on_node "$vrrpctl" doctor --socket "$work/node.sock" -f "$work/pair.conf" --no-wire >"$work/text" || status=$?
    equal "the text's last line has the counts" 1 "$(tail -1 "$work/text" | grep -c '0 errors, 0 warnings')"
    refuses "no colours without a terminal" grep -q $'\e' "$work/text"
    doctor --no-wire -f "$work/missing.conf"
    equal "a configuration that is not there" "4 error configuration-faults" "$status $(found)"
    status_is "a wrong number of seconds" 2 "$vrrpctl" doctor --listen x
    status_is "--yes without --fix" 2 "$vrrpctl" doctor --yes
    status_is "--fix without a terminal asks for --yes" 2 "$vrrpctl" doctor --fix -f "$work/pair.conf"
}

firewalls() {
    on_node nft 'add table inet f; add chain inet f in { type filter hook input priority 0; policy drop; }'
    on_node nft 'add rule inet f in iifname "lo" accept'
    on_node nft 'add rule inet f in meta l4proto { icmp, tcp } accept'
    pair
    equal "nft: a policy that drops" "4 error firewall-drops" "$status $(found)"
    equal "nft: where" "nft: table inet f chain in: policy drop" "$(evidence firewall-drops)"
    check "nft: the mend is a command" on_node bash -c "$(mend firewall-drops)"
    clean "nft: mended"
    on_node nft add rule inet f in counter
    on_node nft 'add chain inet f out { type filter hook output priority 0; }'
    on_node nft 'add rule inet f out ip daddr 224.0.0.0/4 limit rate 1/minute accept'
    on_node nft 'add rule inet f out ip daddr 224.0.0.18 reject'
    pair
    equal "nft: what depends on a rate is not judged" "3 warning firewall-unclear" "$status $(found)"
    on_node nft flush ruleset
    clean "nft: without rules"

    on_node iptables-nft -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    on_node iptables-nft -A INPUT -i lo -j ACCEPT
    on_node iptables-nft -A INPUT -j REJECT --reject-with icmp-host-prohibited
    pair
    equal "iptables in nftables: a rule that rejects" "4 error firewall-drops" "$status $(found)"
    equal "iptables in nftables: where" \
        "iptables: table filter: -A INPUT -j REJECT --reject-with icmp-host-prohibited" "$(evidence firewall-drops)"
    on_node iptables-nft -I INPUT -i eth0 -p vrrp -j ACCEPT
    clean "iptables in nftables: mended"
    on_node nft flush ruleset

    on_node iptables-legacy -A OUTPUT -o eth0 -d 224.0.0.18/32 -j DROP
    pair
    equal "iptables-legacy: a rule that drops what leaves" "4 error firewall-drops" "$status $(found)"
    check "iptables-legacy: the mend is a command" on_node bash -c "$(mend firewall-drops)"
    clean "iptables-legacy: mended"
    on_node iptables-legacy -F
}

# Each fault of an interface or an address, and its end.
interfaces() {
    ip -n $node link set eth0 down
    pair
    equal "an interface that is down" "4 error interface-down" "$status $(found)"
    check "its mend is a command" on_node bash -c "$(mend interface-down)"
    ip -n $between link set port-node down
    pair
    equal "an interface without a carrier" "4 error no-carrier" "$status $(found)"
    ip -n $between link set port-node up
    eventually 5 carrier
    clean "with a carrier"
    ip -n $node address del 10.0.0.1/24 dev eth0
    pair
    equal "an interface without an address" "4 error no-address" "$status $(found)"
    ip -n $node address add 10.0.0.1/24 dev eth0
    ip -n $node link set eth0 mtu 68
    sed 's/10.0.0.3/&\n&1\n&2\n&3\n&4\n&5\n&6\n&7\n&8\n&9/' "$work/pair.conf" >"$work/many.conf"
    chmod 640 "$work/many.conf"
    doctor --no-wire -f "$work/many.conf"
    equal "an MTU that is too small" "3 warning too-many-addresses" "$status $(found)"
    ip -n $node link set eth0 mtu 1500
    ip -n $node address add 10.0.0.3/32 dev lo
    pair
    equal "a virtual address on lo, as on a real server" \
        "4 error address-elsewhere,warning announces-arp,warning answers-arp" "$status $(found)"
    ip -n $node address del 10.0.0.3/32 dev lo
    ip -n $node address add 10.0.0.3/32 dev eth0
    pair
    equal "a virtual address that nobody keeps" "3 warning address-left" "$status $(found)"
    check "its mend is a command" on_node bash -c "$(mend address-left)"
    sed 's/interface eth0/interface eth9/' "$work/pair.conf" >"$work/eth9.conf"
    chmod 640 "$work/eth9.conf"
    doctor --no-wire -f "$work/eth9.conf"
    check "an interface that is not here" jq -e '[.findings[].check] | index("interface-missing")' "$work/json"
    clean "all in order again"
}

carrier() {
    ip -n $node link show eth0 | grep -q LOWER_UP
}

settings() {
    doctor --no-wire -f "$work/nat.conf"
    check "NAT without forwarding" jq -e '[.findings[].check] | index("no-forwarding")' "$work/json"
    equal "NAT: the mend" "sysctl -w net.ipv4.ip_forward=1" "$(mend no-forwarding)"
    status=0
    on_node "$vrrpctl" doctor --no-wire -f "$work/nat.conf" --socket "$work/node.sock" --fix --dry-run \
        >"$work/text" || status=$?
    check "--dry-run shows it" grep -qF 'sysctl -w net.ipv4.ip_forward=1' "$work/text"
    equal "--dry-run does nothing" 0 "$(on_node cat /proc/sys/net/ipv4/ip_forward)"
    doctor --no-wire -f "$work/nat.conf" --fix --yes
    equal "--fix does it" 1 "$(on_node cat /proc/sys/net/ipv4/ip_forward)"
    check "--fix says so" jq -e '.fixed[] | select(.command == "sysctl -w net.ipv4.ip_forward=1" and .failure == null)' \
        "$work/json"
    refuses "it is found no more" jq -e '.findings[] | select(.check == "no-forwarding")' "$work/json"
    on_node sysctl -qw net.ipv4.conf.all.send_redirects=1
    doctor --no-wire -f "$work/nat.conf"
    check "redirects past the director" jq -e '[.findings[].check] | index("sends-redirects")' "$work/json"
    on_node sysctl -qw net.ipv4.ip_forward=0

    ip -n $node address add 10.0.0.9/32 dev lo
    doctor --no-wire -f "$work/pair.conf"
    equal "a real server that answers ARP" "3 warning announces-arp,warning answers-arp" "$status $(found)"
    doctor --no-wire -f "$work/pair.conf" --fix --yes
    equal "--fix: clean, with the settings of runbook 08" "0  1 2" \
        "$status $(found) $(on_node sysctl -n net.ipv4.conf.all.arp_ignore net.ipv4.conf.all.arp_announce | paste -sd' ')"
    ip -n $node address del 10.0.0.9/32 dev lo

    sed 's/10.0.0.3$/&/; s/virtual_router_id 50/&\n    use_vmac/' "$work/pair.conf" >"$work/vmac.conf"
    chmod 640 "$work/vmac.conf"
    on_node sysctl -qw net.ipv4.conf.all.rp_filter=1
    doctor --no-wire -f "$work/vmac.conf"
    check "strict return paths with use_vmac" jq -e '[.findings[].check] | index("return-path-filter")' "$work/json"
    on_node sysctl -qw net.ipv4.conf.all.rp_filter=0
}

files() {
    chmod 646 "$work/pair.conf"
    pair
    equal "a configuration with a password that anybody reads and writes" \
        "3 warning readable-secrets,warning writable-by-others" "$status $(found)"
    pair --fix --yes
    equal "--fix takes the rights away" "0 640" "$status $(stat -c %a "$work/pair.conf")"
    printf '#!/bin/sh\n' >"$work/check.sh"
    chmod 644 "$work/check.sh"
    cat >"$work/script.conf" <<EOF
vrrp_script check {
    script "$work/check.sh"
}
vrrp_script gone {
    script "$work/gone.sh"
}
$(sed 's/virtual_router_id 50/&\n    track_script {\n        check\n        gone\n    }/' "$work/pair.conf")
EOF
    chmod 640 "$work/script.conf"
    doctor --no-wire -f "$work/script.conf"
    equal "scripts that cannot run" "4 error script-missing,error script-not-executable" "$status $(found)"
    chmod 757 "$work/check.sh"
    cp "$work/check.sh" "$work/gone.sh"
    chmod 755 "$work/gone.sh"
    doctor --no-wire -f "$work/script.conf"
    equal "a script that others can change" "3 warning script-insecure" "$status $(found)"
    check "it says who" jq -e '.findings[] | select(.check == "script-insecure") | .message | contains("anyone can write")' \
        "$work/json"
}

# A program of that name is what the list of processes shows.
processes() {
    cp "$(command -v sleep)" "$work/keepalived"
    ip netns exec $node "$work/keepalived" 300 &
    daemons+=($!)
    eventually 5 other_daemon_is_named
    equal "another daemon" "3 warning other-daemon" "$status $(found)"
    kill "${daemons[-1]}"
    wait "${daemons[-1]}" 2>/dev/null || true
    # In another namespace it is none of ours.
    ip netns exec $other "$work/keepalived" 300 &
    daemons+=($!)
    eventually 5 grep -qx keepalived "/proc/${daemons[-1]}/comm"
    clean "a daemon in another network namespace"
    kill "${daemons[-1]}"
}

other_daemon_is_named() {
    pair
    [[ $(found) == *other-daemon* ]]
}

duplicates() {
    ip -n $other address add 10.0.0.1/24 dev eth0
    doctor -f "$work/pair.conf" --listen 0.6
    equal "somebody else has this host's address" "4 error duplicate-address" "$status $(found)"
    ip -n $other address del 10.0.0.1/24 dev eth0
    ip -n $node address add 10.0.0.3/32 dev eth0
    ip -n $other address add 10.0.0.3/24 dev eth0
    doctor -f "$work/pair.conf" --listen 0.6
    equal "both have the virtual address" "4 error split-brain,warning address-left" "$status $(found)"
    # shellcheck disable=SC2016 # it is jq's
    check "the other's MAC is the evidence" jq -e \
        --arg mac "$(ip -n $other -j link show eth0 | jq -r '.[0].address')" \
        '.findings[] | select(.check == "split-brain") | .evidence[0] | contains($mac)' "$work/json"
    ip -n $node address del 10.0.0.3/32 dev eth0
    ip -n $other address del 10.0.0.3/24 dev eth0
}

# Whoever is nobody learns what can be learnt, and what could not be looked at.
without_rights() {
    cp "$vrrpctl" "$work/vrrpctl"
    chmod 755 "$work/vrrpctl"
    chmod 644 "$work/nat.conf"
    status=0
    on_node setpriv --reuid=65534 --regid=65534 --clear-groups "$work/vrrpctl" doctor --json --listen 0.3 \
        --socket "$work/node.sock" -f "$work/nat.conf" >"$work/json" || status=$?
    check "without rights: what can be read is judged" jq -e '[.findings[].check] | index("no-forwarding")' "$work/json"
    check "without rights: what cannot be read is said" jq -e '[.findings[].check] | index("not-examined")' "$work/json"
    status_is "without rights: --fix" 77 on_node setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$work/vrrpctl" doctor --fix --yes -f "$work/nat.conf"
}

# director NAME PRIORITY: runs the instance of runbook 05.
director() {
    local name=$1
    cat >"$work/$name.conf" <<EOF
vrrp_script check_split {
   script "$work/check_split.sh"
   interval 3
}

vrrp_instance VI_1 {
    state BACKUP
    nopreempt
    interface eth0
    virtual_router_id 50
    priority $2
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass 1111
    }
    virtual_ipaddress {
        10.0.0.3
    }
    track_script {
        check_split
    }
}
EOF
    chmod 640 "$work/$name.conf"
    ip netns exec "doctor-$name" "$vrrpctl" run -f "$work/$name.conf" --socket "$work/$name.sock" 2>"$work/$name.log" &
    daemons+=($!)
}

both_active() {
    holds $node && holds $other
}

holds() {
    ip -n "$1" -o address show dev eth0 | grep -qF ' 10.0.0.3/'
}

# side NAME: what doctor says there, in $work/json, with the milliseconds it took in $took.
side() {
    local began
    began=$(date +%s%N)
    status=0
    ip netns exec "doctor-$1" "$vrrpctl" doctor --json -f "$work/$1.conf" --socket "$work/$1.sock" \
        >"$work/json" || status=$?
    took=$((($(date +%s%N) - began) / 1000000))
}

# split_brain_named TITLE: on both sides.
split_brain_named() {
    local name took
    for name in node other; do
        side $name
        equal "$1: $name exits with 4" 4 "$status"
        check "$1: $name names split brain" jq -e \
            '[.findings[] | select(.severity == "error" and (.check | endswith("split-brain")))] | length > 0' "$work/json"
        check "$1: $name within 3 s (took $took ms)" test "$took" -lt 3000
    done
}

split_brain() {
    printf '#!/bin/sh\nexit 0\n' >"$work/check_split.sh"
    chmod 755 "$work/check_split.sh"
    # The switch between the nodes loses advertisements and nothing else.
    ip netns exec $between nft 'add table bridge b; add chain bridge b f { type filter hook forward priority 0; }'
    ip netns exec $between nft add rule bridge b f ip protocol 112 drop
    director node 100
    director other 90
    check "runbook 05: both hold the address" eventually 20 both_active
    split_brain_named "advertisements lost between the nodes"
    # Each node's own firewall loses them.
    for name in $node $other; do
        ip netns exec "$name" nft 'add table inet f; add chain inet f in { type filter hook input priority 0; }'
        ip netns exec "$name" nft add rule inet f in ip protocol vrrp drop
    done
    ip netns exec $between nft flush ruleset
    check "both still hold it" both_active
    split_brain_named "advertisements lost in the nodes' firewalls"
    check "the rule that loses them is named" jq -e \
        '.findings[] | select(.check == "firewall-drops") | .evidence[0] | contains("chain in")' "$work/json"
    ip netns exec $node nft flush ruleset
    ip netns exec $other nft flush ruleset
    check "one gives way when they hear each other" eventually 10 one_active
    side node
    equal "then there is nothing to name on the one" "" "$(found)"
    side other
    equal "nor on the other" "" "$(found)"
}

one_active() {
    [[ $(holds $node && echo 1)$(holds $other && echo 1) == 1 ]]
}

build
configure
soundness
firewalls
interfaces
settings
files
processes
duplicates
without_rights
split_brain
finish
