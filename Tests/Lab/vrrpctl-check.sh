#!/bin/bash
# where: host
# packages: jq
# peers: keepalived
# vrrpctl check finds every fault of a configuration in one run, says where it is and what would be right, and ends with
# the status that a script needs; what keepalived itself passes is passed, unless it is one of the faults that it hides.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fixtures=$repository/Tests/KeepalivedConfigTests/Fixtures
peer=$(peer_folder keepalived)

# The peer from the folder that it is unpacked in; -t reads and ends, no daemon is started.
keepalived_check() {
    LD_LIBRARY_PATH=$peer/usr/lib/x86_64-linux-gnu:$peer/lib/x86_64-linux-gnu \
        timeout 20 "$peer/usr/sbin/keepalived" -t -f "$1"
}

# judge ARGUMENT…: what check says is in $work/said, how it ended in $status.
judge() {
    status=0
    "$vrrpctl" check "$@" >"$work/said" 2>&1 || status=$?
}

# instance LINE…: a configuration that is right but for those lines.
instance() {
    cat <<'TEXT'
global_defs {
    dynamic_interfaces
}
vrrp_instance VI_1 {
    interface vrrp-none
    virtual_router_id 51
    virtual_ipaddress {
        10.9.8.7/24
    }
TEXT
    printf '    %s\n' "$@" '}'
}

right() {
    local file
    for file in "$fixtures"/*.conf "$fixtures"/site/site.conf; do
        judge --any-host --strict -f "$file"
        equal "${file##*/} is right, whatever the machine" "$file: no faults found" "$(cat "$work/said")"
    done
    instance >"$work/right.conf"
    check "keepalived passes this one" keepalived_check "$work/right.conf"
    judge -f "$work/right.conf"
    equal "and so do we, on this machine" 0 "$status"
    judge -f - <"$work/right.conf"
    equal "from standard input: status" 0 "$status"
}

# Several faults, each of another kind, each reported once and where it is.
faults() {
    instance 'priorty 150' 'advert_int 1s' 'priority 300' 'preempt_delay 5 6' 'state Master' >"$work/faults.conf"
    judge --any-host -f "$work/faults.conf"
    equal "faults: status" 5 "$status"
    equal "one run names every line that has a fault" "10 11 12 13 14" \
        "$(grep -oE "^$work/faults.conf:[0-9]+" "$work/said" | cut -d: -f2 | sort -nu | xargs)"
    check "the line is shown" grep -q '10 |     priorty 150' "$work/said"
    check "with a caret below the word" grep -qE '^ +\|     \^~~~~~~$' "$work/said"
    check "the nearest keyword is named" grep -q 'did you mean priority?' "$work/said"
    judge --any-host --json -f "$work/faults.conf"
    equal "as JSON: the same status" 5 "$status"
    equal "as JSON: the same lines" "10 11 12 13 14" "$(jq -r '.diagnostics[].line' "$work/said" | sort -nu | xargs)"
    equal "as JSON: the suggestion" priority "$(jq -r '.diagnostics[] | select(.line == 10) | .suggestion' "$work/said")"
    equal "as JSON: the column of the word" 5 "$(jq -r '.diagnostics[] | select(.line == 10) | .column' "$work/said")"
}

statuses() {
    { echo 'global_defs {' && echo '    enable_dbus' && echo '}' && instance; } >"$work/warning.conf"
    judge --any-host -f "$work/warning.conf"
    equal "a warning is no failure" 0 "$status"
    check "but it is said" grep -q 'warning: enable_dbus' "$work/said"
    judge --any-host --strict -f "$work/warning.conf"
    equal "unless --strict is given" 4 "$status"
    judge --strict --any-host -f "$work/faults.conf"
    equal "an error stays an error" 5 "$status"
    judge -f "$work/not-there.conf"
    equal "a file that is not there" 5 "$status"
    check "is named" grep -q "$work/not-there.conf" "$work/said"
    judge --no-such-option
    equal "a wrong command line" 2 "$status"
}

# What keepalived -t says nothing about, or passes, and an operator finds out at night.
hidden() {
    local name line
    while IFS='|' read -r name line; do
        instance "$line" >"$work/hidden.conf"
        judge --any-host --strict -f "$work/hidden.conf"
        check "$name: we say so" test "$status" -ge 4
        check "$name: keepalived has nothing to say" keepalived_is_silent "$work/hidden.conf"
    done <<'TEXT'
words after the value of a line|priority 100 advert_int 3
a second value|priority 100 150
TEXT
}

keepalived_is_silent() {
    local said
    said=$(keepalived_check "$1" 2>&1) || return
    [[ -z $said ]] || { echo "$said"; return 1; }
}

# A machine is asked only where that is wanted.
this_machine() {
    instance | sed '/dynamic_interfaces/d' >"$work/interface.conf"
    judge -f "$work/interface.conf"
    equal "an interface that is not here can still come" 0 "$status"
    check "is named" grep -q 'vrrp-none' "$work/said"
    judge --any-host -f "$work/interface.conf"
    refuses "not with --any-host" grep -q 'vrrp-none' "$work/said"

    printf '#!/bin/sh\nexit 0\n' >"$work/open.sh"
    chmod 777 "$work/open.sh"
    instance "notify $work/open.sh" >"$work/script.conf"
    judge --strict -f "$work/script.conf"
    check "a script that everybody may write" test "$status" -ge 4
    check "is named, with who may" grep -q "$work/open.sh" "$work/said"
    chmod 644 "$work/open.sh"
    judge --strict -f "$work/script.conf"
    check "one that cannot be executed" test "$status" -ge 4
    instance "notify $work/missing.sh" >"$work/script.conf"
    judge --strict -f "$work/script.conf"
    check "one that is not there" test "$status" -ge 4
}

# Nothing that a file holds stops it: each ends in time, with a verdict.
broken() {
    local number=0 ended file
    mkdir "$work/broken"
    head -c 65536 /dev/urandom >"$work/broken/random"
    head -c 1000000 /dev/zero | tr '\0' '{' >"$work/broken/braces"
    head -c 1000000 /dev/zero >"$work/broken/nul"
    printf 'include %s\n' "$work/broken/circle" >"$work/broken/circle"
    # shellcheck disable=SC2016 # a definition of the configuration
    printf '$A=$A $A\n$A\n' >"$work/broken/itself"
    printf '~SEQ(A, 1, 99999) ~SEQ(B, 1, 99999) ~SEQ(C, 1, 99999) x\n' >"$work/broken/sequence"
    for number in {1..40}; do
        head -c $((number * 47)) "$fixtures/director.conf" >"$work/broken/cut-$number"
    done
    for file in "$work"/broken/*; do
        ended=0
        timeout 60 "$vrrpctl" check --any-host -f "$file" >"$work/said" 2>&1 || ended=$?
        [[ $ended == 0 || $ended == 4 || $ended == 5 ]] || echo "${file##*/}: status $ended"
    done >"$work/ends"
    equal "no file crashes or hangs it" "" "$(cat "$work/ends")"
    check "a circle of includes is told" grep -q circle <("$vrrpctl" check --any-host -f "$work/broken/circle" 2>&1)
}

# A verb whose output is lost says so.
full_disk() {
    local words
    for words in check show-config simulate "sniff --read"; do
        status=0
        # shellcheck disable=SC2086 # a verb and perhaps its option
        "$vrrpctl" $words "$(input_of "$words")" >/dev/full 2>"$work/said" || status=$?
        equal "vrrpctl ${words%% *}, and no room for what it says: status" 1 "$status"
        check "vrrpctl ${words%% *}: it is told" grep -q 'No space left' "$work/said"
    done
}

input_of() {
    case $1 in
        sniff*) echo "$repository/Tests/CaptureFilesTests/Fixtures/ethernet.pcapng" ;;
        *) echo "--use-file=$fixtures/pair-active.conf" ;;
    esac
}

right
faults
statuses
full_disk
hidden
this_machine
broken
finish
