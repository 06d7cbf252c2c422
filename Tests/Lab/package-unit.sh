#!/bin/bash
# where: guest
# packages: systemd
# timeout: 240
# The package's unit under a real systemd: it restores /etc/ipvsadm.rules at start and saves it at stop, loses no
# rules when that fails, and its sandbox leaves it the rights that it needs.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/systemd.sh
. "$repository/Tests/Lab/tools/systemd.sh"

# In a lab of its own: what systemd starts and mounts ends with it.
if [[ ${1-} != inside ]]; then
    exec "$repository/scripts/lab" "${BASH_SOURCE[0]}" inside
fi

rules=/etc/ipvsadm.rules

disk=/srv/disk # a small one

state() {
    systemctl show --property "$1" --value ipvsadm
}

fill_table() {
    "$ours" -C
    "$ours" -A -t 10.9.0.1:80 -s wrr -p 300
    "$ours" -a -t 10.9.0.1:80 -r 10.9.0.2:80 -m -w 7
    "$ours" -A -f 4000000000 -s sh
}

without_rules_nothing_happens() {
    rm -f "$rules"
    fill_table
    local before
    before=$("$ours" -Sn)
    check "no rules file: start is no error" systemctl start ipvsadm
    equal "no rules file: the unit stays off" inactive "$(state ActiveState)"
    equal "no rules file: the table stays" "$before" "$("$ours" -Sn)"
}

keeps_the_table() {
    local saved
    fill_table
    saved=$("$ours" -Sn)
    "$ours" -Sn >"$rules"
    chmod 640 "$rules"
    "$ours" -C
    modprobe --remove --all ip_vs_sh ip_vs_wrr ip_vs 2>/dev/null || true
    check "start: succeeds" systemctl start ipvsadm
    equal "start: the table is the file's, modules and all" "$saved" "$("$ours" -Sn)"

    "$ours" -d -t 10.9.0.1:80 -r 10.9.0.2:80
    check "reload: succeeds" systemctl reload ipvsadm
    equal "reload: the table is the file's again" "$saved" "$("$ours" -Sn)"

    "$ours" -a -t 10.9.0.1:80 -r 10.9.0.3:80 -m
    saved=$("$ours" -Sn)
    check "restart: succeeds" systemctl restart ipvsadm
    equal "restart: the table is as it was" "$saved" "$("$ours" -Sn)"

    check "stop: succeeds" systemctl stop ipvsadm
    equal "stop: the table is saved" "$saved" "$(<"$rules")"
    equal "stop: the file keeps its mode" 640 "$(stat --format %a "$rules")"
    equal "stop: the table is empty" "" "$("$ours" -Sn)"
    equal "stop: no temporary file stays" "$rules" "$(echo "$rules"*)"
}

# The rules lie on a full disk, behind a symbolic link.
a_failed_save_harms_nothing() {
    local saved
    echo "-A -t 10.9.0.9:80 -s rr" >"$disk/rules"
    ln -sf "$disk/rules" "$rules"
    check "behind a link: start" systemctl start ipvsadm
    fill_table
    saved=$("$ours" -Sn)
    head -c 1M /dev/zero >"$disk/ballast" 2>/dev/null || true
    systemctl stop ipvsadm 2>/dev/null || true
    equal "full disk: systemd knows that the stop failed" failed "$(state ActiveState)"
    equal "full disk: the old rules stay" "-A -t 10.9.0.9:80 -s rr" "$(<"$disk/rules")"
    equal "full disk: the table is not cleared" "$saved" "$("$ours" -Sn)"
    equal "full disk: no temporary file stays" "ballast rules" "$(cd "$disk" && echo *)"

    rm "$disk/ballast"
    check "room again: start" systemctl start ipvsadm
    fill_table
    check "room again: stop" systemctl stop ipvsadm
    equal "room again: saved behind the link" "$saved" "$(<"$disk/rules")"
    check "room again: the link stays" test -L "$rules"
    rm "$rules"
}

bad_rules_are_refused_whole() {
    local before
    fill_table
    before=$("$ours" -Sn)
    printf '%s\n' "-A -t 10.9.0.9:80 -s rr" "-a -t 10.9.0.9:80 -r 10.9.0.10:80 -w heavy" >"$rules"
    refuses "bad rules: start fails" systemctl start ipvsadm
    equal "bad rules: the table is not touched" "$before" "$("$ours" -Sn)"
}

an_operator_can_enable_it() {
    check "enable" systemctl enable --quiet ipvsadm
    equal "it is enabled" enabled "$(systemctl is-enabled ipvsadm)"
}

mkdir -p "$disk"
mount -t tmpfs -o size=16k tmpfs "$disk"
start_systemd
without_rules_nothing_happens
keeps_the_table
a_failed_save_harms_nothing
bad_rules_are_refused_whole
an_operator_can_enable_it
finish
