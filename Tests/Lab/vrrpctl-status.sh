#!/bin/bash
# where: host
# packages: iproute2 jq python3 util-linux
# `vrrpctl status`, `servers` and `stop` against a running pair of directors: what both say before and after a takeover,
# for people and for programs; who may ask and who may change; and what is said where nobody can be asked.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# With a group of its own, which this machine's files need not know of.
if [[ -z ${VRRPCTL_STATUS_GROUP-} ]]; then
    VRRPCTL_STATUS_GROUP=$(mktemp)
    export VRRPCTL_STATUS_GROUP
    trap 'rm -f "$VRRPCTL_STATUS_GROUP"' EXIT
    { grep -v '^vrrpctl:' /etc/group; echo 'vrrpctl:x:64999:'; } >"$VRRPCTL_STATUS_GROUP"
    chmod 644 "$VRRPCTL_STATUS_GROUP"
    status=0
    # shellcheck disable=SC2016 # for the inner shell to expand
    unshare --mount --propagation private bash -c 'mount --bind "$VRRPCTL_STATUS_GROUP" /etc/group && exec "$@"' _ \
        "${BASH_SOURCE[0]}" "$@" || status=$?
    exit $status
fi

work=$(mktemp -d)
chmod 711 "$work"
nodes=(vrrpctl-status-a vrrpctl-status-b)
group=vrrpctl
gid=64999

daemons() {
    pgrep --full -- "--socket $work/" || true
}

clean_up() {
    local pid node
    for pid in $(daemons); do kill -9 "$pid" 2>/dev/null || true; done
    for node in "${nodes[@]}"; do ip netns del "$node" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean_up EXIT

socket_of() {
    echo "$work/$1/control.sock"
}

# start NODE PRIORITY: a director in its namespace.
start() {
    cat >"$work/$1.conf" <<TEXT
global_defs {
    router_id node-$1
}
vrrp_script well {
    script "/bin/true"
    interval 1
    weight 5
}
vrrp_sync_group VG {
    group {
        VI_1
    }
    sync_group_tracking_weight
}
vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    priority $2
    advert_int 0.1
    version 3
    track_script {
        well
    }
    virtual_ipaddress {
        10.93.0.10/24
        10.93.0.11/24
    }
}
virtual_server 10.93.0.10 80 {
    lb_algo rr
    lb_kind NAT
    protocol TCP
    delay_loop 1
    real_server 10.93.0.1 7777 {
        weight 3
        TCP_CHECK {
            connect_timeout 1
        }
    }
}
TEXT
    ip netns exec "vrrpctl-status-$1" "$vrrpctl" run -f "$work/$1.conf" --socket "$(socket_of "$1")" \
        >>"$work/$1.log" 2>&1 </dev/null &
    disown
}

# asks NODE VERB ARG...
asks() {
    "$vrrpctl" "$2" --socket "$(socket_of "$1")" "${@:3}"
}

# state NODE: of its instance.
state() {
    asks "$1" status --json 2>/dev/null | jq -r '.instances[0].state'
}

is() {
    [[ $(state "$1") == "$2" ]]
}

for node in "${nodes[@]}"; do ip netns add "$node"; done
ip link add name eth0 netns "${nodes[0]}" type veth peer name eth0 netns "${nodes[1]}"
for node in "${nodes[@]}"; do
    ip -n "$node" link set lo up
    ip -n "$node" link set eth0 up
done
ip -n "${nodes[0]}" address add 10.93.0.1/24 dev eth0
ip -n "${nodes[1]}" address add 10.93.0.2/24 dev eth0

# Nobody to ask.
status_is "without a director status ends with 69" 69 asks a status
status_is "without a director servers ends with 69" 69 asks a servers
status_is "without a director stop ends with 69" 69 asks a stop
check "and says which socket" grep -q "no daemon runs with the socket $(socket_of a)" <(asks a status 2>&1)
status_is "a wrong option ends with 2" 2 "$vrrpctl" status --nonsense

start a 150
start b 100
check "a becomes active" eventually 60 is a active
check "b becomes backup" eventually 60 is b backup

# For programs.
json=$(asks a status --json)
equal "the document has a version" 1 "$(jq .version <<<"$json")"
equal "its node" "node-a $work/a.conf" "$(jq -r '.node.routerID + " " + .node.file' <<<"$json")"
equal "the process that it names runs" 0 "$(kill -0 "$(jq .node.pid <<<"$json")"; echo $?)"
check "a counts the script" eventually 20 \
    bash -c "[[ \$('$vrrpctl' status --socket '$(socket_of a)' --json | jq .instances[0].effectivePriority) == 155 ]]"
json=$(asks a status --json)
equal "the instance of a" "VI_1 active eth0 51 150 155 3" "$(
    jq -r '.instances[0] | "\(.name) \(.state) \(.interface) \(.virtualRouterID) \(.configuredPriority) \(.effectivePriority) \(.version)"' \
        <<<"$json")"
equal "both addresses are here" "10.93.0.10/24 10.93.0.11/24" "$(jq -r '.instances[0].held | join(" ")' <<<"$json")"
equal "it is the active router itself" true "$(jq '.instances[0].activeRouter.isThis' <<<"$json")"
equal "its last transition" "backup active" "$(
    jq -r '.instances[0].lastTransition | "\(.from) \(.to)"' <<<"$json")"
equal "its group is active" "VG active VI_1" "$(
    jq -r '.groups[0] | "\(.name) \(.state) \(.members | join(","))"' <<<"$json")"
equal "its tracker" "script well up 5 false" "$(
    jq -r '.instances[0].trackers[0] | "\(.kind) \(.name) \(.reading) \(.weight) \(.isFault)"' <<<"$json")"
json=$(asks b status --json)
equal "b knows who is active" "10.93.0.1 155 false" "$(
    jq -r '.instances[0].activeRouter | "\(.address) \(.priority) \(.isThis)"' <<<"$json")"
equal "b holds nothing" 0 "$(jq '.instances[0].held | length' <<<"$json")"
equal "b was told since when" true "$(
    jq --arg now "$(date -u +%FT%T.999Z)" '.instances[0].since > "2026" and .instances[0].since <= $now' <<<"$json")"

# For people.
text=$(asks a status)
check "the page names the node" grep -q "^node-a: vrrpctl .* runs $work/a.conf, process" <<<"$text"
check "a row says everything" grep -Eq \
    '^VI_1 +active +[0-9:]+ \([0-9a-z. ]+\) +eth0 +51 +155/150 +this one +10.93.0.10/24 10.93.0.11/24 +backup → active:' <<<"$text"
check "and the group" grep -Eq '^VG +active +VI_1$' <<<"$text"
check "b's row names a" grep -Eq '^VI_1 +backup .* 105/100 +10.93.0.1 \(155\) +-' <<<"$(asks b status)"
text=$(asks b status VI_1)
check "one instance in detail" grep -Eq '^VI_1 is backup since' <<<"$text"
check "with what it tracks" grep -Eq 'script well: up, \+5 to the priority' <<<"$text"
check "with its addresses" grep -Eq '10.93.0.11/24: not here' <<<"$text"
check "with who is active" grep -Eq 'active router +10.93.0.1 with priority 155, heard 0(\.[0-9])? s ago' <<<"$text"
status_is "an unknown instance ends with 1" 1 asks a status VI_9
check "and what there is is named" grep -q 'there is no instance VI_9; did you mean VI_1?' <<<"$(asks a status VI_9 2>&1)"

# Virtual servers; the table itself is the matter of director-servers.
json=$(asks a servers --json)
equal "a virtual server" "[10.93.0.10]:tcp:80 rr nat tcp" "$(
    jq -r '.services[0] | "\(.name) \(.scheduler) \(.method) \(.transport)"' <<<"$json")"
checked_down() {
    [[ $(asks a servers --json | jq -r '.services[0].servers[0] | "\(.name) \(.isUp) \(.configuredWeight)"') == \
        "[10.93.0.1]:tcp:7777 false 3" ]]
}
check "its server is found dead" eventually 60 checked_down
check "the page says why" grep -Eq '\[10.93.0.1\]:tcp:7777 +down .* TCP_CHECK .*refused' <<<"$(asks a servers 10.93.0.10:80)"
check "without quorum" grep -q '^\[10.93.0.10\]:tcp:80, rr, nat: no quorum, weight 0 of 1 needed' <<<"$(asks a servers)"
status_is "an unknown virtual server ends with 1" 1 asks a servers 10.9.9.9:80

# Who may ask.
equal "root owns the socket, the group may use it" "660 root $group" "$(stat -c '%a %U %G' "$(socket_of a)")"
as() {
    setpriv --reuid "$1" --regid "$2" "${@:3}"
}
status_is "nobody may not ask" 77 as 65534 65534 --clear-groups "$vrrpctl" status --socket "$(socket_of a)"
check "and is told who may" grep -q "only root and the group vrrpctl may ask the daemon" \
    <<<"$(as 65534 65534 --clear-groups "$vrrpctl" status --socket "$(socket_of a)" 2>&1)"
check "a member by its first group reads" as 65534 "$gid" --clear-groups "$vrrpctl" status --socket "$(socket_of a)"
check "a member by another group reads" as 65534 65534 --groups "$gid" "$vrrpctl" servers --socket "$(socket_of a)"
status_is "a member does not reload" 77 as 65534 "$gid" --clear-groups "$vrrpctl" reload --socket "$(socket_of a)"
status_is "a member does not stop it" 77 as 65534 "$gid" --clear-groups "$vrrpctl" stop --socket "$(socket_of a)"
check "and is told why" grep -q "stop: only root may do this" \
    <<<"$(as 65534 "$gid" --clear-groups "$vrrpctl" stop --socket "$(socket_of a)" 2>&1)"
for file in "$work"/a/*; do
    [[ $file == *.sock ]] && continue
    equal "nobody else reads ${file##*/}" 600 "$(stat -c %a "$file")"
done

# Garbage, another version, and clients that do not read.
say() {
    python3 -c '
import socket, sys
client = socket.socket(socket.AF_UNIX)
client.settimeout(10)
client.connect(sys.argv[1])
client.sendall(sys.stdin.buffer.read())
print(client.recv(65536).decode())' "$(socket_of a)"
}
check "garbage is answered" grep -q 'a request is one JSON object on a line' <<<"$(echo garbage | say)"
check "another version is told which is spoken" grep -q 'this daemon speaks version 1' \
    <<<"$(echo '{"version":2,"request":"status"}' | say)"
cat >"$work/flood.py" <<'PYTHON'
import os, socket, sys
# Members of the group that ask for everything, read nothing, and stay.
os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(65534)
clients = []
for _ in range(60):
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(2)
    try:
        client.connect(sys.argv[1])
        client.send(b'{"version":1,"request":"status"}\n' * 500)
        clients.append(client)
    except OSError:
        pass
print("flooding", flush=True)
sys.stdin.read()
PYTHON
mkfifo "$work/end"
python3 "$work/flood.py" "$(socket_of a)" "$gid" <"$work/end" >"$work/flooding" &
exec 3>"$work/end"
check "sixty clients come that read nothing" eventually 60 grep -q flooding "$work/flooding"
before=$(asks a status --json | jq '.instances[0].counters.sent')
check "root is still answered" asks a status
sent_more() {
    (($(asks a status --json | jq '.instances[0].counters.sent') > before + 10))
}
check "and advertisements go on" eventually 20 sent_more
equal "b took nothing over for it" backup "$(state b)"
exec 3>&-

# A takeover, and an end.
equal "what a stop would do" "VI_1: active → stopped: it sends priority 0 and releases 2 addresses
nothing was changed" "$(asks a stop --dry-run)"
equal "it has not been done" active "$(state a)"
check "a stop says what it does and waits for the end" grep -q "has ended" <<<"$(asks a stop)"
equal "no process of a is left" "" "$(pgrep --full -- "--socket $(socket_of a)" || true)"
status_is "then there is nobody to ask" 69 asks a status
check "b takes over" eventually 20 is b active
equal "and says why" "resignation" "$(asks b status --json | jq -r '.instances[0].lastTransition.cause')"
check "for people too" grep -Eq 'backup → active: 10.93.0.1 resigned' <<<"$(asks b status)"

# Names for the shells. Words are quoted as bash hands them over.
names() {
    "$vrrpctl" ---completion "$1" -- "$2" 1 0 "$vrrpctl" "${@:3}"
}
check "the shells are given live names" grep -qx VI_1 \
    <<<"$(names status positional@0 status --socket "$(socket_of b)" '' 2>&1)"
begin=$(date +%s%N)
equal "without a daemon there are none, without a word" "" "$(names status positional@0 status --socket "$work/none" '' 2>&1)"
check "and quickly" test $((($(date +%s%N) - begin) / 1000000)) -lt 1500
check "b ends too" asks b stop
finish
