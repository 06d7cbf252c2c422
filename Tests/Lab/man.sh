#!/bin/bash
# where: host
# packages: mandoc
# The manual pages are sound, name every option and JSON field that the program has, and give examples that it takes;
# the completions know the same options.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pages=("$repository"/man/*.8)
page=$repository/man/ipvsadm.8
spellings=$repository/Sources/IPVSGrammar/Spelling.swift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What mandoc has to say, but for other manuals that this machine may lack.
lint() {
    mandoc -T lint "$@" 2>&1 | grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' || true
}

# A page as an operator sees it, in one long line, without hyphenation.
as_text() {
    mandoc -T utf8 "$1" | col -b | tr -s '[:space:]' ' '
}

# The table of spellings: `long letter` a line, `-` for no letter.
table() {
    sed -n 's/^ *Spelling("\([a-z0-9-]*\)", \("\(.\)"\|nil\),.*/\1 \3/p' "$spellings" | sed 's/ $/ -/'
}

check_pages() {
    local file
    for file in "${pages[@]}"; do
        equal "mandoc has nothing to say about ${file##*/}" '' "$(lint "$file")"
    done
    while read -r file; do
        check "$file(8), which others refer to, is there" test -e "$repository/man/$file.8"
    done < <(sed -n 's/^\.Xr \(ipvsadm[a-z-]*\) 8.*/\1/p' "${pages[@]}" | sort -u)
}

# Every option is explained in the page, and no shell lacks it or knows one that is not there.
check_options() {
    local long letter
    while read -r long letter; do
        check "ipvsadm(8) has --$long" says "$work/text" "--$long"
        [[ $letter == - ]] || check "ipvsadm(8) has -$letter" says "$work/text" "-$letter"
        [[ $long == sort ]] || check_shells_know "$long"
    done <"$work/table"
    equal 'bash knows the letters of all options' \
        "$(awk '$2 != "-" { print $1 "=" $2 }' "$work/table" | sort)" \
        "$(sed -n "/^_ipvsadm_letters=/,/'\$/p" "$repository/completions/ipvsadm.bash" | grep -o '[a-z0-9-]*=[A-Za-z0-9]' | sort)"
    equal 'zsh knows no option that the program lacks' '' \
        "$(unknown "$(grep -o -e '--[a-z][a-z0-9-]*' "$repository/completions/_ipvsadm" | sed 's/^--//')")"
    equal 'fish knows no option that the program lacks' '' \
        "$(unknown "$(sed -n 's/^__ipvsadm_declare \([a-z0-9-]*\) .*/\1/p; s/^__ipvsadm_declare_command .*-l \([a-z-]*\).*/\1/p' \
            "$repository/completions/ipvsadm.fish")")"
}

# says FILE WORD: whether the text has the word as a word of its own.
says() {
    grep -qE -e "(^|[^a-zA-Z0-9-])$2([^a-zA-Z0-9-]|\$)" "$1"
}

check_shells_know() {
    check "bash completes --$1" says "$repository/completions/ipvsadm.bash" "$1"
    check "zsh completes --$1" says "$repository/completions/_ipvsadm" "--$1"
    check "fish completes --$1" says "$repository/completions/ipvsadm.fish" "(-l )?$1"
}

# Those of the words that the table lacks.
unknown() {
    comm -23 <(sort -u <<<"$1") <(cut -d ' ' -f 1 "$work/table" | sort -u)
}

# The fields that the sources write are all in the page, as literals.
check_json_fields() {
    local field count=0
    while read -r field; do
        count=$((count + 1))
        check "ipvsadm(8) has the JSON field $field" grep -qE "^\.(It )?Li (.* )?$field( |\$)" "$page"
    done < <(grep -rhoE '(\.key\(|for key: StaticString in \[)[^])]*' "$repository"/Sources/{Reporting,IPVS*} \
        | grep -o '"[a-z_]*"' | tr -d '"' | sort -u)
    equal 'the fields were found in the sources' yes "$( ((count > 40)) && echo yes)"
}

# Every command line of the examples, as a rule that is only checked; -R itself is no rule, and is told so once it is
# understood.
check_examples() {
    local line command expected
    while read -r line; do
        command=${line%%[<>|]*}
        expected=
        case $command in
            'ipvsadm-save '*) command="-S ${command#* }" ;;
            'ipvsadm-restore '*) command="-R ${command#* }" ;;
        esac
        [[ $command != *'-R '* ]] || expected=$'line 1: `-R\' has no place in restore input\nnothing was changed'
        equal "the example is right: $line" "$expected" "$("$ours" -R --check <<<"$command" 2>&1)"
    done < <(sed -n '/^\.Bd -literal/,/^\.Ed/p' "${pages[@]}" | grep '^ipvsadm')
}

# diagnosed MESSAGE ARG…: the program gives this message for these arguments, and the page explains it.
diagnosed() {
    local message=$1
    shift
    equal "message of$(printf ' %q' "$@")" "$message" "$("$ours" "$@" 2>&1)"
    check "ipvsadm(8) explains it" grep -qF -e "$message" "$work/text"
}

mapfile -t rows < <(table)
equal 'the table of spellings was read' yes "$([[ ${#rows[@]} -ge 58 ]] && echo yes)"
printf '%s\n' "${rows[@]}" >"$work/table"
as_text "$page" >"$work/text"

check_pages
check_options
check_json_fields
check_examples
diagnosed 'illegal virtual server address[:port] specified' -A -t 10.0.0.1:nosuch
diagnosed 'illegal real server address[:port] specified' -a -t 10.0.0.1:80 -r 7
diagnosed "You need to supply the 'service-address' option for the 'add-server' command" -a -r 10.0.0.2
diagnosed "Illegal 'weight' option with the 'add-service' command" -A -t 10.0.0.1:80 -w 1
diagnosed 'Zero port specified for non-persistent service' -A -t 10.0.0.1
diagnosed '-6 used before -f' -L -6 -f 1
diagnosed 'Different address family is allowed only for tunneling servers' -a -t 10.0.0.1:80 -r 2001:db8::1 -m
finish
