#!/bin/bash
# where: guest
# packages: jq python3
# Listing live connections: templates, marks, IPv6 and SIP data as the C program lists them; whatever a client or another
# director put there, every connection is listed, whole, and nothing of it reaches the terminal as a control byte.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/own-network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/own-network.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

tools=$repository/Tests/Lab/tools
work=$(mktemp -d)
trap '"$ours" --stop-daemon backup 2>/dev/null || true; "$ours" -C; rm -rf "$work"' EXIT

services="-A -u 10.0.0.1:5060 -s rr -p 600 --pe sip
-a -u 10.0.0.1:5060 -r 10.9.0.2:5060 -m -w 1
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.9.0.2:53 -m -w 1
-a -u 10.0.0.1:53 -r 10.9.0.3:5353 -m -w 1
-A -u [fd00:5::1]:5060 -s rr -p 600 --pe sip
-a -u [fd00:5::1]:5060 -r [fd00:9::2]:5060 -m -w 1
-A -u [fd00:5::1]:53 -s rr -p 600
-a -u [fd00:5::1]:53 -r [fd00:9::2]:53 -m -w 1
-A -f 5 -s rr -p 600
-a -f 5 -r 10.9.0.7:0 -m -w 1
-A -f 8 -6 -s rr -p 600
-a -f 8 -6 -r [fd00:9::7]:0 -m -w 1"

# Virtual addresses here, servers behind a link that leads nowhere.
make_void() {
    modprobe ipv6 2>/dev/null || true # or it is part of the kernel
    ip link add void type dummy
    ip addr add 10.9.0.1/24 dev void
    ip addr add 10.0.0.1/32 dev void
    ip link set void up
    ip -6 addr add fd00:9::1/64 dev void nodad
    ip -6 addr add fd00:5::1/128 dev void nodad
}

# One datagram to a service by mark.
send_marked() {
    python3 - "$@" <<'PYTHON'
import socket, sys
mark, address = int(sys.argv[1]), sys.argv[2]
so_mark = 36
with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as client:
    client.setsockopt(socket.SOL_SOCKET, so_mark, mark)
    client.sendto(b"x", (address, 999))
PYTHON
}

make_connections() {
    python3 "$tools/sip.py" 10.0.0.1 5060 first@example.com second@example.com
    python3 "$tools/sip.py" fd00:5::1 5060 third@example.com
    python3 "$repository/scripts/bench.d/flood.py" 40 10.0.0.1 53
    python3 "$tools/sip.py" fd00:5::1 53 not-sip
    send_marked 5 10.0.0.1
    send_marked 8 fd00:5::1
}

# Without the time that is left, which differs between two runs.
without_time() {
    sed -E 's/^(.{4})[0-9]+:[0-9]{2}/\1--:--/'
}

as_the_c_program() {
    local arguments
    for arguments in -Lcn "-L -c -n --persistent-conn" -Lc; do
        # shellcheck disable=SC2086 # several words
        equal "ipvsadm $arguments is as the C program's" "$("$oracle" $arguments | without_time)" "$("$ours" $arguments | without_time)"
    done
    equal "every connection of the kernel is listed" "$(tail -n +2 /proc/net/ip_vs_conn | wc -l)" "$(rows -Lcn | wc -l)"
    local kind
    for kind in 'UDP .* NONE .* 10\.0\.0\.1:0 .*10\.0\.0\.1:5060' 'IP .* NONE .* 0\.0\.0\.5:0' 'IP .* NONE .* \[0:8::\]:0' \
        'UDP .* \[fd00:5::1\]:[1-9][0-9]* +\[fd00:5::1\]:53 ' 'sip +third@example.com$'; do
        check "there is a line like $kind" grep -qE -- "$kind" <("$ours" -Lcn --persistent-conn)
    done
}

rows() {
    "$ours" "$@" | tail -n +3
}

narrowed() {
    local all
    all=$(rows -Lcn | without_time)
    selected "a service" "$(awk '$5 == "10.0.0.1:53"' <<<"$all")" -u 10.0.0.1:53
    selected "an IPv6 service" "$(awk '$5 == "[fd00:5::1]:5060"' <<<"$all")" -u '[fd00:5::1]:5060'
    selected "a server's port" "$(awk '$6 == "10.9.0.3:5353"' <<<"$all")" -r 10.9.0.3:5353
    selected "a server, any port" "$(awk '$6 ~ /^10\.9\.0\.2:/' <<<"$all")" -r 10.9.0.2
    selected "an IPv6 server" "$(awk '$6 == "[fd00:9::2]:5060"' <<<"$all")" -r '[fd00:9::2]:5060'
    selected "a service and a server" "$(awk '$5 == "10.0.0.1:53" && $6 == "10.9.0.2:53"' <<<"$all")" -u 10.0.0.1:53 -r 10.9.0.2:53
    selected "a mark" "$(awk '$5 == "0.0.0.5:0"' <<<"$all")" -f 5
    selected "an IPv6 mark" "$(awk '$5 == "[0:8::]:0"' <<<"$all")" -f 8 -6
    equal "another protocol: none" "" "$(rows -Lcn -t 10.0.0.1:53)"
    equal "a service that there is not: none" "" "$(rows -Lcn -u 10.0.0.1:54)"
    equal "as JSON too" "$(awk '$5 == "10.0.0.1:53"' <<<"$all" | wc -l)" "$("$ours" -Lc --json -u 10.0.0.1:53 | jq '.connections | length')"
}

selected() {
    local name=$1 expected=$2
    shift 2
    check "narrowed to $name: there are some" test -n "$expected"
    equal "narrowed to $name" "$expected" "$(rows -Lcn "$@" | without_time)"
}

# What JSON says of each connection is what the text says.
json_as_text() {
    equal "JSON tells the same connections" "$("$ours" -L -c -n --persistent-conn | tail -n +3 | awk '{ print $1, $3, $4, $5, $6, $7, $8 }' | sort)" "$(
        "$ours" -Lc --json | jq -r '
            def endpoint: if .address | contains(":") then "[\(.address)]:\(.port)" else "\(.address):\(.port)" end;
            .connections[]
            | [(.protocol // "ip" | ascii_upcase), .state, (.source | endpoint),
                (if .fwmark == 8 then "[0:8::]:0" elif .fwmark then "0.0.0.\(.fwmark):0" else (.virtual | endpoint) end),
                (.destination | endpoint), .persistence.engine // "", .persistence.data // ""] | join(" ")' | sort
    )"
    equal "templates, and only they, have no port of a client" \
        "true" "$("$ours" -Lc --json | jq '[.connections[] | .template == (.source.port == 0)] | all')"
    equal "one connection a line" "$(rows -Lcn | wc -l)" "$("$ours" -Lc --json | grep -c '^{"protocol":.*}}*,\?$')"
}

# The kernel hands its list out in pieces, and finds the next piece by counting from the start: when a connection ends
# between two of them, another one is missing from that list. So a list without it is asked for again.
lists_call_id() {
    grep -qE " sip +$1\$" "$work/listing" && return
    echo "not in this list, but in the kernel's: $(grep -cE " $1 *\$" /proc/net/ip_vs_conn)"
    "$ours" -Lcn --persistent-conn >"$work/listing"
    return 1
}

# From an unauthenticated packet: Call-IDs of lengths that stopped, misled or crashed the C program (the kernel
# takes 255 bytes at most).
long_call_ids() {
    python3 "$tools/sip.py" 10.0.0.1 5060 a*91 b*92 c*100 d*160 e*200 f*254 g*255 >"$work/taken"
    python3 "$tools/sip.py" fd00:5::1 5060 h*91 i*92 j*100 k*160 l*200 m*254 n*255 >>"$work/taken"
    equal "the kernel takes Call-IDs of 255 bytes" "" "$(cat "$work/taken")"
    python3 "$tools/sip.py" 10.0.0.1 5060 o*256 p*400 >"$work/refused"
    equal "and refuses longer ones" 2 "$(grep -c refused "$work/refused")"
    python3 "$tools/sip.py" 10.0.0.1 5060 after-all-of-them
    local arguments status
    for arguments in -Lcn "-Lcn --persistent-conn" -Lc "-Lc --json"; do
        status=0
        # shellcheck disable=SC2086 # several words
        "$ours" $arguments >"$work/listing" || status=$?
        equal "long Call-IDs: ipvsadm $arguments ends well" 0 "$status"
        equal "long Call-IDs: ipvsadm $arguments lists every connection" \
            "$(tail -n +2 /proc/net/ip_vs_conn | wc -l)" "$(grep -cE '^(UDP|IP ) |^\{"protocol"' "$work/listing")"
    done
    "$ours" -Lcn --persistent-conn >"$work/listing"
    local letter length
    while read -r letter length; do
        check "the Call-ID of $length times $letter is listed whole" \
            eventually 10 lists_call_id "$(printf "%${length}s" '' | tr ' ' "$letter")"
    done <<<"a 91
b 92
c 100
d 160
e 200
f 254
g 255
h 91
i 92
j 100
k 160
l 200
m 254
n 255"
    check "what came after them is listed" grep -q 'after-all-of-them' "$work/listing"
    equal "no line begins with what a client chose" "" "$(tail -n +3 "$work/listing" | grep -vE '^(UDP|IP ) ' || true)"
    "$ours" -Lc --json | jq -r '.connections[].persistence.data // empty' | sort -u >"$work/data"
    equal "JSON holds them whole" "$(tail -n +2 /proc/net/ip_vs_conn | awk 'NF == 11 { print $11 }' | sort -u)" "$(cat "$work/data")"
}

# A sync message can carry any bytes: clear the screen, go home, ring, and bytes that are no UTF-8.
control_bytes() {
    ip route add 224.0.0.0/4 dev lo
    # The kernel runs no daemon for a table with servers of another family than their service; here are none.
    "$ours" --start-daemon backup --mcast-interface lo --syncid 7
    python3 "$tools/sync.py" 7 1b5b324a1b5b48637261667465640d7807ff9b3f7f
    check "the crafted template has come" eventually 10 grep -q crafted /proc/net/ip_vs_conn
    local arguments
    for arguments in "-Lcn --persistent-conn" "-Lc --persistent-conn" "-Lc --json" "-Lcn"; do
        # shellcheck disable=SC2086 # several words
        "$ours" $arguments >"$work/listing"
        equal "control bytes: ipvsadm $arguments lists every connection" \
            "$(tail -n +2 /proc/net/ip_vs_conn | wc -l)" "$(grep -caE '^(UDP|IP ) |^\{"protocol"' "$work/listing")"
        equal "control bytes: none is in ipvsadm $arguments" 0 "$(LC_ALL=C tr -d '\n\040-\176' <"$work/listing" | LC_ALL=C tr -d '\200-\377' | wc -c)"
    done
    "$ours" -Lcn --persistent-conn >"$work/listing"
    check "the text is all printable ASCII" test "$(LC_ALL=C tr -d '\n\040-\176' <"$work/listing" | wc -c)" -eq 0
    check "its harmless part is shown" grep -q 'sip .*crafted' "$work/listing"
    check "JSON stays valid, and tells of the bytes" grep -q $'^\e\\[2J\e\\[Hcrafted' \
        <("$ours" -Lc --json | jq -r '.connections[].persistence.data // empty')
    "$ours" --stop-daemon backup
}

make_void
restore_table <<<"$services"
make_connections
as_the_c_program
narrowed
json_as_text
long_call_ids
control_bytes
finish
