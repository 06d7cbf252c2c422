# Reads command lines; for each, types it and a tab into a zsh on a terminal of its own, and writes the
# words that zsh offers, on one line; with LINES as $4, what the line became instead.
# $1: the folder of the completion file, $2: where zsh is unpacked, $3: a folder to write to.
zmodload zsh/zpty zsh/zselect

export CAPTURE=$3/offers TERM=vt100

cat >$3/setup <<'SETUP'
PROMPT=
autoload -Uz compinit
compinit -u -D
# Every offer passes through compadd; those with -O or -A only compute.
compadd() {
    local -a hits
    if [[ ${@[(r)-[OAD]]} == '' ]]; then
        builtin compadd -O hits "$@"
        (( ! $#hits )) || print -rl -- $hits >>$CAPTURE
    fi
    builtin compadd "$@"
}
type_tab() {
    zle complete-word
    print -r -- "line: $BUFFER" >>$CAPTURE
    zle send-break
}
zle -N type_tab
bindkey '^I' type_tab
print ready >$CAPTURE
SETUP

# Waits until the last line of what zsh wrote looks like this.
await() {
    local deadline=$(( SECONDS + 60 )) last
    while last=${"$(<$CAPTURE)"##*$'\n'}; [[ $last != $~1 ]]; do
        if (( SECONDS > deadline )); then
            print -u 2 "zsh did not answer; last it wrote: $last"
            exit 1
        fi
        zpty -r -t shell >/dev/null
        zselect -t 2
    done
}

: >$CAPTURE
zpty shell $2/bin/zsh -f -i
zpty -w shell "module_path=($module_path); fpath=($1 $fpath); source $3/setup"
await ready
while IFS= read -r line; do
    : >$CAPTURE
    zpty -w -n shell "$line"$'\t'
    await 'line: *'
    if [[ -n $4 ]]; then
        print -r -- ${${(M)${(f)"$(<$CAPTURE)"}:#line: *}#line: }
        continue
    fi
    print -r -- ${(j: :)${(f)"$(<$CAPTURE)"}:#line: *}
done
zpty -d shell
