# shellcheck shell=bash
# A systemd of its own in a guest's lab, for suites of units. Sourced after lib.sh, inside scripts/lab only.

# The first process of a process namespace, with none of the services that this machine has enabled.
start_systemd() {
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    rm -rf /etc/systemd/system/*.wants
    # It would empty /tmp, which may hold whole trees of this machine's user.
    ln -sf /dev/null /etc/systemd/system/systemd-tmpfiles-setup.service
    unshare --pid --mount --fork --mount-proc --propagation private \
        env container=lab /lib/systemd/systemd --system --unit=basic.target --show-status=no &>/run/systemd.log &
    starter=$!
    eventually 60 systemd_runs || {
        systemctl --failed list-jobs >&2
        cat /run/systemd.log >&2
        return 1
    }
}

# in_systemd CMD ARG...: runs a command among systemd's processes; it answers only those.
in_systemd() {
    local systemd
    # Its line has no end.
    read -r systemd <"/proc/$starter/task/$starter/children" || true
    nsenter --target "$systemd" --pid --mount -- "$@"
}

systemctl() {
    in_systemd systemctl "$@"
}

systemd_runs() {
    systemctl is-system-running 2>/dev/null | grep -Eqx 'running|degraded'
}
