#!/bin/bash
# where: guest
# packages: python3
# A declarative restore makes the table equal to its input by the fewest changes: what is right is not touched, no
# service is ever without a server, a failure rolls back, and the plan that is shown is the one that is carried out.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/own-network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/own-network.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"
# shellcheck source=Tests/Lab/tools/network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/network.sh"

work=$(mktemp -d)
trap '"$ours" -C; remove_network; rm -rf "$work"' EXIT

replace() {
    "$ours" -R --replace
}

plan() {
    "$ours" -R --replace --dry-run
}

# The C program carries out a plan as it is printed.
# shellcheck disable=SC2317 # the plan calls it
carry_out_by_c() {
    ipvsadm() { "$oracle" "$@"; }
    # shellcheck disable=SC1090 # the plan
    . "$1"
}

before="-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.9.0.2:80 -m -w 1
-a -t 10.0.0.1:80 -r 10.9.0.3:80 -m -w 1 -x 20 -y 10
-A -t 10.0.0.1:443 -s wlc -p 360
-a -t 10.0.0.1:443 -r 10.9.0.2:443 -g -w 1
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.9.0.2:53 -m -w 1
-a -u 10.0.0.1:53 -r 10.9.0.3:53 -m -w 1
-A -f 9 -s rr"

minimal_plans() {
    restore_table <<<"$before"
    planned "an equal table needs nothing" "" "$before"
    planned "order of lines and comments do not matter" "" "$({ echo "# the same"; grep -e -A <<<"$before" | tac; grep -e -a <<<"$before" | tac; })"
    planned "names of ports and default values do not matter" "" \
        "$(sed -e 's/10.0.0.1:80 /10.0.0.1:http /; s/ -w 1//; s/ -s wlc//' <<<"$before")"
    planned "one weight" "ipvsadm -e -t 10.0.0.1:80 -r 10.9.0.2:80 -m -w 5" \
        "$(sed '2s/-w 1/-w 5/' <<<"$before")"
    planned "limits taken away" "ipvsadm -e -t 10.0.0.1:80 -r 10.9.0.3:80 -m -w 1" \
        "${before/ -x 20 -y 10/}"
    planned "one scheduler" "ipvsadm -E -u 10.0.0.1:53 -s wrr" "${before/53 -s rr/53 -s wrr}"
    planned "one server more" "ipvsadm -a -t 10.0.0.1:443 -r 10.9.0.7:443 -g -w 3" \
        "$(sed '5a -a -t 10.0.0.1:443 -r 10.9.0.7:443 -g -w 3' <<<"$before")"
    planned "one server less" "ipvsadm -d -t 10.0.0.1:80 -r 10.9.0.3:80" "$(sed 3d <<<"$before")"
    planned "one service less takes no removal of its servers" "ipvsadm -D -t 10.0.0.1:443" "$(sed 4,5d <<<"$before")"
    planned "a server for another: the new one comes first" "ipvsadm -a -u 10.0.0.1:53 -r 10.9.0.4:53 -m -w 1
ipvsadm -d -u 10.0.0.1:53 -r 10.9.0.3:53" "${before/9.0.3:53/9.0.4:53}"
}

# planned NAME PLAN INPUT: that plan is shown, nothing is changed by showing it, and it is what is done: by us and by C.
planned() {
    local name=$1 plan=$2 input=$3 wanted
    restore_table <<<"$input"
    wanted=$(table)
    restore_table <<<"$before"
    run plan <<<"$input"
    outcome "$name: the plan" 0 "$plan" ""
    equal "$name: a dry run changes nothing" "$before" "$(table)"
    echo "$out" >"$work/plan"
    check "$name: the C program can carry it out" carry_out_by_c "$work/plan"
    equal "$name: and so comes to the table" "$wanted" "$(table)"
    restore_table <<<"$before"
    run replace <<<"$input"
    outcome "$name: carried out without a word" 0 "" ""
    equal "$name: the table" "$wanted" "$(table)"
}

# Connections and counters of what stays, stay.
nothing_touched() {
    ip link add void type dummy
    ip addr add 10.9.0.1/24 dev void
    ip addr add 10.0.0.1/32 dev void
    ip link set void up
    restore_table <<<"$before"
    python3 "$repository/scripts/bench.d/flood.py" 100 10.0.0.1 53
    check "connections are counted" eventually 10 counters_of 10.9.0.2 50
    replace < <(sed 's/-r 10.9.0.3:53 -m -w 1/-r 10.9.0.3:53 -m -w 9/; /-f 9/d' <<<"$before")
    check "an untouched server keeps its counters" counters_of 10.9.0.2 50
    check "an edited server keeps its counters" counters_of 10.9.0.3 50
    equal "connections are kept" 100 "$("$ours" -Lcn | grep -c '^UDP')"
    "$ours" -C
    replace <<<"$before"
    check "a table made anew has none (so the checks above can fail)" counters_of 10.9.0.2 0
    ip link delete void
}

# counters_of SERVER CONNECTIONS, of the UDP service
counters_of() {
    "$ours" -Ln -u 10.0.0.1:53 --stats | awk -v server="$1:53" -v count="$2" '$2 == server { found = $3 == count } END { exit !found }'
}

# What the kernel refuses half-way: all that was done is undone.
roll_back() {
    rolled_back "a scheduler that there is not" "$before
-A -t 10.0.0.5:80 -s nosuch" "line 10: Scheduler or persistence engine not found"
    rolled_back "limits upside down, after other changes" "-A -t 10.0.0.1:80 -s wrr
-a -t 10.0.0.1:80 -r 10.9.0.2:80 -g -w 7
-a -t 10.0.0.1:80 -r 10.9.0.9:80 -m -w 7
-A -t 10.0.0.77:80 -s rr
-a -t 10.0.0.77:80 -r 10.9.0.2:80 -m -w 1
-a -t 10.0.0.77:80 -r 10.9.0.3:80 -m -w 1 -x 1 -y 2" "line 6: Numerical result out of range"
    rolled_back "a server that is no host" "-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 224.0.0.1:80 -m" \
        "line 2: Invalid operation.  Possibly wrong module version, address not unicast, ..."
    local many
    many=$(awk 'BEGIN {
        print "-A -t 10.0.0.3:80 -s rr"
        for (r = 1; r <= 250; r++) printf "-a -t 10.0.0.3:80 -r 10.8.0.%d:80 -m -w 1\n", r
        print "-a -t 10.0.0.3:80 -r 10.8.1.1:80 -m -w 1 -x 1 -y 2"
        for (r = 2; r <= 250; r++) printf "-a -t 10.0.0.3:80 -r 10.8.1.%d:80 -m -w 1\n", r
    }')
    rolled_back "in the middle of 500 rules" "$many" "line 252: Numerical result out of range"
}

rolled_back() {
    restore_table <<<"$before"
    run replace <<<"$2"
    equal "$1: status" 255 "$status"
    check "$1: names the line (said: ${err%%$'\n'*})" grep -qF "$3" <<<"$err"
    equal "$1: the table is as it was" "$before" "$(table)"
}

checking() {
    restore_table <<<"$before"
    run "$ours" -R --check <<<"-A -t 10.0.0.5:80"
    outcome "--check of good rules" 0 "" ""
    run "$ours" -R --replace --check <<<"-A -t 10.0.0.5:80"
    outcome "--replace --check of good rules" 0 "" ""
    run "$ours_restore" --replace --check <<<"-A -t 10.0.0.5:80"
    outcome "ipvsadm-restore --replace --check of good rules" 0 "" ""
    run "$ours" -R --check <<<"-A -t 10.0.0.5:80 -w 1"
    equal "--check of bad rules" "2 line 1: Illegal 'weight' option with the 'add-service' command" "$status $(head -n 1 <<<"$err")"
    run replace <<<"-A -t 10.0.0.5:80
-A -t 10.0.0.5:80"
    equal "--replace of a rule that comes twice" "2 line 2" "$status $(head -n 1 <<<"$err" | cut -d : -f 1)"
    run replace <<<"-a -t 10.0.0.5:80 -r 10.0.0.6:80"
    equal "--replace of a server without its service" "2 line 1" "$status $(head -n 1 <<<"$err" | cut -d : -f 1)"
    run replace <<<"-C"
    equal "--replace of a command that is no rule" "2 line 1" "$status $(head -n 1 <<<"$err" | cut -d : -f 1)"
    equal "none of these touched anything" "$before" "$(table)"
    run "$ours" -R --dry-run <<<"$before"
    equal "--dry-run without --replace" 2 "$status"
    run "$ours" -Ln --replace
    equal "--replace with another command" 2 "$status"
    run "$ours_restore" --replace <<<"-A -t 10.0.0.5:80 -s rr"
    outcome "ipvsadm-restore --replace" 0 "" ""
    equal "and its table" "-A -t 10.0.0.5:80 -s rr" "$(table)"
}

# From one random table to another, both of a seed: as if made anew, and then nothing is left to do.
random_tables() {
    local seed wanted
    for ((seed = 1; seed <= 30; seed++)); do
        random_table "$seed" >"$work/from"
        random_table "$((seed + 1000))" >"$work/to"
        "$oracle" -C
        "$oracle" -R <"$work/to"
        wanted=$(table)
        "$oracle" -C
        "$oracle" -R <"$work/from"
        plan <"$work/to" >"$work/plan"
        replace <"$work/to" || true
        equal "random tables $seed: the table" "$wanted" "$(table)"
        equal "random tables $seed: nothing is left to do" "" "$(plan <"$work/to")"
        "$oracle" -C
        "$oracle" -R <"$work/from"
        carry_out_by_c "$work/plan" || true
        equal "random tables $seed: the plan carried out by the C program" "$wanted" "$(table)"
    done
}

random_table() {
    awk -v seed="$1" '
        function one_of(list,   words, count) { count = split(list, words, "|"); return words[int(rand() * count) + 1] }
        BEGIN {
            srand(seed)
            for (s = 1; s <= 6; s++) {
                if (rand() < 0.3) continue
                service = s < 4 ? "-t 10.0.0." s ":80" : s == 4 ? "-u 10.0.0.1:53" : s == 5 ? "-t [2001:db8::1]:80" : "-f 9"
                print "-A " service " -s " one_of("rr|wrr|wlc|sh|sh -b sh-port|mh -b mh-fallback") one_of("|| -p 60|" (s == 5 ? " -p 60 -M 64" : " -p 90 -M 255.255.255.0"))
                for (r = 1; r <= 5; r++) {
                    if (rand() < 0.4) continue
                    server = s == 5 ? "[2001:db8:1::" r "]:80" : "10.9.0." r (s == 6 ? "" : s == 4 ? ":53" : ":80")
                    print "-a " service " -r " server " " one_of("-g|-m|-i|-i --tun-type gue --tun-port 6080 --tun-csum|-i --tun-type gre") " -w " int(rand() * 4) one_of("||| -x 10 -y 5| -x 7")
                }
            }
        }'
}

# A client asks without pause while the only server is replaced by the other and back, thirty times. Each packet is
# scheduled for itself (-o): a client port that comes again would else belong to a connection with a server that is gone.
never_without_server() {
    make_network
    start_servers 80
    local number answers
    on director "$ours" -A -u "$vip4:80" -s rr -o
    on director "$ours" -a -u "$vip4:80" -r 10.2.0.11:80 -g
    start_on client python3 "$ask_tool" --times 1000000 udp "$vip4" 80 >"$work/answers"
    local asking=$!
    eventually 30 test -s "$work/answers"
    for number in {1..15}; do
        only_server 10.2.0.12
        only_server 10.2.0.11
    done
    answers=$(wc -l <"$work/answers")
    kill "$asking"
    wait "$asking" 2>/dev/null || true
    check "requests were answered meanwhile ($answers of them)" test "$answers" -gt 30
    equal "every single one" 0 "$(grep -c -e '^-$' "$work/answers")"
    equal "by both servers" "server1 server2" "$(sort -u "$work/answers" | grep server | xargs)"
}

only_server() {
    on director "$ours" -R --replace <<<"-A -u $vip4:80 -s rr -o
-a -u $vip4:80 -r $1:80 -g"
}

minimal_plans
nothing_touched
roll_back
checking
random_tables
never_without_server
finish
