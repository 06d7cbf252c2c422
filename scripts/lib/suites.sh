# shellcheck shell=bash disable=SC2154 # logs
# Running suites and telling how they ended: one line each, logs and results in the folder $logs.
# scripts/test uses it on this machine, scripts/guest/suites in the guest.

# run_suite NAME CMD ARG...: runs it with its output in $logs/NAME.log; never fails itself.
run_suite() {
    local name=$1 began=$SECONDS status=0
    shift
    "$@" >"$logs/$name.log" 2>&1 </dev/null || status=$?
    report_suite "$name" "$status" $((SECONDS - began))
}

# One write, so that lines of suites that end together do not mix.
report_suite() {
    local name=$1 status=$2 seconds=$3
    if ((status == 0)); then
        echo ok >"$logs/$name.result"
        printf 'ok   %s  (%d s)\n' "$name" "$seconds"
    else
        echo FAIL >"$logs/$name.result"
        printf 'FAIL %s  (%d s, status %d; its log: %s)\n%s\n' "$name" "$seconds" "$status" "$logs/$name.log" \
            "$(tail -n "${TEST_LOG_LINES:-40}" "$logs/$name.log" | sed 's/^/     /')"
    fi
}

# run_lab_suite FILE: the suite must succeed, get to its `finish` and have made a check (Tests/Lab/lib.sh).
run_lab_suite() {
    run_suite "$(suite_name "$1")" believe "$1"
}

believe() {
    local file=$1 log seconds watcher status=0
    log=$logs/$(suite_name "$file").log
    seconds=$(suite_header timeout "$file" 900)
    show_processes_after $((seconds - 5)) >&2 &
    watcher=$!
    timeout --foreground --kill-after=10 "$seconds" "$file" || status=$?
    kill "$watcher" 2>/dev/null && wait "$watcher" 2>/dev/null
    ((status != 124)) || echo "$file: stopped, it took longer than its time (# timeout: SECONDS in its header)"
    if ((status == 0)) && ! grep -Eq '^CHECKS [1-9][0-9]* passed, 0 failed$' "$log"; then
        echo "$file: ended well without having checked anything (no 'finish' of Tests/Lab/lib.sh, or no check)"
        status=1
    fi
    return "$status"
}

# What hangs is seen best before it is killed: every process with its state and, for those that wait in the kernel,
# where.
show_processes_after() {
    local process
    sleep "$1" & # in the background: a signal ends this function at once
    trap 'kill $!; exit' TERM
    wait $!
    ps -eo pid,ppid,stat,wchan:28,args
    for process in /proc/[0-9]*; do
        [[ -s $process/cmdline ]] || continue
        echo "${process#/proc/} $(tr '\0' ' ' <"$process/cmdline")"
        cat "$process/stack" 2>/dev/null
    done
}

suite_name() {
    basename "$1" .sh
}

# suite_header FIELD FILE [DEFAULT]: the value of a line `# FIELD: VALUE` among the suite's first lines.
suite_header() {
    local value
    value=$(sed -n "1,15s/^# $1: *//p" "$2" | head -n 1)
    echo "${value:-${3-}}"
}
