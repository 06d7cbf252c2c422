# shellcheck shell=bash
# What every lab suite starts with. A suite is an executable file Tests/Lab/NAME.sh:
#
#     #!/bin/bash
#     # where: guest                (inside scripts/lab, as root with IPVS; or `host`: as the caller, outside)
#     # What this suite proves, in a sentence.
#     . "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
#     check "the table lists" "$ours" -Ln
#     equal "an empty save" "" "$("$ours" -Sn)"
#     finish
#
# scripts/test runs it and believes it only if it ends with `finish` and made at least one check. These
# variables are set; run by hand without them, both programs are the installed one:
#
#   repository     the top folder of the sources
#   ours           the program under test, as the Debian package installs it ($IPVSADM)
#   ours_save, ours_restore   its two other names, beside it
#   oracle         the C program, Debian's ipvsadm 1.31 ($C_IPVSADM)
#   vrrpctl        the other program under test ($VRRPCTL)
#
# Several suites run one after another in one guest: end with the table empty and no namespace, process or
# file left. Wait for what should happen with `eventually`, never with a bare sleep.
# shellcheck disable=SC2034 # variables for the suites
set -euo pipefail

repository=${REPO:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
ours=${IPVSADM:-/usr/sbin/ipvsadm}
oracle=${C_IPVSADM:-/usr/sbin/ipvsadm}
vrrpctl=${VRRPCTL:-/usr/sbin/vrrpctl}
# shellcheck disable=SC2034 # for the suites
ours_save=$ours-save ours_restore=$ours-restore
export LC_ALL=C.UTF-8
passed=0
failed=0

# check NAME CMD ARG...: passes if the command (a function as well) succeeds; shows what it said if not.
check() {
    local name=$1 said status=0
    shift
    said=$("$@" 2>&1) || status=$?
    if ((status == 0)); then
        pass "$name"
    else
        fail "$name" "$(printf 'status %d from:' "$status" && printf ' %q' "$@" && printf '\n%s' "$said")"
    fi
}

# refuses NAME CMD ARG...: passes if the command fails.
refuses() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        fail "$name" "$(printf 'succeeded:' && printf ' %q' "$@" && printf '\n%s' "$said")"
    else
        pass "$name"
    fi
}

# equal NAME EXPECTED GOT: passes if both texts are the same; shows the difference if not.
equal() {
    if [[ $2 == "$3" ]]; then
        pass "$1"
    else
        fail "$1" "$(diff --label expected --label got -u <(printf '%s\n' "$2") <(printf '%s\n' "$3"))"
    fi
}

# status_is NAME STATUS CMD ARG...: passes if the command ends with that exit status.
status_is() {
    local name=$1 expected=$2 said status=0
    shift 2
    said=$("$@" 2>&1) || status=$?
    if ((status == expected)); then
        pass "$name"
    else
        fail "$name" "$(printf 'status %d, expected %d, from:' "$status" "$expected" && printf ' %q' "$@" && printf '\n%s' "$said")"
    fi
}

# eventually SECONDS CMD ARG...: runs the command until it succeeds; fails after that time.
eventually() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

pass() {
    passed=$((passed + 1))
    printf 'ok   %s\n' "$1"
}

# fail NAME [DETAIL]
fail() {
    failed=$((failed + 1))
    printf 'FAIL %s\n' "$1"
    [[ -z ${2-} ]] || printf '%s\n' "$2" | sed 's/^/     | /'
}

# The suite's last command: its count for scripts/test, and its exit status.
finish() {
    printf 'CHECKS %d passed, %d failed\n' "$passed" "$failed"
    ((failed == 0 && passed > 0))
}
