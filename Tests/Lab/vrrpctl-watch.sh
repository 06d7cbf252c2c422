#!/bin/bash
# where: host
# packages: iproute2 jq python3
# `vrrpctl watch`, on a terminal and elsewhere: the picture, its keys and sizes, a takeover between two directors, one
# that goes away and comes back, and a terminal that is given back at every end. What a director would not easily say is
# said by a made-up one.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=$(mktemp -d)
tools=$repository/Tests/Lab/tools
declare -A node=([one]=vrrpctl-watch-one [two]=vrrpctl-watch-two)
export TERM=xterm-256color
unset NO_COLOR LC_CTYPE LANG

clean_up() {
    local pid name
    for pid in $(pgrep --full -- "--socket $work/" || true) ${made_up-} ${watching-}; do
        kill -9 "$pid" 2>/dev/null || true
    done
    for name in "${node[@]}"; do ip netns del "$name" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean_up EXIT

# terminal ROWS COLUMNS STEP… -- CMD ARG…: a program on a terminal; what it wrote is in $work/transcript.
terminal() {
    local rows=$1 columns=$2
    shift 2
    python3 "$tools/terminal.py" "$rows" "$columns" "$work/transcript" within:20 "$@" 2>&1
}

ends_well="status 0
terminal as before"
gives_back=$'\e[?25h\e[?1049l'

# MARK: A made-up director

mkdir "$work/made-up"
now=2026-11-21T22:14:33.000Z

# says STATE: VI_1 is in that state; one real server is up and the other down, or as $second says.
says() {
    local state=$1
    cat >"$work/made-up/status.new" <<TEXT
{"version":1,"ok":true,"more":true,"node":{"programVersion":"9.9","pid":12,"routerID":"lb-\u001b[2J1","file":"/etc/k.conf","startedAt":"2026-11-20T22:14:33.000Z","now":"$now"},"instances":[],"groups":[]}
{"instance":{"name":"VI_1","state":"$state","since":"$now","interface":"eth7","virtualRouterID":51,"family":"ipv4","version":3,"configuredPriority":150,"effectivePriority":150,"trackers":[],"intervalMilliseconds":1000,"activeDownMilliseconds":3414,"preempts":true,"activeRouter":{"address":"10.0.0.9","priority":200,"isThis":false},"addresses":["10.0.0.10/24"],"held":[],"faults":[],"steering":[],"counters":{"sent":1,"received":2,"resignationsSent":0,"resignationsReceived":0,"becameActive":0,"leftActive":0,"unanswered":0,"notEncoded":0,"rejected":{"wrong password":7}}}}
{"end":true}
TEXT
    cat >"$work/made-up/servers.new" <<TEXT
{"version":1,"ok":true,"more":true,"now":"$now","services":[]}
{"service":{"name":"[10.0.0.20]:tcp:80","transport":"tcp","scheduler":"wlc","method":"dr","hasQuorum":true,"quorum":1,"weight":1,"isSuspended":false,"isSorry":false,"servers":[]}}
{"server":{"name":"[192.168.0.2]:tcp:80","isUp":true,"weight":1,"configuredWeight":1,"since":"$now","checks":[],"traffic":{"activeConnections":17,"inactiveConnections":4,"connections":1,"incomingPackets":1,"outgoingPackets":1,"incomingBytes":1,"outgoingBytes":1,"connectionRate":321,"incomingPacketRate":1,"outgoingPacketRate":1,"incomingByteRate":1,"outgoingByteRate":1}}}
{"server":{"name":"[192.168.0.3]:tcp:80","isUp":${second-false},"weight":0,"configuredWeight":1,"since":"$now","checks":[]}}
{"end":true}
TEXT
    cat >"$work/made-up/events.new" <<TEXT
{"version":1,"ok":true,"more":true}
{"sequence":1,"time":"$now","kind":"reload","subject":"","text":"taken up anew","fields":{}}
{"end":true}
TEXT
    for name in status servers events; do mv "$work/made-up/$name.new" "$work/made-up/$name"; done
}

begin_made_up() {
    python3 "$tools/director.py" "$work/made-up.sock" "$work/made-up" >>"$work/asked" 2>"$work/made-up.log" &
    made_up=$!
    disown
    check "a made-up director" eventually 20 test -S "$work/made-up.sock"
}

end_made_up() {
    kill "$made_up"
    rm -f "$work/made-up.sock"
}

watched=("$vrrpctl" watch --socket "$work/made-up.sock" --interval 0.2)
says backup
begin_made_up

equal "what is there, until q" "$ends_well" "$(terminal 24 80 screen:VI_1 'screen:[192.168.0.2]:tcp:80' \
    'screen:taken up anew' "shot:$work/shot" type:q -- "${watched[@]}")"
check "the instance: state, interface, VRID, priority, who is active" \
    grep -qE '○ VI_1 +backup +0s eth7 +51 +150 10\.0\.0\.9' "$work/shot"
check "the virtual server" grep -qE '▾ \[10\.0\.0\.20\]:tcp:80 +1/2 up' "$work/shot"
check "a real server with its rates" grep -qE '● \[192\.168\.0\.2\]:tcp:80 +up +1 +17 +321 .*█' "$work/shot"
check "one that is down" grep -qE '✗ \[192\.168\.0\.3\]:tcp:80 +down +0/1' "$work/shot"
check "the node, without what a terminal would obey" grep -qF 'lb-\u{1b}[2J1' "$work/shot"
check "for how long it runs" grep -qF 'up 1d00h' "$work/shot"
check "in colour" grep -qE $'\e\\[[0-9;]*3[0-9]m' "$work/transcript"
check "on the other screen" grep -qa $'^\e\\[?1049h' "$work/transcript"
equal "which it leaves, with the cursor" "$gives_back" "$(tail -c 14 "$work/transcript")"

equal "NO_COLOR" "$ends_well" "$(NO_COLOR=1 terminal 24 80 screen:VI_1 type:q -- "${watched[@]}")"
refuses "has no colour" grep -qE $'\e\\[([0-9]*;)*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]' "$work/transcript"
equal "a locale without UTF-8" "$ends_well" \
    "$(LC_ALL=C terminal 24 80 screen:VI_1 'screen:192.168.0.3' type:q -- "${watched[@]}")"
refuses "has nothing but ASCII" grep -qP '[^\x00-\x7f]' "$work/transcript"

equal "a filter" "$ends_well" "$(terminal 24 80 'screen:192.168.0.2' type:/ type:0.3 'gone:192.168.0.2' \
    'screen:192.168.0.3' 'gone:VI_1' $'type:\r' 'screen:filter: 0.3 (Esc)' $'type:\e' 'screen:192.168.0.2' \
    type:q -- "${watched[@]}")"
equal "folding, details, the list of keys, sorting" "$ends_well" "$(terminal 24 80 'screen:192.168.0.2' $'type:\t' \
    'type: ' 'gone:192.168.0.2' $'type:\e[C' 'screen:192.168.0.2' $'type:\e[Z' $'type:\r' 'screen:7 wrong password' \
    $'type:\e' 'gone:7 wrong password' type:? 'screen:Ctrl-C' $'type:\e' 'gone:Ctrl-C' type:s 'screen:by trouble' \
    type:p screen:paused type:p 'gone:paused' type:+ 'screen:every 0.5 s' type:q -- "${watched[@]}")"
equal "a key that comes in pieces" "$ends_well" "$(terminal 24 80 'screen:192.168.0.2' $'type:\t' $'type:\e' 'type:[' \
    type:D 'gone:192.168.0.2' type:q -- "${watched[@]}")"
equal "another size, smaller and larger" "$ends_well" "$(terminal 24 80 screen:Events resize:10x40 gone:Events \
    screen:VI_1 "shot:$work/small" resize:40x120 'screen:Last bytes/s' 'screen:taken up anew' "shot:$work/large" \
    resize:1x1 resize:2x3 resize:24x80 screen:Events type:q -- "${watched[@]}")"
check "no line of it is wider" test "$(wc -L <"$work/small")" -le 40
check "all of the large one" test "$(sed -n '40p' "$work/large" | grep -c 'q quit')" -eq 1

equal "Ctrl-C ends it" "$ends_well" "$(terminal 24 80 screen:VI_1 $'type:\x03' -- "${watched[@]}")"
equal "so does SIGTERM" "$ends_well" "$(terminal 24 80 screen:VI_1 signal:SIGTERM -- "${watched[@]}")"
equal "with cursor and screen back" "$gives_back" "$(tail -c 14 "$work/transcript")"
equal "and SIGHUP" "$ends_well" "$(terminal 24 80 screen:VI_1 signal:SIGHUP -- "${watched[@]}")"
equal "a crash gives the terminal back" $'status -11\nterminal as before' \
    "$(SWIFT_BACKTRACE=enable=no terminal 24 80 screen:VI_1 signal:SIGSEGV -- "${watched[@]}")"
check "with cursor and screen" grep -qaF "$gives_back" "$work/transcript"
equal "stopped and continued, it is drawn anew" "$ends_well" "$(terminal 24 80 screen:VI_1 signal:SIGSTOP stopped: \
    signal:SIGCONT within:20 screen:VI_1 see:VI_1 see:VI_1 type:q -- "${watched[@]}")"
# A shell with jobs: Ctrl-Z, a look at the terminal, fg.
cat >"$work/jobs.bash" <<'TEXT'
set -m
"$@"
if stty -a | grep -qw -- -echo; then echo no echo; else echo the terminal echoes; fi
read -r
fg >/dev/null
TEXT
equal "Ctrl-Z gives the terminal to the shell, fg takes it again" "$ends_well" "$(terminal 24 80 screen:VI_1 \
    $'type:\x1a' 'screen:the terminal echoes' gone:VI_1 $'type:\n' screen:VI_1 type:q -- \
    /bin/bash "$work/jobs.bash" "${watched[@]}")"

equal "what changes" "$ends_well" "$(terminal 24 80 'screen:backup' \
    "run:sed -i s/backup/active/ $work/made-up/status" 'screen:active' type:q -- "${watched[@]}")"
says backup
# Ten rounds of asking change a number in the head and nothing else.
equal "what does not change is not sent again" "$ends_well" "$(terminal 24 80 screen:VI_1 'screen:192.168.0.3' \
    "run:until [ \$(grep -c events $work/asked) -ge $(($(grep -c events "$work/asked") + 12)) ]; do sleep 0.1; done" \
    type:q -- "${watched[@]}")"
check "bytes of ten rounds: $(stat -c %s "$work/transcript")" test "$(stat -c %s "$work/transcript")" -lt 8192

equal "a director that goes is said to be gone, and goes on being shown" "$ends_well" "$(terminal 24 80 screen:VI_1 \
    "run:kill $made_up; rm $work/made-up.sock" 'screen:DIRECTOR GONE since' screen:VI_1 "shot:$work/shot" \
    "run:python3 $tools/director.py $work/made-up.sock $work/made-up >>$work/asked 2>&1 & echo \$! >$work/pid" \
    'gone:DIRECTOR GONE' screen:VI_1 type:q -- "${watched[@]}")"
check "and why" grep -q 'no daemon runs with the socket' "$work/shot"
made_up=$(cat "$work/pid")
equal "one that is silent, too, and keys go on" "$ends_well" "$(terminal 24 80 screen:VI_1 "run:touch $work/made-up/silent" \
    type:? screen:Ctrl-C $'type:\e' gone:Ctrl-C 'screen:does not answer' "run:rm $work/made-up/silent" \
    'gone:DIRECTOR GONE' type:q -- "${watched[@]}")"

# MARK: Lines

equal "elsewhere a line for each thing" "$(cat <<TEXT
$now node lb-\u{1b}[2J1: vrrpctl 9.9, /etc/k.conf, process 12
$now instance VI_1: backup: priority 150, interface eth7, vrid 51, 10.0.0.10/24
$now service [10.0.0.20]:tcp:80: quorum: wlc, dr, weight 1
$now server [192.168.0.2]:tcp:80 of [10.0.0.20]:tcp:80: up: weight 1
$now server [192.168.0.3]:tcp:80 of [10.0.0.20]:tcp:80: down: weight 0
TEXT
)" "$("${watched[@]}" --count 2)"
check "as JSON, line by line" jq -es 'length == 5 and all(.time and .kind and .change == "listed")
    and .[1].name == "VI_1" and .[1].to == "backup"' <("${watched[@]}" --json --count 1)
equal "on a terminal, too, if asked" "$ends_well" "$(terminal 24 80 'see:instance VI_1: backup' -- "${watched[@]}" --lines --count 1)"
equal "a terminal that knows nothing gets lines" "$ends_well" \
    "$(TERM=dumb terminal 24 80 'see:instance VI_1: backup' -- "${watched[@]}" --count 1)"
refuses "and no escape sequence" grep -q $'\e' "$work/transcript"

"${watched[@]}" >"$work/lines" 2>&1 &
watching=$!
disown
check "the listing" eventually 20 grep -q '0.3]:tcp:80 of .*: down' "$work/lines"
second=true says active
check "then each change" eventually 20 grep -q 'VI_1: state backup -> active' "$work/lines"
check "of servers, too" eventually 20 grep -q '0.3]:tcp:80 of \[10.0.0.20\]:tcp:80: state down -> up' "$work/lines"
equal "and nothing else" 7 "$(wc -l <"$work/lines")"
end_made_up
check "a director that goes is a line" eventually 20 grep -q 'gone: no daemon runs with the socket' "$work/lines"
begin_made_up
check "that it is there again is another" eventually 20 grep -q '1: back$' "$work/lines"
kill "$watching"
started=$SECONDS
check "it ends after a while" "${watched[@]}" --duration 1s
check "and not much later" test $((SECONDS - started)) -le 4
end_made_up

# MARK: Nobody, no rights, nonsense

status_is "no director" 69 "${watched[@]}"
check "in words" grep -q 'no daemon runs with the socket' <("${watched[@]}" 2>&1)
equal "on a terminal as well, which is left alone" $'status 69\nterminal as before' \
    "$(terminal 24 80 'see:no daemon runs' -- "${watched[@]}")"
refuses "without an escape sequence" grep -q $'\e' "$work/transcript"
for wrong in "--interval 0" "--interval often" "--interval 4000" "--count 0" "--duration soon" "VI_1"; do
    # shellcheck disable=SC2086 # words
    status_is "$wrong is refused" 2 "$vrrpctl" watch --socket "$work/none" $wrong
done

# MARK: Two directors

for name in one two; do ip netns add "${node[$name]}"; done
ip link add name eth0 netns "${node[one]}" type veth peer name eth0 netns "${node[two]}"
last=1
for name in one two; do
    ip -n "${node[$name]}" link set lo up
    ip -n "${node[$name]}" address add 10.95.0.$last/24 dev eth0
    ip -n "${node[$name]}" link set eth0 up
    cat >"$work/$name.conf" <<TEXT
global_defs {
    router_id node-$name
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    version 3
    priority $((150 - 50 * (last - 1)))
    advert_int 0.1
    virtual_ipaddress {
        10.95.0.10/24
    }
}
TEXT
    last=$((last + 1))
done

begin() {
    ip netns exec "${node[$1]}" "$vrrpctl" run -f "$work/$1.conf" --socket "$work/$1.sock" >>"$work/$1.log" 2>&1 </dev/null &
    disown
}
has() { [[ -n $(ip -n "${node[$1]}" -o address show to 10.95.0.10/32) ]]; }
begin one
check "one is active" eventually 20 has one
begin two
check "two runs" eventually 20 test -S "$work/two.sock"

chmod 711 "$work"
status_is "nobody may not ask" 77 setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$vrrpctl" watch --socket "$work/two.sock" --lines --count 1

# Scripts, so that what they look for is in no command line but the director's.
for name in one two; do
    cat >"$work/kill-$name" <<TEXT
for pid in \$(pgrep --full -- "run -f $work/$name.conf"); do kill -9 \$pid; done
TEXT
done
cat >"$work/begin-two" <<TEXT
ip netns exec ${node[two]} "$vrrpctl" run -f $work/two.conf --socket $work/two.sock >>$work/two.log 2>&1 </dev/null &
TEXT
equal "the backup's screen shows the takeover within 2 s" "$ends_well" "$(terminal 24 80 'screen:node-two' \
    'screen:○ VI_1' screen:backup screen:10.95.0.1 "shot:$work/before" "run:bash $work/kill-one" within:2 \
    'screen:● VI_1' screen:active 'screen:this one' "shot:$work/after" within:20 'screen:transition' \
    "shot:$work/after" type:q -- "$vrrpctl" watch --socket "$work/two.sock" --interval 0.5)"
check "and has it" has two

equal "a director that is killed and started again" "$ends_well" "$(terminal 24 80 screen:node-two \
    "run:bash $work/kill-two" 'screen:DIRECTOR GONE' screen:node-two "run:bash $work/begin-two" \
    'gone:DIRECTOR GONE' screen:active type:q -- "$vrrpctl" watch --socket "$work/two.sock")"
kill "$(cat "$work/two.lock")"
ended() { ! pgrep --full -- "--socket $work/two.sock" >/dev/null; }
check "the end" eventually 20 ended
finish
