#!/bin/bash
# where: guest
# packages: python3
# --watch on a terminal: redrawn, in the terminal's size, in colour or not, ended by q, the terminal left as it was. Not
# on a terminal: plain listings, again and again.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

work=$(mktemp -d)
trap '"$ours" -C; rm -rf "$work"' EXIT
export TERM=xterm-256color
unset NO_COLOR

on_terminal() {
    local rows=$1 columns=$2
    shift 2
    python3 "$repository/Tests/Lab/tools/terminal.py" "$rows" "$columns" "$work/screen" "$@"
}

# The frames that were drawn, without their escape sequences; `=` between them.
frames() {
    sed -E -e 's/\x1b\[H/\n=\n/g' -e 's/\x1b\[[0-9;?]*[A-Za-z]//g' -e 's/\r//g' "$work/screen"
}

# widest FIRST: of the frames from that one on.
widest() {
    frames | awk -v first="$1" '$0 == "=" { frame++; next } frame >= first && length > most { most = length } END { print most + 0 }'
}

highest() {
    frames | awk '$0 == "=" { if (lines > most) most = lines; lines = 0; next } NF { lines++ } END { print (lines > most ? lines : most) }'
}

few_servers() {
    restore_table <<'RULES'
-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3
-A -t [2001:db8::1]:443 -s wlc
RULES
}

ends_well="status 0
terminal as before"

few_servers
equal "shows the table, again and again, until q" "$ends_well" \
    "$(on_terminal 24 80 see:10.0.0.1:80 see:10.0.0.2:80 see:10.0.0.1:80 see:10.0.0.2:80 type:q -- "$ours" -Ln --watch=1)"
check "IPv6 services as well" grep -qF '[2001:db8::1]:443' "$work/screen"
check "on the other screen, which it leaves" grep -q $'^\e\\[?1049h.*' "$work/screen"
equal "the very last: the cursor is back, and the first screen" $'\e[?25h\e[?1049l' "$(tail -c 14 "$work/screen")"
check "in colour or bold" grep -q $'\e\\[[0-9;]*m' "$work/screen"
check "no line wider than the terminal (widest: $(widest 1))" test "$(widest 1)" -le 80

equal "NO_COLOR" "$ends_well" "$(NO_COLOR=1 on_terminal 24 80 see:10.0.0.2:80 see:10.0.0.2:80 type:q -- "$ours" -Ln --watch=1)"
refuses "NO_COLOR: no colour at all" grep -qE $'\e\\[([0-9]*;)*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]' "$work/screen"

equal "shows what changes" "$ends_well" "$(on_terminal 24 80 see:10.0.0.2:80 \
    "run:$ours -a -t 10.0.0.1:80 -r 10.0.0.33:80 -m -w 9" see:10.0.0.33:80 \
    "run:$ours -C" 'see:0 services' type:q -- "$ours" -Ln --watch=1)"
few_servers

equal "takes another size of the terminal" "$ends_well" "$(on_terminal 24 80 see:10.0.0.2:80 resize:10x40 \
    see:10.0.0.2:80 see:10.0.0.2:80 see:10.0.0.2:80 type:q -- "$ours" -Ln --watch=1)"
check "then no line is wider than that (widest: $(widest 3))" test "$(widest 3)" -le 40

restore_table < <(for number in {1..99}; do echo "-A -t 10.0.0.$number:80 -s rr"; done)
equal "more services than lines" "$ends_well" "$(on_terminal 20 80 see:10.0.0.5:80 see:10.0.0.5:80 type:q -- "$ours" -Ln --watch=1)"
check "no more lines than the terminal has (most: $(highest))" test "$(highest)" -le 20
few_servers

equal "Ctrl-C ends it, the terminal as before" "terminal as before" \
    "$(on_terminal 24 80 see:10.0.0.2:80 $'type:\x03' -- "$ours" -Ln --watch=1 | tail -n 1)"
equal "and its last bytes bring back cursor and screen" $'\e[?25h\e[?1049l' "$(grep -aoF $'\e[?25h\e[?1049l' "$work/screen" | tail -n 1)"
equal "so does the end that a service manager sends" "terminal as before" \
    "$(on_terminal 24 80 see:10.0.0.2:80 signal:SIGTERM -- "$ours" -Ln --watch=1 | tail -n 1)"
check "with cursor and screen back" grep -qaF $'\e[?25h\e[?1049l' "$work/screen"

# Not on a terminal.
listings() {
    [[ $(grep -c '^IP Virtual Server version' "$work/plain") -ge $1 ]]
}

"$ours" -Ln --watch=1 >"$work/plain" &
watching=$!
check "not on a terminal: listing after listing" eventually 20 listings 3
kill "$watching"
wait "$watching" 2>/dev/null || true
refuses "without an escape sequence" grep -q $'\e' "$work/plain"
equal "each like a listing" "$("$ours" -Ln)" "$(awk '/^IP Virtual/ { number++ } number == 2 && NF' "$work/plain")"
run "$ours" -Ln --watch=0
equal "an interval of nothing is refused" 2 "$status"
run "$ours" -Ln --watch=often
equal "an interval that is no number is refused" 2 "$status"
run "$ours" -A -t 10.0.0.9:80 --watch
equal "--watch with another command is refused" 2 "$status"
finish
