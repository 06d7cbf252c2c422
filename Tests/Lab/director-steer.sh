#!/bin/bash
# where: guest
# packages: iproute2 python3
# Operators drain, disable and enable real servers: connections that are there go on, new ones go elsewhere, --wait waits for
# the last, the sorry server stands in when nobody serves, and it lasts over reloads, crashes and restarts.
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
    kill "${servers-}" "${client-}" 2>/dev/null || true
    "$ours" -C || true
    rm -rf "$work"
}
trap clean_up EXIT

modprobe -a ip_vs
ip address add 10.0.0.1/32 dev lo
for last in 2 3 9; do ip address add 10.1.0.$last/32 dev lo; done

# Real servers that say who they are and hold the connection until the client ends it.
cat >"$work/servers.py" <<'PYTHON'
import selectors, socket

def speaks(connection):
    # A check resets what it has opened.
    try:
        return connection.recv(64) != b""
    except OSError:
        return False

selector = selectors.DefaultSelector()
for last in (2, 3, 9):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((f"10.1.0.{last}", 80))
    s.listen(64)
    selector.register(s, selectors.EVENT_READ, last)
while True:
    for key, _ in selector.select():
        if key.data:
            connection, _ = key.fileobj.accept()
            try:
                connection.sendall(f"10.1.0.{key.data}\n".encode())
            except OSError:
                connection.close()
                continue
            selector.register(connection, selectors.EVENT_READ, 0)
        elif not speaks(key.fileobj):
            selector.unregister(key.fileobj)
            key.fileobj.close()
PYTHON
python3 "$work/servers.py" &
servers=$!
check "the real servers answer" eventually 60 bash -c ': </dev/tcp/10.1.0.2/80 && : </dev/tcp/10.1.0.3/80' 2>/dev/null

# configure [WEIGHT-OF-3]
configure() {
    cat >"$conf" <<CONF
virtual_server 10.0.0.1 80 {
    delay_loop 1
    lb_algo rr
    lb_kind NAT
    protocol TCP
    sorry_server 10.1.0.9 80
    real_server 10.1.0.2 80 {
        TCP_CHECK {
            connect_timeout 1
        }
    }
    real_server 10.1.0.3 80 {
        weight ${1-1}
        TCP_CHECK {
            connect_timeout 1
        }
    }
}
CONF
}

begin() {
    "$vrrpctl" run -f "$conf" --socket "$socket" --log-level info >>"$log" 2>&1 </dev/null &
    director=$!
    eventually 60 answers || fail "the director starts" "$(cat "$log")"
}

# Kills guardian and worker, and whom one of them may have started meanwhile; succeeds when there is nobody.
killed() { ! pkill -9 -f -- "--socket $socket"; }
steer() { "$vrrpctl" server "$@" --socket "$socket"; }
answers() { "$vrrpctl" reload --dry-run --socket "$socket" >/dev/null 2>&1; }
weight() { "$ours" -Sn | awk -v server="10.1.0.$1:80" '$5 == server { print $NF }'; }
weighs() { [[ $(weight "$1") == "${2-}" ]]; }
# Who answers eight new connections.
answering() {
    python3 -c 'import socket
names = set()
for _ in range(8):
    with socket.create_connection(("10.0.0.1", 80), 5) as s:
        names.add(s.makefile().readline().strip())
print(*sorted(names))'
}
# A connection to one of the servers that stays until the file is removed.
hold() {
    touch "$work/held"
    python3 - "$1" "$work/held" <<'PYTHON' &
import os, socket, sys, time
kept = []
while True:
    s = socket.create_connection(("10.0.0.1", 80), 5)
    kept.append(s)
    if s.makefile().readline().strip() == sys.argv[1]:
        break
for other in kept[:-1]:
    other.close()
open(sys.argv[2] + "-now", "w").close()
while os.path.exists(sys.argv[2]):
    time.sleep(0.05)
# It was never cut: the server answers the end with its own.
s.shutdown(socket.SHUT_WR)
sys.exit(0 if s.recv(1) == b"" else 1)
PYTHON
    client=$!
    eventually 30 test -e "$work/held-now"
    rm -f "$work/held-now"
}
active() {
    "$ours" -Ln | awk -v server="10.1.0.$1:80" '$2 == server { print $5 }'
}
has_active() { [[ $(active "$1") == "$2" ]]; }

: >"$log"
configure
begin
check "both serve" eventually 30 weighs 3 1
equal "both answer" "10.1.0.2 10.1.0.3" "$(answering)"

# MARK: Drain

hold 10.1.0.2
check "a connection is held" eventually 10 has_active 2 1
said=$(steer drain 10.0.0.1:80 10.1.0.2:80 --dry-run)
check "a dry run" grep -q '10.1.0.2:80 of 10.0.0.1:80 TCP: weight 1 → 0' <<<"$said"
check "changes nothing" weighs 2 1
said=$(steer drain 10.0.0.1:80 10.1.0.2:80)
check "it is drained" grep -q 'is drained: it takes no new connections' <<<"$said"
check "with what it has" grep -q 'it has 1 active' <<<"$said"
check "its weight is 0" eventually 5 weighs 2 0
equal "new connections go elsewhere" "10.1.0.3" "$(answering)"
check "the one that is there goes on" has_active 2 1
status_is "once more is no fault" 0 steer drain '[10.0.0.1]:tcp:80' '[10.1.0.2]:tcp:80'
status_is "to wait for it takes too long" 1 steer drain 10.0.0.1:80 10.1.0.2:80 --wait --timeout 1s
check "that is said" grep -q '1 active connections are left after' <(steer drain 10.0.0.1 10.1.0.2 --wait --timeout 1s 2>&1 || true)
steer drain 10.0.0.1:80 10.1.0.2:80 --wait --timeout 60s >"$work/waited" 2>&1 &
waiting=$!
check "it waits" eventually 10 grep -q '1 active connections are left' "$work/waited"
rm "$work/held"
status=0
wait "$client" || status=$?
equal "the connection was never cut" 0 "$status"
status=0
wait "$waiting" || status=$?
equal "the wait ends with it" 0 "$status"
check "and says so" grep -q 'no active connection is left, after' "$work/waited"

# MARK: It lasts

configure 2
"$vrrpctl" reload --socket "$socket" >/dev/null
check "the reload is done" eventually 10 weighs 3 2
check "drained over a reload" weighs 2 0
check "both processes are killed" eventually 20 killed
begin
check "drained over a crash of both processes" eventually 10 weighs 2 0
check "it is said" grep -q 'goes on: \[10.1.0.2\]:tcp:80 of \[10.0.0.1\]:tcp:80 is drained' "$log"
kill "$director"
wait "$director" || true
begin
check "and over a restart" eventually 10 weighs 2 0
sleep 2
check "checks do not bring it back" weighs 2 0

# MARK: Disable, and the sorry server

said=$(steer disable 10.0.0.1:80 10.1.0.2)
check "disabled" grep -q 'weight 0 → not in the table' <<<"$said"
check "it is out of the table" eventually 5 weighs 2 ''
said=$(steer drain 10.0.0.1:80 10.1.0.3)
check "with the last one the sorry server stands in" grep -q 'sorry server rests → serves' <<<"$said"
check "it is in the table" eventually 5 weighs 9 1
equal "and answers" "10.1.0.9" "$(answering)"
check "the way back" grep -q '10.1.0.3:80 of 10.0.0.1:80 TCP is enabled' <(steer enable 10.0.0.1:80 10.1.0.3)
check "with its own weight" eventually 5 weighs 3 2
check "the sorry server is relieved" eventually 5 weighs 9 ''
check "the other" steer enable 10.0.0.1:80 10.1.0.2
check "with its own weight, too" eventually 5 weighs 2 1
check "enabled once more" grep -q 'neither drained nor disabled' <(steer enable 10.0.0.1:80 10.1.0.2)
equal "both answer" "10.1.0.2 10.1.0.3" "$(answering)"

# MARK: What is refused

status_is "a virtual server that is not there" 1 steer drain 10.0.0.1:81 10.1.0.2
check "the nearest is named" grep -q 'there is no virtual server 10.0.0.1:81; did you mean' \
    <(steer drain 10.0.0.1:81 10.1.0.2 2>&1 || true)
status_is "a real server that is not there" 1 steer disable 10.0.0.1:80 10.1.0.7
check "those that are there are named" grep -q 'there is no real server 10.1.0.7 in 10.0.0.1:80 TCP' \
    <(steer disable 10.0.0.1:80 10.1.0.7 2>&1 || true)
status_is "without rights" 77 setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$vrrpctl" server drain 10.0.0.1:80 10.1.0.2 --socket "$socket"
kill "$director"
wait "$director" || true
status_is "nobody to ask" 69 steer drain 10.0.0.1:80 10.1.0.2
finish
