#!/bin/bash
# where: guest
# packages: systemd
# The unit of vrrpctl under a real systemd: ready when it runs, and still running when either of its processes was
# killed; started again when both were; reloaded; stopped without a trace; with the rights that it needs.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/systemd.sh
. "$repository/Tests/Lab/tools/systemd.sh"

# In a lab of its own: what systemd starts and mounts ends with it.
if [[ ${1-} != inside ]]; then
    exec "$repository/scripts/lab" "${BASH_SOURCE[0]}" inside
fi

conf=/etc/vrrpctl/vrrpctl.conf

state() {
    systemctl show --property "$1" --value vrrpctl
}

has_address() {
    grep -qF ' 10.92.0.10/' <(ip -o address show dev unit0)
}

lacks_address() {
    ! has_address
}

# All its processes, as systemd counts them.
processes() {
    in_systemd cat /sys/fs/cgroup/system.slice/vrrpctl.service/cgroup.procs 2>/dev/null
}

guardian() {
    in_systemd cat /run/vrrpctl/control.lock
}

worker() {
    processes | grep -vx "$(guardian)"
}

# Whether two processes run, none of which is one of those given.
both_run_without() {
    local now
    now=$(processes) || return 1
    [[ $(wc -l <<<"$now") -eq 2 ]] || return 1
    ! grep -qxF -e "$1" -e "${2-$1}" <<<"$now"
}

main_process_is_the_guardian() {
    [[ $(state MainPID) == "$(guardian)" ]]
}

kill_inside() {
    # shellcheck disable=SC2016 # for the inner shell
    in_systemd bash -c 'kill -9 "$@"' kill "$@"
}

write_conf() {
    mkdir -p "${conf%/*}"
    cat >"$conf" <<TEXT
vrrp_instance VI_1 {
    interface unit0
    virtual_router_id 51
    version 3
    advert_int 0.2
    ${1-priority} 150
    virtual_ipaddress {
        10.92.0.10/24
    }
}
TEXT
}

"$repository/scripts/install" --prefix /usr --program "$vrrpctl" >/dev/null
ip link add name unit0 type veth peer name unit1
ip address add 10.92.0.1/24 dev unit0
ip link set unit0 up
ip link set unit1 up
start_systemd

write_conf priorty
refuses "errors: it does not start" systemctl start vrrpctl
equal "errors: nor is it tried again" failed "$(state ActiveState)"

write_conf
check "it starts" systemctl start vrrpctl
check "it is ready" systemctl is-active --quiet vrrpctl
check "its address comes" eventually 30 has_address
equal "two processes" 2 "$(processes | wc -l)"
check "the main one is the guardian" main_process_is_the_guardian
rights=$(in_systemd sed -n 's/^CapEff:\t//p' "/proc/$(worker)/status")
# kill, setgid, setuid, net_admin, net_raw, ipc_lock, sys_nice, sys_resource, chown, dac_override
equal "the worker's rights" 00000000018070e3 "$rights"

before=$(worker)
kill_inside "$before"
check "worker killed: another one" eventually 30 both_run_without "$before"
check "worker killed: the address is back" eventually 30 has_address
check "worker killed: still active" systemctl is-active --quiet vrrpctl

before=$(guardian)
kill_inside "$before"
check "guardian killed: another one" eventually 30 both_run_without "$before"
check "guardian killed: the address stays" has_address
check "guardian killed: systemd follows it" eventually 30 main_process_is_the_guardian
check "guardian killed: still active" systemctl is-active --quiet vrrpctl
equal "guardian killed: not started again" 0 "$(state NRestarts)"

check "reload" systemctl reload vrrpctl
write_conf priorty
refuses "reload with errors" systemctl reload vrrpctl
check "it goes on" systemctl is-active --quiet vrrpctl
check "with its address" has_address
write_conf

# Stopped first: otherwise the second one may have replaced the first before it is killed itself.
both=$(processes)
# shellcheck disable=SC2016,SC2086 # for the inner shell; numbers
in_systemd bash -c 'kill -STOP "$@"' kill $both
# shellcheck disable=SC2086 # numbers
kill_inside $both
# shellcheck disable=SC2086 # numbers
check "both killed: started again" eventually 30 both_run_without $both
check "both killed: the address is back" eventually 30 has_address

check "stop" systemctl stop vrrpctl
equal "stop: inactive" inactive "$(state ActiveState)"
equal "stop: in good order" success "$(state Result)"
check "stop: no address" lacks_address
finish
