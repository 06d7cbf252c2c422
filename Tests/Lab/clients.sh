#!/bin/bash
# where: guest
# packages: perl python3
# What other programs read out of ipvsadm's listings, they read out of ours as out of the C program's: the same values by
# their own ways of parsing (written here anew), and the verbs of Debian's init script.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/own-network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/own-network.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

work=$(mktemp -d)
trap '"$ours" -C; rm -rf "$work"' EXIT

# A table with live connections and counters.
fill() {
    ip link add void type dummy
    ip addr add 10.9.0.1/24 dev void
    ip addr add 10.0.0.1/32 dev void
    ip link set void up
    restore_table <<'RULES'
-A -t 10.0.0.1:80 -s wlc -p 360 -M 255.255.255.0
-a -t 10.0.0.1:80 -r 10.9.0.2:80 -m -w 100 -x 1000 -y 500
-a -t 10.0.0.1:80 -r 10.9.0.3:80 -m -w 0
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.9.0.2:53 -m
-a -u 10.0.0.1:53 -r 10.9.0.3:53 -m
-A -t [2001:db8::1]:80 -s sh -b sh-port
-a -t [2001:db8::1]:80 -r [2001:db8::2]:80 -i
-A -f 5 -s rr -p 60
-a -f 5 -r 10.9.0.2:0 -g
RULES
    python3 "$repository/scripts/bench.d/flood.py" 60 10.0.0.1 53
    eventually 10 counted
    # Rates fall for a while after the packets; wait until both programs are sure to read the same.
    sysctl -qw net.ipv4.vs.run_estimation=0
}

counted() {
    [[ $("$ours" -Ln --stats -u 10.0.0.1:53 | awk '/->/ && NR > 2 { print $3 }' | xargs) == "30 30" ]]
}

# both NAME READER [EXPECTED]: the reader takes the program as its argument; it must find something, and the same.
both() {
    local theirs found
    theirs=$("$2" "$oracle")
    found=$("$2" "$ours")
    equal "$1" "$theirs" "$found"
    check "$1: there is something to find" test -n "$found"
    [[ -z ${3-} ]] || equal "$1: and it is right" "$3" "$found"
}

# Diamond, and many a cron job: three lines skipped, the rest split at blanks. (They take a mark's servers for those of
# the service above; so be it.)
exact_columns() {
    "$1" --list --stats --numeric --exact | awk 'NR > 3 {
        if ($1 == "TCP" || $1 == "UDP") service = $1 "-" $2
        else if ($1 == "->") print service, $2, $3, $4, $5, $6, $7
    }'
}

rate_columns() {
    "$1" -L --rate -n | awk 'NR > 3 && $1 == "->" { print $2, NF }'
}

threshold_columns() {
    "$1" -Ln --thresholds | awk '$1 == "->" && NR > 3 { print $2, $3, $4, $5, $6 }'
}

# munin and nagios: the sum of columns.
sums() {
    "$1" -L -n | awk '/->/ && NR > 3 { active += $5; inactive += $6 } END { print "active.value " active "\ninactive.value " inactive }'
}

connection_states() {
    "$1" -Lnc | grep -c '^UDP.*10\.0\.0\.1:53 '
}

# icinga2: one service, without the line of the version; the weight of each server.
one_service() {
    "$1" -L -n -t 10.0.0.1:80 |
        sed -nE -e 's/^(TCP|UDP) +([0-9.]+):([0-9]+) ([a-z]+).*/\1 \2 \3 \4/p' \
            -e 's/^ +-> ([0-9.]+):([0-9]+) +(Masq|Route|Tunnel|Local) +([0-9]+) +([0-9]+) +([0-9]+) *$/\1 \2 \3 \4 \5 \6/p'
}

# salt: substrings of the save, single blanks and the order of options included.
save_substrings() {
    local saved substring
    saved=$("$1" -S -n)
    for substring in " -t 10.0.0.1:80 -s wlc" " -t 10.0.0.1:80 -r 10.9.0.2:80 -m -w 100" " -u 10.0.0.1:53 -r 10.9.0.3:53 -m -w 1" \
        " -t 10.0.0.1:80 -s rr" " -f 5 -r 10.9.0.2:0 -g -w 1"; do
        grep -qF -- "$substring" <<<"$saved" && echo "has:$substring" || echo "lacks:$substring"
    done
}

# ldirectord: exactly three lines skipped, services with flags, IPv6 and marks, servers by method.
ldirectord_patterns() {
    "$1" -L -n 2>&1 | perl -ne '
        next if $. <= 3;
        if (/^(\w+)\s+(\d+\.\d+\.\d+\.\d+:\d+|\[[0-9A-Fa-f:]+\]:\d+|\d+)( IPv6)?\s+(\w+)(?:\s+\(([\w,-]+)\))?(?:\s+persistent\s+(\d+)(?:\s+mask\s+([\d.]+))?)?/) {
            print join("|", map { $_ // "-" } $1, $2, $4, $5, $6, $7), "\n"
        } elsif (/^  ->\s+(\S+)\s+(Masq|Route|Tunnel)\s+(\d+)/) {
            print "  $1 $2 $3\n"
        } else { die "not understood: $_" }'
}

# ldirectord asks for thresholds before it changes a server.
ldirectord_thresholds() {
    "$1" -L -n --thresholds 2>&1 | perl -ne 'print "$1 $2 $3 $4\n" if $. > 3 && /^  ->\s+(\S+)\s+(\d+)\s+(\d+)\s+(\d+)/'
}

# The verbs of Debian's init script, in a row; prints what they leave.
init_script() {
    local program=$1
    "$program" -S -n >"$work/rules"
    "$program" -C && echo cleared
    grep -v '^#' "$work/rules" | "$program" -R && echo restored
    "$program" -S -n
    "$program" -L -n >/dev/null && "$program" -L --rate -n >/dev/null && echo listed
    "$program" --start-daemon backup --mcast-interface lo --syncid 0 && echo started
    "$program" --stop-daemon backup && echo stopped
}

fill
both "columns of --stats --exact" exact_columns "TCP-10.0.0.1:80 10.9.0.2:80 0 0 0 0 0
TCP-10.0.0.1:80 10.9.0.3:80 0 0 0 0 0
UDP-10.0.0.1:53 10.9.0.2:53 30 30 0 840 0
UDP-10.0.0.1:53 10.9.0.3:53 30 30 0 840 0
TCP-[2001:db8::1]:80 [2001:db8::2]:80 0 0 0 0 0
TCP-[2001:db8::1]:80 10.9.0.2:0 0 0 0 0 0"
both "columns of --rate" rate_columns
both "columns of --thresholds" threshold_columns
both "sums of connections" sums "active.value 0
inactive.value 60"
both "lines of connections" connection_states 60
both "one service by a regular expression" one_service "TCP 10.0.0.1 80 wlc
10.9.0.2 80 Masq 100 0 0
10.9.0.3 80 Masq 0 0 0"
both "ldirectord's patterns" ldirectord_patterns
both "ldirectord's pattern of thresholds" ldirectord_thresholds
# The table of limits differs from here: our save holds them, the C program's does not.
"$ours" -e -t 10.0.0.1:80 -r 10.9.0.2:80 -m -w 100
both "substrings of the save" save_substrings
both "the init script's verbs" init_script
finish
