# shellcheck shell=bash
# What the measurements in the lab share. Set by scripts/bench: $ours, $theirs (the two programs), $measure
# (measure.c, built), $pairs.
#
# Every measurement prints rows for the table of scripts/bench, with `row`.
set -euo pipefail
: "${ours:?}" "${theirs:?}" "${measure:?}" "${pairs:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# row WHAT OURS THEIRS UNIT TARGET RATIO: the target `<=R` bounds the ratio, `<N` our value, `none` nothing.
row() {
    local IFS='|'
    echo "$*"
}

ratio() {
    awk -v ours="$1" -v theirs="$2" 'BEGIN { print ours / theirs }'
}

# The two programs in turn, the first of each pair changing, so that a machine that slows down or speeds up does
# so for both. For each run, RUN PROGRAM FILE… must append a line of `measure` to FILE.
in_turn() {
    local run=$1 number
    shift
    : >"$work/ours"
    : >"$work/theirs"
    for ((number = 0; number < pairs; number++)); do
        if ((number % 2)); then
            "$run" "$ours" "$work/ours" "$@"
            "$run" "$theirs" "$work/theirs" "$@"
        else
            "$run" "$theirs" "$work/theirs" "$@"
            "$run" "$ours" "$work/ours" "$@"
        fi
    done
}

median() {
    sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# The median time of each program, and the median of the ratios of the pairs.
report_times() {
    row "$1" "$(cut -d ' ' -f 1 "$work/ours" | median)" "$(cut -d ' ' -f 1 "$work/theirs" | median)" µs "$2" \
        "$(paste -d ' ' "$work/ours" "$work/theirs" | awk '{ print $1 / $3 }' | median)"
}

# The largest memory of each program over all runs.
report_memory() {
    local our_peak their_peak
    our_peak=$(cut -d ' ' -f 2 "$work/ours" | sort -n | tail -n 1)
    their_peak=$(cut -d ' ' -f 2 "$work/theirs" | sort -n | tail -n 1)
    row "$1" "$our_peak" "$their_peak" KiB "$2" "$(ratio "$our_peak" "$their_peak")"
}

# System calls of one restore from FILE, its threads included, in a fresh network namespace.
system_calls() {
    # shellcheck disable=SC2016 # for the inner shell
    unshare --net "$BASH" -c '
        ip link set lo up
        strace --follow-forks --summary-only --summary-columns=calls,name --output="$1" "$2" -R <"$3"
    ' restore "$work/strace" "$2" "$1"
    awk '$2 == "total" { print $1 }' "$work/strace"
}

# rules SERVICES SERVERS: that table, as restore reads it.
rules() {
    awk -v services="$1" -v servers="$2" 'BEGIN {
        for (s = 0; s < services; s++) {
            service = sprintf("10.0.%d.%d:80", s / 250, s % 250 + 1)
            print "-A -t " service " -s wlc"
            for (r = 0; r < servers; r++)
                printf "-a -t %s -r 172.%d.%d.%d:8080 -m -w 1\n", service, 16 + r / 62500, r / 250 % 250, r % 250 + 1
        }
    }'
}

must_be_equal() {
    cmp -s "$work/$1" "$work/$2" || {
        echo "bench: $3: the two programs do not agree, so their times mean nothing" >&2
        diff "$work/$1" "$work/$2" | head -n 6 >&2
        exit 1
    }
}
