#!/bin/bash
# where: guest
# packages: jq
# peers: keepalived
# What vrrpctl simulate foretells is what happens: two real keepalived on a network of their own go through the states
# that it names for their configurations, when they start, stop, come back, and when a tracked script fails. It also
# says what goes wrong, and refuses what it does not understand.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

declare -A daemon=()

end() {
    local node
    for node in "${!daemon[@]}"; do
        stop "$node"
    done
    for node in a b; do
        ip netns delete "$node" 2>/dev/null || true
    done
}

work=$(mktemp -d)
trap 'end; rm -rf "$work"' EXIT
# Its /lib is a folder, the guest's a link.
tar -C "$(peer_folder keepalived)" -c . | tar -C / -x --keep-directory-symlink
ldconfig

# node NAME PRIORITY LINE…: its configuration, in $work/NAME.conf. What becomes of it is written to $work/NAME.states.
node() {
    local name=$1 priority=$2
    shift 2
    {
        cat <<TEXT
global_defs {
    script_user root
}
vrrp_script service {
    script "/usr/bin/test -e $work/$name.service"
    interval 1
    weight -60
}
vrrp_instance VI_1 {
    interface eth0
    state BACKUP
    virtual_router_id 51
    priority $priority
    virtual_ipaddress {
        10.9.0.100/24
    }
    track_script {
        service
    }
    notify "$work/note $name"
TEXT
        printf '    %s\n' "$@" '}'
    } >"$work/$name.conf"
    touch "$work/$name.service"
    : >"$work/$name.states"
}

network() {
    local node number=0
    cat >"$work/note" <<TEXT
#!/bin/sh
echo "\$4" >>$work/\$1.states
TEXT
    chmod 755 "$work" "$work/note"
    for node in a b; do
        ip netns add "$node"
        ip -n "$node" link set lo up
    done
    ip -n a link add eth0 type veth peer name eth0 netns b
    for node in a b; do
        number=$((number + 1))
        ip -n "$node" link set eth0 up
        ip -n "$node" address add "10.9.0.$number/24" dev eth0
    done
    # Before it is up, keepalived starts in FAULT.
    for node in a b; do
        check "$node's link is up" eventually 10 link_is_up "$node"
    done
}

link_is_up() {
    [[ $(ip -n "$1" -j link show eth0 | jq -r '.[].operstate') == UP ]]
}

start() {
    ip netns exec "$1" keepalived -n -l -P -f "$work/$1.conf" -p "$work/$1.pid" -r "$work/$1.vrrp-pid" \
        >>"$work/$1.log" 2>&1 &
    daemon[$1]=$!
}

stop() {
    kill "${daemon[$1]}" 2>/dev/null || true
    wait "${daemon[$1]}" 2>/dev/null || true
    unset "daemon[$1]"
}

# became NODE STATE COUNT: whether it has come to that state so often.
became() {
    [[ $(grep -c "^$2\$" "$work/$1.states") -ge $3 ]]
}

# What keepalived's notifications call the states.
foretold() {
    jq -r --arg node "$1" '.transitions[] | select(.node == $node) | .to' "$work/foretold" |
        sed 's/^backup$/BACKUP/; s/^active$/MASTER/; s/^initialize$/STOP/; s/^fault$/FAULT/' | paste -sd' '
}

# as_foretold NAME FAILURE…: both nodes went through the states that simulate names for these failures.
as_foretold() {
    local name=$1 failure failures=() node
    shift
    for failure in "$@"; do
        failures+=(--fail "$failure")
    done
    "$vrrpctl" simulate -f "$work/a.conf" --peers "$work/b.conf" "${failures[@]}" --json >"$work/foretold"
    for node in a b; do
        equal "$name: $node" "$(foretold "$node")" "$(paste -sd' ' <"$work/$node.states")"
    done
}

expect() {
    check "keepalived: $1 becomes $2" eventually 30 became "$@"
}

# The one with the higher priority first: were it late by the difference of their skew times, a fifth of a second, the
# other one would be active before it.
start_both() {
    start a
    expect a BACKUP 1
    start b
}

starts_and_stops() {
    node a 150
    node b 100
    start_both
    expect a MASTER 1
    stop a
    expect b MASTER 1
    start a
    expect a MASTER 2
    expect b BACKUP 2
    as_foretold "stopped and started again" a:stop@10-20
    stop a
    stop b
}

stays() {
    node a 150 nopreempt
    node b 100
    start a
    expect a MASTER 1
    start b
    expect b BACKUP 1
    stop a
    expect b MASTER 1
    start a
    expect a BACKUP 2
    # Whether a stays away is seen by what it did before b gave the address up.
    check "keepalived: b is still the master after six of its advertisements" eventually 30 sent_by_b 6
    stop b
    expect a MASTER 2
    as_foretold "nopreempt" a:stop@10-20 b:stop@30
    stop a
}

# sent_by_b COUNT: whether b has sent that many advertisements since this was first asked.
sent_by_b() {
    local sent
    sent=$(ip -n b -s -j link show eth0 | jq '.[].stats64.tx.packets')
    : "${sent_before:=$sent}"
    ((sent >= sent_before + $1))
}

failing_script() {
    node a 150
    node b 100
    start_both
    expect a MASTER 1
    rm "$work/a.service"
    expect b MASTER 1
    expect a BACKUP 2
    touch "$work/a.service"
    expect a MASTER 2
    expect b BACKUP 2
    as_foretold "a script fails and recovers" "a:script service@10-20"
    stop a
    stop b
}

# simulated ARGUMENT…: the pair's document in $work/foretold.
simulated() {
    "$vrrpctl" simulate -f "$work/a.conf" --peers "$work/b.conf" --json "$@" >"$work/foretold"
}

findings() {
    node a 150
    node b 100
    sed -i 's/weight -60/weight -10/' "$work/a.conf"
    simulated --fail 'a:script service@10-20'
    equal "a weight that changes nothing: no other node becomes active" "a" \
        "$(jq -r '.transitions[] | select(.to == "active") | .node' "$work/foretold" | sort -u)"
    check "and it says so" grep -q 'still above 100' "$work/foretold"
    sed -i 's/virtual_router_id 51/virtual_router_id 52/' "$work/b.conf"
    simulated
    equal "two VRIDs: two owners at the end" "a b" \
        "$(jq -r '.addresses[0].owners[-1].nodes | join(" ")' "$work/foretold")"
    equal "each rejects the other's packets, and why" "vrid-error" \
        "$(jq -r '.rejections[].reason' "$work/foretold" | sort -u)"
    node b 100
    simulated --fail partition@10-20
    equal "a partition: both hold the address, and then one" "a, a b, a" \
        "$(jq -r '[.addresses[0].owners[].nodes | join(" ")] | join(", ")' "$work/foretold")"
}

words() {
    local status=0
    simulated --fail 'loss 30@5-60' --seed 3
    cp "$work/foretold" "$work/once"
    simulated --fail 'loss 30@5-60' --seed 3
    check "the same seed tells the same story" cmp "$work/once" "$work/foretold"
    simulated --fail 'loss 30@5-60' --seed 4
    refuses "another seed another one" cmp "$work/once" "$work/foretold"
    for words in 'c@10' 'a:scrpt service@10' 'a:script nothing@10' 'a@ten' 'a' 'a@20-10'; do
        status=0
        simulated --fail "$words" 2>"$work/said" || status=$?
        equal "--fail '$words' is refused" 2 "$status"
        check "and quoted" grep -qF -- "$words" "$work/said"
    done
    status=0
    "$vrrpctl" simulate -f "$work/nothing.conf" 2>"$work/said" || status=$?
    equal "a configuration that is not there" 5 "$status"
}

network
starts_and_stops
stays
failing_script
findings
words
finish
