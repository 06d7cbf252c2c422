#!/bin/bash
# where: guest
# packages: jq python3
# Every listing and the save as JSON: valid, with exactly the documented fields, and saying what the text says.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/own-network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/own-network.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

trap '"$ours" -C' EXIT

# One of everything that a table can hold.
fill() {
    restore_table <<'RULES'
-A -t 10.0.0.1:80 -s sh -p 360 -M 255.255.255.0 --pe sip -b sh-fallback,sh-port
-a -t 10.0.0.1:80 -r 10.9.0.2:80 -m -w 1 -x 100 -y 50
-a -t 10.0.0.1:80 -r 10.9.0.3:80 -g -w 0
-a -t 10.0.0.1:80 -r 10.9.0.4:80 -i --tun-type ipip
-a -t 10.0.0.1:80 -r 10.9.0.5:80 -i --tun-type gue --tun-port 6080 --tun-nocsum
-a -t 10.0.0.1:80 -r 10.9.0.6:80 -i --tun-type gue --tun-port 6080 --tun-csum
-a -t 10.0.0.1:80 -r 10.9.0.7:80 -i --tun-type gue --tun-port 6080 --tun-remcsum
-a -t 10.0.0.1:80 -r 10.9.0.8:80 -i --tun-type gre --tun-csum
-A -t [2001:db8::1]:443 -s wrr -p 60 -M 64
-a -t [2001:db8::1]:443 -r [2001:db8::2]:443 -g -w 2147483647
-a -t [2001:db8::1]:443 -r 10.9.0.9:443 -i
-A -u 10.0.0.1:53 -s rr -o
-A --sctp-service 10.0.0.1:2905 -s mh -b mh-port
-A -f 4294967295 -s lc -b flag-3
-A -f 7 -6 -s rr
RULES
}

# json ARGUMENT…: a listing, which must be one JSON document; `-e` fails on none.
json() {
    "$ours" "$@" --json | jq --exit-status --compact-output .
}

# fields NAME FILTER EXPECTED ARGUMENT…: the names of the fields there, in their order.
fields() {
    local name=$1 filter=$2 expected=$3
    shift 3
    equal "fields of $name ($*)" "$expected" "$("$ours" "$@" --json | jq --raw-output "$filter | keys_unsorted | join(\" \")" | sort -u)"
}

documented_fields() {
    local service="protocol address port fwmark family scheduler scheduler_flags persistent persistence_engine one_packet"
    local server="address port family forwarding weight upper_threshold lower_threshold tunnel"
    local counters="connections packets_in packets_out bytes_in bytes_out"
    fields "a table" . "version connection_table_size services" -L
    fields "a service" '.services[]' "$service stats rates servers" -L
    fields "a server" '.services[].servers[]' \
        "$server active_connections inactive_connections persistent_connections stats rates" -L
    fields "counters and rates" '.services[] | ., .servers[] | .stats, .rates' "$counters" -L
    fields "persistence" '.services[].persistent | select(.)' "timeout netmask" -L
    fields "a tunnel" '.services[].servers[].tunnel | select(.)' "type port checksum" -L
    fields "a save" . "version services" -S
    fields "a saved service" '.services[]' "$service servers" -S
    fields "a saved server" '.services[].servers[]' "$server" -S
    fields "timeouts" '., .timeouts' "$(printf 'tcp tcp_fin udp\ntimeouts')" -L --timeout
}

exact_values() {
    equal "a service with everything" \
        '{"protocol":"tcp","address":"10.0.0.1","port":80,"fwmark":null,"family":"ipv4","scheduler":"sh","scheduler_flags":["sh-fallback","sh-port"],"persistent":{"timeout":360,"netmask":"255.255.255.0"},"persistence_engine":"sip","one_packet":false}' \
        "$(json -S | jq -c '.services[0] | del(.servers)')"
    equal "its servers" \
        '{"address":"10.9.0.2","port":80,"family":"ipv4","forwarding":"masquerade","weight":1,"upper_threshold":100,"lower_threshold":50,"tunnel":null}
{"address":"10.9.0.3","port":80,"family":"ipv4","forwarding":"direct","weight":0,"upper_threshold":0,"lower_threshold":0,"tunnel":null}
{"type":"ipip","port":null,"checksum":"none"}
{"type":"gue","port":6080,"checksum":"none"}
{"type":"gue","port":6080,"checksum":"csum"}
{"type":"gue","port":6080,"checksum":"remcsum"}
{"type":"gre","port":null,"checksum":"csum"}' \
        "$(json -S | jq -c '.services[0].servers | .[:2][], .[2:][].tunnel')"
    equal "an IPv6 service: the mask is a number, a server is of another family" \
        '["2001:db8::1",443,"ipv6",{"timeout":60,"netmask":64},[["10.9.0.9","ipv4"],["2001:db8::2","ipv6"]],2147483647]' \
        "$(json -S | jq -c '.services[] | select(.persistent.timeout == 60) | [.address, .port, .family, .persistent, ([.servers[] | [.address, .family]] | sort), ([.servers[].weight] | max)]')"
    equal "one-packet scheduling" true "$(json -S | jq '.services[] | select(.protocol == "udp") | .one_packet')"
    equal "firewall marks are unsigned; a service by mark has no address" \
        '[null,null,null,7,"ipv6",[]]
[null,null,null,4294967295,"ipv4",["flag-3"]]' \
        "$(json -L | jq -c '.services[] | select(.fwmark) | [.protocol, .address, .port, .fwmark, .family, .scheduler_flags]')"
    equal "the version and the size of the table" "$("$ours" -L -n | head -n 1)" \
        "$(json -L | jq -r '"IP Virtual Server version \(.version) (size=\(.connection_table_size))"')"
    equal "an empty table" '{"services":[]}' "$("$ours" -C && json -S | jq -c 'del(.version)')"
    fill
}

whatever_format() {
    local expected option
    expected=$(json -L)
    for option in -n --stats --rate --thresholds --persistent-conn --tun-info --exact; do
        equal "the same document with $option" "$expected" "$(json -L "$option")"
    done
    equal "one service" "$(jq -c '.services[0]' <<<"$expected")" "$(json -L -t 10.0.0.1:80 | jq -c '.services[]')"
    run "$ours" -L -t 10.0.0.77:80 --json
    outcome "no such service" 1 "" "No such service"
}

other_listings() {
    "$ours" --set 901 122 303
    equal "timeouts" '{"timeouts":{"tcp":901,"tcp_fin":122,"udp":303}}' "$("$ours" -L --timeout --json)"
    "$ours" --set 900 120 300
    equal "no daemon" '{"daemons":[]}' "$("$ours" -L --daemon --json)"
    "$ours" -C # the kernel runs no daemon beside servers of another family than their service
    "$ours" --start-daemon master --mcast-interface lo --syncid 5 --mcast-group 224.0.0.90 --mcast-port 8850 --mcast-ttl 2
    "$ours" --start-daemon backup --mcast-interface lo --syncid 6
    equal "two daemons" \
        '["master","lo",5,"224.0.0.90",8850,2]
["backup","lo",6,"224.0.0.81",8848,1]' \
        "$(json -L --daemon | jq -c '.daemons[] | [.state, .interface, .syncid, .group, .port, .ttl]')"
    "$ours" --stop-daemon master
    "$ours" --stop-daemon backup
    equal "no connection" '{"connections":[]}' "$(json -Lc)"
}

exact_counters() {
    "$ours" -Ln --stats --exact | awk 'NR > 3 { print $(NF-4), $(NF-3), $(NF-2), $(NF-1), $NF }'
}

counters_are() {
    [[ $(exact_counters) == "$1" ]]
}

# Real packets: the numbers of JSON are those of the exact text.
counters() {
    ip link add void type dummy
    ip addr add 10.9.0.1/24 dev void
    ip addr add 10.0.0.1/32 dev void
    ip link set void up
    restore_table <<'RULES'
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.9.0.2:53 -m
-a -u 10.0.0.1:53 -r 10.9.0.3:53 -m
RULES
    python3 "$repository/scripts/bench.d/flood.py" 500 10.0.0.1 53
    # The kernel adds its counters up every two seconds.
    check "the packets are counted" eventually 10 counters_are "500 500 0 14000 0
250 250 0 7000 0
250 250 0 7000 0"
    equal "counters as in --stats --exact" "$(exact_counters)" \
        "$(json -L | jq -r '.services[] | .stats, .servers[].stats | [.[]] | join(" ")')"
    equal "connections in use as in -Ln" "$("$ours" -Ln | awk '/->/ && NR > 3 { print $(NF-1), $NF }')" \
        "$(json -L | jq -r '.services[].servers[] | "\(.active_connections) \(.inactive_connections)"')"
    equal "every connection, one a line" "$("$ours" -Lcn | awk 'NR > 2 { print $1, $3, $4, $5, $6 }' | sort)" \
        "$("$ours" -Lc --json | grep '^{"protocol"' | sed 's/,$//' | jq -r \
            '[(.protocol | ascii_upcase), .state] + [.source, .virtual, .destination | "\(.address):\(.port)"] | join(" ")' | sort)"
    equal "500 of them" 500 "$(json -Lc | jq '.connections | length')"
    fields "a connection" '.connections[]' \
        "protocol expires state source virtual fwmark destination template persistence" -Lc
}

fill
documented_fields
exact_values
whatever_format
other_listings
counters
finish
