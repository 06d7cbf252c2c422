#!/bin/bash
# where: guest
# packages: iproute2 python3
# The kernel's table is owned jointly: what others made stays, what is removed or changed of ours comes back within a second
# and is logged; a start takes an equal table over with its connections and counters; a reload touches what differs; stop,
# crash and kill leave what they should; and a restarted director goes on with the states known before.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/own-network.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/own-network.sh"

work=$(mktemp -d)
socket=$work/control.sock
conf=$work/director.conf
log=$work/log

clean_up() {
    pkill -9 -f -- "--socket $socket" || true
    kill "${servers-}" 2>/dev/null || true
    "$ours" -C || true
    rm -rf "$work"
}
trap clean_up EXIT

modprobe -a ip_vs
ip address add 10.0.0.1/32 dev lo
for last in 2 3 4; do ip address add 10.1.0.$last/32 dev lo; done

# Real servers that answer TCP: those whose files exist.
cat >"$work/servers.py" <<'PYTHON'
import os, select, socket, sys
listeners = {}
while True:
    for last in (2, 3, 4):
        wanted = os.path.exists(f"{sys.argv[1]}/server-{last}")
        if wanted and last not in listeners:
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((f"10.1.0.{last}", 80))
            s.listen(64)
            listeners[last] = s
        elif not wanted and last in listeners:
            listeners.pop(last).close()
    for s in select.select(list(listeners.values()), [], [], 0.05)[0]:
        s.accept()[0].close()
PYTHON
touch "$work/server-2" "$work/server-3"
python3 "$work/servers.py" "$work" &
servers=$!
check "the real servers answer" eventually 60 bash -c ': </dev/tcp/10.1.0.2/80 && : </dev/tcp/10.1.0.3/80' 2>/dev/null

# configure [GLOBAL [WEIGHT-OF-3]]: three real servers, the last of which does not answer.
configure() {
    cat >"$conf" <<CONF
global_defs {
    ${1-}
}
virtual_server 10.0.0.1 80 {
    delay_loop 1
    delay_before_retry 1
    retry 1
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.1.0.2 80 {
        TCP_CHECK {
            connect_timeout 1
        }
    }
    real_server 10.1.0.3 80 {
        weight ${2-1}
        TCP_CHECK {
            connect_timeout 1
        }
    }
    real_server 10.1.0.4 80 {
        TCP_CHECK {
            connect_timeout 1
        }
    }
}
CONF
}

begin() {
    : >"$log"
    "$vrrpctl" run -f "$conf" --socket "$socket" --log-level info >>"$log" 2>&1 </dev/null &
    director=$!
    eventually 60 grep -q "process .* runs" "$log" || fail "the director starts" "$(cat "$log")"
}

end() {
    kill "$director"
    wait "$director" || true
}

table() { "$ours" -Sn; }
is() { [[ $(table) == "$1" ]]; }
says() { grep -q -- "$1" "$log"; }
worker() { pgrep -P "$director" -f -- "--socket $socket" || true; }

# Kills guardian and worker, and whom one of them may have started meanwhile; succeeds when there is nobody.
killed() { ! pkill -9 -f -- "--socket $socket"; }

two="-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 1
-a -t 10.0.0.1:80 -r 10.1.0.3:80 -m -w 1"
foreign="-A -t 10.0.0.77:80 -s wlc
-a -t 10.0.0.77:80 -r 10.1.0.7:80 -m -w 5"
both="$two
$foreign"

add_foreign() { printf '%s\n' "$foreign" | "$ours" -R; }

configure
add_foreign
begin
check "the server that does not answer goes" eventually 30 is "$both"

# What somebody takes away comes back. The watch looks every 0.8 s; a busy machine gets more.
"$ours" -d -t 10.0.0.1:80 -r 10.1.0.2:80
check "a server that was removed comes back" eventually 5 is "$both"
check "and that is said" eventually 5 says "somebody removed 10.1.0.2:80 from TCP 10.0.0.1:80; it is put back"
"$ours" -e -t 10.0.0.1:80 -r 10.1.0.3:80 -m -w 9
check "a weight that was changed is changed back" eventually 5 is "$both"
check "and that is said" eventually 5 says "it had weight 9, not 1"
"$ours" -E -t 10.0.0.1:80 -s wlc
check "a scheduler that was changed is changed back" eventually 5 is "$both"
"$ours" -D -t 10.0.0.1:80
check "a service that was removed comes back" eventually 5 is "$both"
check "and that is said" eventually 5 says "somebody removed the service TCP 10.0.0.1:80"
"$ours" -C
check "after ipvsadm -C ours comes back, and what was somebody else's does not" eventually 5 is "$two"
add_foreign
"$ours" -a -t 10.0.0.1:80 -r 10.1.0.7:80 -m -w 3
sleep 3
equal "a server that somebody adds to our service stays" 1 "$("$ours" -Sn | grep -c 'r 10.1.0.7:80 -m -w 3')"
"$ours" -d -t 10.0.0.1:80 -r 10.1.0.7:80
check "others' entries have not been touched" is "$both"

# A reload touches what differs: whatever is made anew loses its counters.
"$ours" -Z
python3 -c 'import socket
for _ in range(10):
    socket.create_connection(("10.0.0.1", 80), 5).close()'
counters() { "$ours" -Ln --stats --exact -t 10.0.0.1:80 | awk '/10.1.0/ { print $1, $2, $3 }'; }
# The kernel adds them up every two seconds.
counted() { [[ $(counters | awk '{ s += $3 } END { print s }') -eq 10 ]]; }
check "connections were balanced" eventually 30 counted
before=$(counters)
configure "" 6
kill -HUP "$director"
check "a reload changes the weight" eventually 30 is "${both/3:80 -m -w 1/3:80 -m -w 6}"
equal "and the counters of both servers go on" "$before" "$(counters)"
configure
kill -HUP "$director"
check "and back" eventually 30 is "$both"

# A crash of the worker: nothing of the table changes while another one starts, also with lvs_flush.
configure lvs_flush
kill -HUP "$director"
poll() {
    local end=$((SECONDS + $1))
    while ((SECONDS < end)); do table; echo .; done | sort -u
}
poll 8 >"$work/polled" &
poller=$!
sleep 0.3
kill -9 "$(worker)"
wait "$poller"
equal "the worker is killed: the table never changes" "$(printf '%s\n.\n' "$both" | sort -u)" "$(cat "$work/polled")"
check "another worker took it over" eventually 30 says "1 service and 2 servers are in the kernel's table already and are taken over"
check "without lvs_flush, since this is no start" bash -c "! grep -q 'lvs_flush: ' '$log'"
equal "counters go on" "$before" "$(counters)"
configure

# Both processes are killed: the table stays, and the next start takes it over, knowing which server was down.
check "both processes are killed" eventually 30 killed
wait "$director" 2>/dev/null || true
equal "the table is as it was" "$both" "$(table)"
poll 8 >"$work/polled" &
poller=$!
begin
wait "$poller"
equal "no moment with a dead server, or without one that lives" "$(printf '%s\n.\n' "$both" | sort -u)" "$(cat "$work/polled")"
equal "counters go on over it" "$before" "$(counters)"

# An orderly end removes what is ours; a restart knows the states of before.
end
equal "an end removes what is ours" "$foreign" "$(table)"
poll 8 >"$work/polled" &
poller=$!
begin
wait "$poller"
refuses "the dead server was never in the table" grep -q "10.1.0.4" "$work/polled"
check "the others are" is "$both"

# A crashed predecessor's entries, which the configuration does not have any more.
check "both are killed once more" eventually 30 killed
wait "$director" 2>/dev/null || true
sed -i '/real_server 10.1.0.2/,/^    }/d' "$conf"
begin
check "what the predecessor left is removed" eventually 30 is "${both/-a -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 1$'\n'/}"
check "and that is said" says "that the last run left in the kernel's table are removed"
end

# What becomes of others at the start and at the end, as it is asked for.
configure lvs_flush
begin
check "lvs_flush empties the table at the start" eventually 30 is "$two"
end
add_foreign
configure "lvs_flush_on_stop VS"
begin
end
equal "lvs_flush_on_stop VS removes our services only" "$foreign" "$(table)"
configure lvs_flush_on_stop
begin
end
equal "lvs_flush_on_stop removes everything" "" "$(table)"

# Sync daemons and timeouts.
"$ours" --set 901 121 301
configure "lvs_sync_daemon lo id 7
    lvs_timeouts tcp 600 udp 60"
begin
check "both sync daemons run" eventually 30 bash -c "[[ \$('$ours' -L --daemon | grep -c 'syncid=7') -eq 2 ]]"
equal "the timeouts are set" "Timeout (tcp tcpfin udp): 600 121 60" "$("$ours" -L --timeout)"
end
equal "no sync daemon is left" "" "$("$ours" -L --daemon)"
equal "the timeouts are as they were" "Timeout (tcp tcpfin udp): 901 121 301" "$("$ours" -L --timeout)"

# net_namespace_ipvs: the table of another namespace.
ip netns add director-table
ip -n director-table link set lo up
ip -n director-table address add 10.1.0.1/24 dev lo
configure
sed -i '1i net_namespace_ipvs director-table' "$conf"
begin
check "the other namespace's table is filled" eventually 30 bash -c "[[ \$(ip netns exec director-table '$ours' -Sn | wc -l) -ge 3 ]]"
equal "this one's is not" "" "$(table)"
end
equal "and it is emptied" "" "$(ip netns exec director-table "$ours" -Sn)"
ip netns del director-table

finish
