#!/bin/bash
# where: guest
# packages: python3
# --patch changes only what is given; --wait returns when the connections of a server have ended, or says after its time
# how many are left.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"
# shellcheck source=Tests/Lab/tools/network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/network.sh"

work=$(mktemp -d)
trap '"$ours" -C; remove_network; rm -rf "$work"' EXIT

service="-A -t 10.0.0.1:80 -s sh -p 360 -M 255.255.255.0 --pe sip -b sh-fallback,sh-port"
server="-a -t 10.0.0.1:80 -r 10.0.0.2:80 -i -w 5 --tun-type gue --tun-port 6080 --tun-csum -x 100 -y 50"

# patched NAME EXPECTED ARGUMENT…: of the table above, after that command.
patched() {
    local name=$1 expected=$2
    shift 2
    restore_table <<<"$service"$'\n'"$server"
    run "$ours" "$@" --patch
    outcome "$name: carried out without a word" 0 "" ""
    equal "$name: the table" "$expected" "$(table)"
}

patch() {
    local v=(-t 10.0.0.1:80) r=(-t 10.0.0.1:80 -r 10.0.0.2:80)
    patched "a weight" "$service"$'\n'"${server/-w 5/-w 0}" -e "${r[@]}" -w 0
    patched "an upper limit" "$service"$'\n'"${server/-x 100/-x 70}" -e "${r[@]}" -x 70
    patched "both limits away" "$service"$'\n'"${server/ -x 100 -y 50/}" -e "${r[@]}" -x 0 -y 0
    patched "nothing given for a server" "$service"$'\n'"$server" -e "${r[@]}"
    patched "the port of a tunnel" "$service"$'\n'"${server/6080/6081}" -e "${r[@]}" --tun-type gue --tun-port 6081 --tun-csum
    patched "another forwarding method leaves the tunnel behind" \
        "$service"$'\n'"-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 5 -x 100 -y 50" -e "${r[@]}" -m
    patched "a time of persistence" "${service/360/90}"$'\n'"$server" -E "${v[@]}" -p 90
    patched "flags of a scheduler" "${service/sh-fallback,sh-port/sh-port}"$'\n'"$server" -E "${v[@]}" -b sh-port
    patched "nothing given for a service" "$service"$'\n'"$server" -E "${v[@]}"
    restore_table <<<"-A -t 10.0.0.1:80 -s rr"$'\n'"$server"
    "$ours" -E "${v[@]}" -s wrr --patch
    equal "a scheduler" "-A -t 10.0.0.1:80 -s wrr"$'\n'"$server" "$(table)"
    restore_table <<<"$service"$'\n'"$server"
    "$ours" -e "${r[@]}" -w 3
    equal "without --patch the rest is reset, as ever" "$service
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -g -w 3" "$(table)"
    run "$ours" -e -t 10.0.0.1:80 -r 10.0.0.77:80 -w 3 --patch
    outcome "--patch of a server that there is not" 255 "" "No such destination"
    run "$ours" -E -t 10.0.0.77:80 -s rr --patch
    outcome "--patch of a service that there is not" 255 "" "No such service"
    run "$ours" -A -t 10.0.0.77:80 --patch
    equal "--patch with another command" 2 "$status"
}

director() { on director "$ours" "$@"; }

# A connection that a client holds open through the director.
hold() {
    : >"$work/held"
    start_on client python3 "$ask_tool" --hold tcp "$vip4" 80 >"$work/held"
    holder=$!
    eventually 30 grep -q connected "$work/held"
}

let_go() {
    kill "$holder"
    wait "$holder" 2>/dev/null || true
}

connections() {
    director -Ln -t "$vip4:80" | awk '/->/ && NR > 2 { print $5 + $6 }'
}

add_service() {
    director -C
    director -A -t "$vip4:80" -s rr
    director -a -t "$vip4:80" -r 10.2.0.11:80 -m -w 4
}

# wait_for ARGUMENT…: runs ipvsadm on the director in the background, its words and status in files.
wait_for() {
    rm -f "$work/status"
    { director "$@" 2>"$work/said" && echo 0 >"$work/status" || echo $? >"$work/status"; } &
    waiting=$!
}

wait_with_connections() {
    make_network
    start_servers 80
    answer_through_director

    add_service
    hold
    wait_for -e -t "$vip4:80" -r 10.2.0.11:80 -m -w 0 --wait=120
    check "-e --wait: the weight is 0 at once" eventually 10 weight_is 0
    refuses "-e --wait: waits while the connection lasts" eventually 3 test -e "$work/status"
    let_go
    check "-e --wait: returns when it has ended" eventually 60 test -e "$work/status"
    wait "$waiting"
    equal "-e --wait: status and messages" "0" "$(cat "$work/status" "$work/said")"
    equal "-e --wait: no connection is left" 0 "$(connections)"

    add_service
    hold
    wait_for -d -t "$vip4:80" -r 10.2.0.11:80 --wait=120
    check "-d --wait: the weight is 0 at once" eventually 10 weight_is 0
    refuses "-d --wait: does not delete while the connection lasts" eventually 3 test -e "$work/status"
    let_go
    check "-d --wait: returns when it has ended" eventually 60 test -e "$work/status"
    wait "$waiting"
    equal "-d --wait: the server is gone" "-A -t $vip4:80 -s rr" "$(director -Sn)"

    add_service
    hold
    run on director "$ours" -d -t "$vip4:80" -r 10.2.0.11:80 --wait=1
    equal "-d --wait, out of time: status" 1 "$status"
    check "-d --wait, out of time: says how many are left (said: ${err//$'\n'/; })" grep -qF '1 active and 0 inactive' <<<"$err"
    equal "-d --wait, out of time: the server stays, at weight 0, its method unchanged" "-A -t $vip4:80 -s rr
-a -t $vip4:80 -r 10.2.0.11:80 -m -w 0" "$(director -Sn)"
    run on director "$ours" -e -t "$vip4:80" -r 10.2.0.11:80 -m -w 0 --wait=1
    equal "-e --wait, out of time: status" 1 "$status"
    check "-e --wait, out of time: says how many are left (said: ${err//$'\n'/; })" grep -qF '1 active and 0 inactive' <<<"$err"
    let_go
}

weight_is() {
    director -Sn | grep -q -- "-w $1\$"
}

wait_without_connections() {
    add_service
    run on director "$ours" -e -t "$vip4:80" -r 10.2.0.11:80 -w 0 --patch --wait=60
    outcome "no connection, no wait" 0 "" ""
    run on director "$ours" -d -t "$vip4:80" -r 10.2.0.11:80 --wait=60
    outcome "no connection, no wait before deletion" 0 "" ""
    run on director "$ours" -d -t "$vip4:80" -r 10.2.0.11:80 --wait=60
    outcome "--wait for a server that there is not" 255 "" "No such destination"
    run on director "$ours" -e -t "$vip4:80" -r 10.2.0.11:80 -w 1 --wait
    equal "--wait is for weight 0" 2 "$status"
    run on director "$ours" -a -t "$vip4:80" -r 10.2.0.11:80 --wait
    equal "--wait with another command" 2 "$status"
    run on director "$ours" -d -t "$vip4:80" -r 10.2.0.11:80 --wait=soon
    equal "--wait for no number" 2 "$status"
}

patch
wait_with_connections
wait_without_connections
finish
