# shellcheck shell=bash disable=SC2034 # said: for the scenario
# How scripts/demo tells a story: what an operator types, what is said to it, and what must come of it.

title() {
    printf '\n=== %s\n\n' "$1"
}

say() {
    printf '\n%s\n' "$1"
}

# on MACHINE COMMANDLINE: shows the command as typed there, then what it says; keeps that in $said.
on() {
    printf '%s# %s\n' "$1" "$2"
    said=$(ip netns exec "$1" bash -c "$2" 2>&1) || {
        printf '%s\n' "$said"
        echo "demo: that command failed" >&2
        return 1
    }
    [[ -z $said ]] || printf '%s\n' "$said"
}

# expect WHAT GOT PATTERN...: the demo ends unless the text is one of these.
expect() {
    local what=$1 got=$2 pattern
    shift 2
    for pattern in "$@"; do
        [[ $got != "$pattern" ]] || return 0
    done
    printf 'demo: expected %s, got: %s\n' "$what" "$got" >&2
    exit 1
}
