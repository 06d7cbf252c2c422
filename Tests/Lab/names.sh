#!/bin/bash
# where: guest
# packages: python3
# Names of hosts and ports as this machine resolves them; each looked up once and side by side, so that a name server
# that is slow or dead delays a whole listing by seconds.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

work=$(mktemp -d)
mounted=()
server=
trap 'end_server; "$ours" -C; for file in "${mounted[@]}"; do umount "$file"; done; rm -rf "$work"' EXIT

# put FILE: another content for that file of /etc, from standard input, while the suite runs.
put() {
    local file
    cat >"$work/${1##*/}"
    file=$(realpath -m "$1")
    [[ -e $file ]] || { mkdir -p "${file%/*}" && touch "$file"; }
    mount --bind "$work/${1##*/}" "$file"
    mounted+=("$file")
}

start_server() {
    end_server
    # What the last server wrote there would say that this one is ready before it is bound.
    rm -f "$work/ready"
    python3 "$repository/Tests/Lab/tools/dns.py" "$1" >"$work/ready" &
    server=$!
    eventually 30 grep -qs ready "$work/ready"
}

end_server() {
    [[ -n $server ]] || return 0
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
}

from_files() {
    restore_table <<'RULES'
-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.0.0.2:8080 -m
-a -t 10.0.0.1:80 -r 10.0.0.3:25 -m
-a -t 10.0.0.1:80 -r 10.0.0.4:80 -m
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.0.0.2:123 -m
-A -t [2001:db8::6]:443 -s rr
-a -t [2001:db8::6]:443 -r [2001:db8::7]:443 -m
-A --sctp-service 10.0.0.1:2905 -s rr
-A -f 3 -s rr
-a -f 3 -r 10.0.0.2:0 -g
RULES
    local arguments
    for arguments in -L "" "-L --stats" "-L --rate" "-L --thresholds" "-L --persistent-conn" "-L --tun-info" "-L -t web:http" "-L -f 3"; do
        # shellcheck disable=SC2086 # several words
        equal "names of hosts and ports in: ipvsadm $arguments" "$("$oracle" $arguments)" "$("$ours" $arguments)"
    done
    check "the first name of an address, of several" grep -q '^TCP  web:http rr' <("$ours" -L)
    equal "as getent says" "$(getent hosts 10.0.0.2 | awk '{ print $2 }'):$(getent services 8080/tcp | awk '{ print $1 }')" \
        "$("$ours" -L | awk '$1 == "->" && $2 ~ /^first/ { print $2; exit }')"
    run "$ours" -A -t mail:smtp
    outcome "names are taken, too" 0 "" ""
    equal "and resolved" "-A -t 10.0.0.3:25 -s wlc" "$(table | grep 0.0.3:25 | grep -e -A)"
    run "$ours" -A -t no-such-host.invalid:80
    outcome "a name that there is not" 2 "" "illegal virtual server address[:port] specified"
}

# Fifty addresses, of which no file knows.
fifty_servers() {
    restore_table < <(
        echo "-A -t 10.0.0.1:80 -s rr"
        for number in {1..50}; do
            echo "-a -t 10.0.0.1:80 -r 10.66.0.$number:80 -m"
        done
    )
}

# seconds LIMIT CMD…: the command's output, if it took less than that.
within() {
    local limit=$1 began=$SECONDS
    shift
    "$@" >"$work/listing"
    echo "took $((SECONDS - began)) s"
    ((SECONDS - began <= limit))
}

dead_server() {
    start_server swallow
    fifty_servers
    check "a dead name server and 50 addresses: listed within 15 seconds" within 15 "$ours" -L
    equal "with numbers for those without a name" "$("$ours" -Ln | sed 's/:80 /:http /; s/10\.0\.0\.1/web/' | awk '{ print $1, $2 }')" \
        "$(awk '{ print $1, $2 }' "$work/listing")"
    check "a save as well" within 15 "$ours" -S
    check "-n asks nobody" within 2 "$ours" -Ln
    check "nor does JSON" within 2 "$ours" -L --json
}

slow_server() {
    start_server answer
    fifty_servers
    check "a name server that takes a second for each of 50 addresses: listed within 10 seconds" within 10 "$ours" -L
    equal "with every name" 50 "$(grep -cE -- '-> server-10-66-0-[0-9]+\.example:h' "$work/listing")"
    local theirs
    "$ours" -D -t 10.0.0.1:80
    restore_table < <(echo "-A -t 10.0.0.1:80 -s rr" && echo "-a -t 10.0.0.1:80 -r 10.66.0.7:80 -m")
    theirs=$("$oracle" -L)
    equal "as the C program shows them" "$theirs" "$("$ours" -L)"
}

put /etc/hosts <<'HOSTS'
127.0.0.1 localhost
10.0.0.1 web www
10.0.0.2 first
10.0.0.3 mail.example.com mail
10.0.0.4 a-name-much-longer-than-the-column-for-it.example.com
2001:db8::6 six
2001:db8::7 seven.example.com
HOSTS
put /etc/resolv.conf <<'RESOLVER'
nameserver 127.0.0.1
RESOLVER
put /etc/nsswitch.conf <<'SWITCH'
hosts: files dns
services: files
SWITCH
start_server swallow
from_files
dead_server
slow_server
finish
