# Reads command lines; for each, writes the words that bash offers for its last one, on one line.
# $1: the completion file. $2, if given: bash-completion's own functions, loaded before it.
# shellcheck shell=bash source=/dev/null
[[ -z ${2-} ]] || . "$2"
. "$1"

declare -A completers=()
for name in ipvsadm ipvsadm-save ipvsadm-restore vrrpctl; do
    # As `complete -o filenames -F _vrrpctl vrrpctl`.
    completers[$name]=$(complete -p "$name" 2>/dev/null | sed -n 's/.* -F \([^ ]*\) .*/\1/p')
done

while IFS= read -r COMP_LINE; do
    COMP_POINT=${#COMP_LINE}
    read -ra COMP_WORDS <<<"$COMP_LINE"
    [[ $COMP_LINE != *' ' ]] || COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    "${completers[${COMP_WORDS[0]}]}" "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    # Bash replaces only what follows the last colon or equals sign, so the offer lacks what precedes it.
    head=${COMP_LINE##* }
    head=${head%"${head##*[:=]}"}
    words=()
    for word in "${COMPREPLY[@]}"; do
        word=$head$word
        [[ $word != --*=* ]] || word=${word#*=}
        words+=("${word##*,}")
    done
    printf '%s\n' "${words[*]}"
done
