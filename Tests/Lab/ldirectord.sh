#!/bin/bash
# where: guest
# packages: perl python3
# peers: ldirectord
# Debian's ldirectord drives our ipvsadm, whose listings it parses before each change: a server that fails leaves (or is
# put to weight 0), one that recovers returns, and nothing else is touched.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/network.sh"

peer=$repository/.build/peers/ldirectord
work=$(mktemp -d)
trap 'stop_ldirectord; remove_network; restore_sbin; rm -rf "$work"' EXIT

# ldirectord calls /sbin/ipvsadm, whatever the path.
place_ours_in_sbin() {
    [[ $(realpath "$ours") != "$(realpath -m /sbin/ipvsadm)" ]] || return 0
    [[ -e /sbin/ipvsadm ]] || cp "$ours" /sbin/ipvsadm
    mount --bind "$(realpath "$ours")" "$(realpath /sbin/ipvsadm)"
    placed=yes
}

restore_sbin() {
    [[ -z ${placed-} ]] || umount "$(realpath /sbin/ipvsadm)"
}

configure() {
    cat >"$work/ldirectord.cf" <<CONFIGURATION
checktimeout = 3
negotiatetimeout = 3
checkinterval = 1
autoreload = no
logfile = "$work/log"
quiescent = no

virtual = $vip4:80
    real = 10.2.0.11:80 gate 2
    real = 10.2.0.12:80 gate 3
    fallback = 127.0.0.1:80
    service = http
    request = "/"
    receive = "server"
    scheduler = wrr
    protocol = tcp
    checktype = negotiate

virtual = $vip4:443
    quiescent = yes
    real = 10.2.0.11:80 masq 5
    real = 10.2.0.12:80 masq 7
    service = none
    scheduler = wlc
    persistent = 600
    netmask = 255.255.255.0
    protocol = tcp
    checktype = connect
    checkport = 80

virtual6 = [$vip6]:80
    real6 = [fd00:2::11]:80 ipip
    real6 = [fd00:2::12]:80 ipip
    service = none
    scheduler = rr
    protocol = tcp
    checktype = connect

virtual = 9
    real = 10.2.0.11:80 gate
    real = 10.2.0.12:80 gate
    service = none
    scheduler = lc
    protocol = fwm
    checktype = connect
    checkport = 80
CONFIGURATION
}

start_ldirectord() {
    export PERL5LIB
    PERL5LIB=$peer/usr/share/perl5:$(find "$peer/usr/lib" -type d -path '*/perl5/*' -prune -print | paste -s -d :)
    mkdir -p /run /var/lock/subsys
    start_on director perl "$peer/usr/sbin/ldirectord" -d "$work/ldirectord.cf" start >"$work/said" 2>&1
    ldirectord=$!
}

# The last thing it does is to take its services away.
stop_ldirectord() {
    [[ -n ${ldirectord-} ]] || return 0
    kill "$ldirectord" 2>/dev/null || true
    wait "$ldirectord" || true
    ldirectord=
}

# table_becomes TABLE: within two minutes, which a busy machine may need; shows the last one if not.
table_becomes() {
    eventually 120 table_is "$1" || {
        on director "$ours" -Sn
        echo "ldirectord's last words:"
        tail -n 20 "$work/said"
        return 1
    }
}

table_is() {
    [[ $(on director "$ours" -Sn) == "$1" ]]
}

all="-A -t 10.1.0.100:80 -s wrr
-a -t 10.1.0.100:80 -r 10.2.0.11:80 -g -w 2
-a -t 10.1.0.100:80 -r 10.2.0.12:80 -g -w 3
-A -t 10.1.0.100:443 -s wlc -p 600 -M 255.255.255.0
-a -t 10.1.0.100:443 -r 10.2.0.11:80 -m -w 5
-a -t 10.1.0.100:443 -r 10.2.0.12:80 -m -w 7
-A -t [fd00:1::100]:80 -s rr
-a -t [fd00:1::100]:80 -r [fd00:2::11]:80 -i -w 1 --tun-type ipip
-a -t [fd00:1::100]:80 -r [fd00:2::12]:80 -i -w 1 --tun-type ipip
-A -f 9 -s lc
-a -f 9 -r 10.2.0.11:80 -g -w 1
-a -f 9 -r 10.2.0.12:80 -g -w 1"

fail_server1() {
    kill "${responders[0]}"
    wait "${responders[0]}" 2>/dev/null || true
}

recover_server1() {
    start_server server1 80 10.2.0.11 fd00:2::11 "$vip4" "$vip6"
}

on_fallback() {
    on director "$ours" -Sn | grep -qF -- "-a -t $vip4:80 -r 127.0.0.1:80 -g -w 1"
}

modprobe ip_vs
place_ours_in_sbin
check "the program that it calls is ours" cmp /sbin/ipvsadm "$ours"
make_network
start_servers 80
configure
start_ldirectord
check "it fills the table" table_becomes "$all"
answers=$(ask --times 5 tcp "$vip4" 80 | sort | uniq -c | xargs)
equal "requests are served by weight" "2 server1 3 server2" "$answers"

fail_server1
check "a failed server leaves; where it is to be quiesced, its weight is 0" table_becomes "$(grep -v -e '-r 10.2.0.11:80 -g' -e '::11' <<<"$all" |
    sed 's/-r 10.2.0.11:80 -m -w 5/-r 10.2.0.11:80 -m -w 0/')"
equal "the other one answers alone" "4 server2" "$(ask --times 4 tcp "$vip4" 80 | sort | uniq -c | xargs)"

recover_server1
check "a recovered server returns, with its weight" table_becomes "$all"

kill "${responders[1]}" "${responders[2]}"
check "with no server left the fallback stands in" eventually 40 on_fallback

refuses "none of its commands failed" grep -h 'system(.*ipvsadm.*) failed' "$work/said" "$work/log"
stop_ldirectord
check "stopped, it takes its services away" table_becomes ""
finish
