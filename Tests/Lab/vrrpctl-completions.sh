#!/bin/bash
# where: host
# peers: zsh fish
# Bash, zsh and fish complete vrrpctl's verbs, the options of each, and files where an option takes one.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

tools=$repository/Tests/Lab/tools
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every line, and what its last word can become.
lines=()
offers=()
completes() {
    lines+=("$1")
    offers+=("${*:2}")
}

verbs() {
    "$vrrpctl" --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p'
}

# The long options of a verb, as its help has them.
long_options() {
    "$vrrpctl" "$1" --help | sed -n '/^OPTIONS:/,/^$/s/^  \(-.*\)/\1/p' | sed 's/   .*//' | grep -oE -e '--[a-z][a-z-]*'
}

# Those of them that take a file.
file_options() {
    "$vrrpctl" "$1" --help | sed -n 's/^  .*\(--[a-z][a-z-]*\) <FILE>.*/\1/p'
}

expect_everything() {
    local verb option words all
    mapfile -t all < <(verbs)
    for verb in "${all[@]}"; do
        # What is a verb already, such as server before servers, each shell takes in its own way.
        if [[ " ${all[*]} " != *" ${verb%?} "* ]]; then
            mapfile -t words < <(printf '%s\n' "${all[@]}" | grep "^${verb%?}")
            completes "vrrpctl ${verb%?}" "${words[@]}"
        fi
        mapfile -t words < <(long_options "$verb")
        completes "vrrpctl $verb --" "${words[@]}"
        if [[ " ${words[*]} " == *' --json '* ]]; then completes "vrrpctl $verb --js" --json; fi
        for option in $(file_options "$verb"); do
            completes "vrrpctl $verb $option some" some-file.conf
        done
    done
    completes 'vrrpctl check -f some' some-file.conf
    completes 'vrrpctl sniff --policy ' keepalived strict
}

bash_completes() {
    "$BASH" --norc --noprofile "$tools/completions.bash" "$repository/completions/vrrpctl.bash"
}

zsh_completes() {
    local root
    root=$(peer_folder zsh)
    # shellcheck disable=SC2016 # for zsh to expand
    "$root/bin/zsh" -fc '
        module_path=($1/usr/lib/*/zsh/*(/))
        fpath=($1/usr/share/zsh/functions/Completion{,/Base,/Zsh,/Unix})
        source $2/completions.zsh "${@[3,-1]}"
    ' zsh "$root" "$tools" "$repository/completions" "$root" "$work"
}

fish_completes() {
    local root
    root=$(peer_folder fish)
    # Fish believes that it is installed where it lies if this folder is there too.
    mkdir -p "$root/usr/etc/fish"
    HOME=$work LD_LIBRARY_PATH=$(printf '%s:' "$root"/usr/lib/*-linux-gnu "$root"/lib/*-linux-gnu) \
        "$root/usr/bin/fish" --no-config "$tools/completions.fish" "$repository/completions"
}

# check_shell NAME CMD: feeds all lines to the command, which completes them in one shell.
check_shell() {
    local index expected answers
    mapfile -t answers < <(cd "$work/files" && printf '%s\n' "${lines[@]}" | "$2" | in_order)
    mapfile -t expected < <(printf '%s\n' "${offers[@]}" | in_order)
    equal "$1 answers every line" ${#lines[@]} ${#answers[@]}
    [[ ${#lines[@]} -eq ${#answers[@]} ]] || return 0
    for index in "${!lines[@]}"; do
        equal "$1: ${lines[index]}" "${expected[index]}" "${answers[index]}"
    done
}

# Sorts the words of each line, each once; the shells have orders of their own.
in_order() {
    awk '{
        for (i = 2; i <= NF; i++)
            for (j = i; j > 1 && $j < $(j - 1); j--) { word = $j; $j = $(j - 1); $(j - 1) = word }
        line = $1
        for (i = 2; i <= NF; i++) if ($i != $(i - 1)) line = line " " $i
        print line
    }'
}

mkdir "$work/bin" "$work/files"
touch "$work/files/some-file.conf" "$work/files/other"
ln -s "$(realpath "$vrrpctl")" "$work/bin/vrrpctl"
export PATH=$work/bin:$PATH

expect_everything
check_shell bash bash_completes
check_shell zsh zsh_completes
check_shell fish fish_completes
finish
