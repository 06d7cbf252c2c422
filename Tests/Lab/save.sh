#!/bin/bash
# where: guest
# A save or listing that could not be written is told (message, status 1); what is saved can be read back: limits are in
# it, names that would not come back are numbers.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

hosts_before=$(cat /etc/hosts)
trap '"$ours" -C; echo "$hosts_before" >/etc/hosts' EXIT

restore_table <<'RULES'
-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -x 200 -y 100
-a -t 10.0.0.1:80 -r 10.0.0.3:80 -m
-A -f 2147483648 -s rr
RULES

# A full disk: every listing must say so.
full_disk() {
    local arguments status err
    for arguments in -Sn -S "-S --json" -Ln -L "-L --json" "-Ln --stats" "-Ln --rate" "-Ln --thresholds" "-Lcn" "-Lc --json" \
        "-L --timeout" "-L --timeout --json" "-L --daemon --json" -h -v; do
        status=0
        # shellcheck disable=SC2086 # several words
        err=$("$ours" $arguments 2>&1 >/dev/full) || status=$?
        equal "ipvsadm $arguments on a full disk: status" 1 "$status"
        check "ipvsadm $arguments on a full disk: says so (said: $err)" grep -qi 'no space left' <<<"$err"
    done
    status=0
    err=$("$ours_save" -n 2>&1 >/dev/full) || status=$?
    equal "ipvsadm-save -n on a full disk: status" 1 "$status"
    check "ipvsadm-save -n on a full disk: says so (said: $err)" grep -qi 'no space left' <<<"$err"
}

# A reader that goes away is no crash either.
closed_pipe() {
    local status=0
    { "$ours" -Ln || status=$?; echo "$status" >/tmp/status.$$; } 2>/dev/null | true
    check "a closed pipe ends a listing without a crash (status $(cat /tmp/status.$$))" \
        grep -qxE '0|1|141' "/tmp/status.$$"
    rm -f "/tmp/status.$$"
}

limits() {
    equal "limits are saved, only where there are any" "\
-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 1 -x 200 -y 100
-a -t 10.0.0.1:80 -r 10.0.0.3:80 -m -w 1
-A -f 2147483648 -s rr" "$(table)"
    local saved
    saved=$(table)
    "$oracle" -C
    "$oracle" -R <<<"$saved"
    equal "the C program reads them back" "$saved" "$(table)"
}

# Names that come back are kept; too long ones and IPv6 names become numbers, so that the save restores.
names() {
    local long
    long=$(printf 'a%.0s' {1..60}).example
    printf '10.0.0.1 web\n10.0.0.2 first\n10.0.0.3 %s\n2001:db8::1 six\n' "$long" >>/etc/hosts
    "$ours" -A -t '[2001:db8::1]:80' -s rr
    local saved numbers
    numbers=$(table)
    saved=$("$ours" -S)
    check "a name that comes back is saved as a name" grep -q -- '-a -t web:http -r first:http -m' <<<"$saved"
    refuses "a name too long is not cut" grep -q aaaa <<<"$saved"
    check "its server is saved as numbers" grep -q -- '-r 10.0.0.3:' <<<"$saved"
    check "an IPv6 name is saved as numbers" grep -q -- '-A -t \[2001:db8::1\]:' <<<"$saved"
    run restore_table <<<"$saved"
    outcome "the save with names is read back without a word" 0 "" ""
    equal "and gives the same table" "$numbers" "$(table)"
}

full_disk
closed_pipe
limits
names
finish
