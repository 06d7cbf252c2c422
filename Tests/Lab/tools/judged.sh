# shellcheck shell=bash
# For suites whose cases are told and judged in Python, many at a time; after lib.sh.

# judged_by NAME CMD ARG…: each check that the command tells of, by a line `ok` or `FAIL`, a tab and words, is one of this
# suite; it ends with a line END.
judged_by() {
    local name=$1 line words judge ended=
    shift
    # Without a shell between: it notices when this one ends early, and then leaves nothing behind either.
    exec {judge}< <(exec "$@" 2>&1)
    while IFS= read -r line <&"$judge"; do
        words=${line#*$'\t'}
        case $line in
            ok$'\t'*) pass "$words" ;;
            FAIL$'\t'*) fail "$words" ;;
            END) ended=yes ;;
            *) printf '     | %s\n' "$line" ;;
        esac
    done
    exec {judge}<&-
    [[ -n $ended ]] || fail "the cases of $name run to their end"
}
