# Reads command lines; for each, writes the words that bash offers for its last one, on one line.
# $1: the completion file. $2, if given: bash-completion's own functions, loaded before it.
# shellcheck shell=bash source=/dev/null
[[ -z ${2-} ]] || . "$2"
. "$1"

declare -A completers=()
for name in ipvsadm ipvsadm-save ipvsadm-restore; do
    read -ra words < <(complete -p "$name")
    completers[$name]=${words[2]}
done

while IFS= read -r COMP_LINE; do
    COMP_POINT=${#COMP_LINE}
    "${completers[${COMP_LINE%% *}]}"
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
