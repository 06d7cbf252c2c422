# shellcheck shell=bash disable=SC2034,SC2154 # for the suites, from them
# Running a program and looking at all that came of it.

# run CMD ARG…: leaves what it printed in $out and $err (without last newlines) and its status in $status.
run() {
    local out_file err_file
    out_file=$(mktemp)
    err_file=$(mktemp)
    status=0
    "$@" >"$out_file" 2>"$err_file" || status=$?
    out=$(tr '\0' '?' <"$out_file")
    err=$(tr '\0' '?' <"$err_file")
    rm -f "$out_file" "$err_file"
}

# outcome NAME STATUS OUT ERR: what the last `run` must have left.
outcome() {
    equal "$1" "status $2"$'\n'"$3"$'\n'"stderr:"$'\n'"$4" "status $status"$'\n'"$out"$'\n'"stderr:"$'\n'"$err"
}

# The kernel's table in the form of a save.
table() {
    "$ours" -Sn
}

# restore_table: makes the table from the lines of standard input.
restore_table() {
    "$ours" -C
    "$ours" -R
}
