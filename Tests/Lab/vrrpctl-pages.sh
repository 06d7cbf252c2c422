#!/bin/bash
# where: host
# packages: mandoc jq
# The manual pages of vrrpctl say what the program does: vrrpctl.conf(5) has exactly the keywords of the parser's table,
# with their forms, ranges and defaults, and vrrpctl(8) the program's verbs and options; the examples pass `check`; the
# completions are those that the program generates.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

language=$repository/man/vrrpctl.conf.5
commands=$repository/man/vrrpctl.8
completions=$repository/completions
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What mandoc has to say, but for other manuals that this machine may lack.
lint() {
    mandoc -T lint "$@" 2>&1 | grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' || true
}

# A page with each paragraph on one line, without hyphenation.
as_text() {
    mandoc -T utf8 -O width=1000 "$1" | col -bx | sed 's/ *$//'
}

# What the page must say of each keyword: `BLOCK<TAB>KEYWORD FORM<TAB>facts` a line.
keywords_of_program() {
    "$vrrpctl" keywords --json | jq -r '.[] |
        [
            .scope, "\(.name) \(.form)",
            ([
                if .effect == "old spelling" then "Old spelling of \(.modern)."
                else
                    if .effect == "no effect" then "Without effect: \(.reason)." else empty end,
                    if .range then
                        .unit as $unit |
                        "Range: \(.range | sub("(?<end> in steps.*)?$"; (if $unit then " " + $unit else "" end) + (.end // "")))."
                    elif .unit then "Unit: \(.unit)." else empty end,
                    if .default then "Default: \(.default | sub("\\.$"; ""))." else empty end
                end
            ] | join(" "))
        ] | map(gsub("…"; "...") | gsub(" +"; " ") | gsub(" $"; "")) | join("\t")' | sort
}

# The same from a page's text on standard input. A heading in BLOCKS can name several blocks.
keywords_of_page() {
    awk '
        function finish(  i) {
            if (head != "") {
                for (i = 1; i <= count; i++) print block[i] "\t" head "\t" facts
                if (!explained) for (i = 1; i <= count; i++) print block[i] "\t" head "\tis not explained"
            }
            head = facts = ""
            explained = 0
        }
        /^[A-Z]/ { finish(); within = $0 == "BLOCKS"; count = 0 }
        !within { next }
        /^   [^ ]/ { finish(); sub(/^ +/, ""); count = split($0, block, /, /); next }
        count && /^     [^ ]/ { finish(); sub(/^ +/, ""); head = $0; next }
        head != "" && /^ / {
            gsub(/  +/, " ")
            sub(/^ /, "")
            if (match($0, /(Old spelling of|Without effect:|Range:|Unit:|Default:) /)) {
                facts = facts (facts == "" ? "" : " ") substr($0, RSTART)
                explained = explained || RSTART > 1 || $0 ~ /^Old spelling/
            } else {
                explained = 1
            }
        }
        END { finish() }
    ' | sort
}

# page_differs SED-SCRIPT: whether the page, changed so, no longer says what the program does.
page_differs() {
    sed "$1" "$language" >"$work/doctored.5"
    if cmp -s "$language" "$work/doctored.5"; then
        echo "the change has nothing to change: $1"
        return 1
    fi
    ! as_text "$work/doctored.5" | keywords_of_page | cmp -s "$work/program" -
}

check_language() {
    local block
    while IFS= read -r block; do
        equal "vrrpctl.conf(5) has the keywords of $block" \
            "$(grep -F "$block"$'\t' "$work/program")" "$(grep -F "$block"$'\t' "$work/page")"
    done < <(cut -f 1 "$work/program" "$work/page" | sort -u)
    equal 'the table of keywords was read' yes "$( (($(wc -l <"$work/program") > 400)) && echo yes)"

    check 'a keyword that the page lacks is found out' page_differs '/^\.It Ic router_id /d'
    check 'a keyword that the program lacks is found out' page_differs 's/^\.It Ic advert_int /&\nx\n.It Ic advert_interval /'
    check 'a wrong range is found out' page_differs 's/^Range: 1 to 255\.$/Range: 1 to 254./'
    check 'a wrong default is found out' page_differs '/^\.It Ic multiplier/,/^\.It/s/^Default: .*/Default: 4./'
    check 'a wrong form is found out' page_differs '/^\.It Ic priority /s/NUMBER/SECONDS/'
    check 'a keyword in the wrong block is found out' page_differs 's/^\.Ss vrrp_script$/.Ss vrrp_scripts/'
    check 'a keyword without an explanation is found out' page_differs '/^\.It Ic router_id /,/^Default/{/^[A-Z]/{/^Default/!d}}'
}

# The words that a line of these lists may have are explained in a chapter of their own.
check_lists() {
    local list chapter
    for list in virtual_ipaddress:ADDRESSES static_ipaddress:ADDRESSES virtual_routes:ROUTES static_routes:ROUTES \
        virtual_rules:RULES static_rules:RULES track_interface:TRACKING track_script:TRACKING; do
        chapter=${list#*:} list=${list%:*}
        equal "$chapter explains the words of $list" '' "$(comm -23 \
            <(cut -f 2 "$work/program" | sed -n "s/^$list {//p" | grep -oE '[a-z][a-z_0-9]+' | sort -u) \
            <(sed -n "/^$chapter\$/,/^[A-Z]/p" "$work/text" | grep -oE '[a-z][a-z_0-9]+' | sort -u))"
    done
}

# Each example as a file of its own, in the order of the page.
split_examples() {
    awk -v folder="$work" '
        /^\.Sh/ { within = /EXAMPLES/ }
        within && /^\.Bd -literal/ { file = folder "/example" ++count ".conf"; next }
        /^\.Ed/ { file = "" }
        file != "" { gsub(/\\e/, "\\"); print >file }
    ' "$language"
}

check_examples() {
    local file
    split_examples
    equal 'the examples were found' yes "$([[ -e $work/example4.conf ]] && echo yes)"
    for file in "$work"/example*.conf; do
        equal "${file##*/} of vrrpctl.conf(5) is right" "$file: no faults found" \
            "$("$vrrpctl" check --strict --any-host -f "$file" 2>&1)"
    done
    sed 's/priority/priorty/' "$work/example1.conf" >"$work/doctored.conf"
    status_is 'an example that is wrong is found out' 5 "$vrrpctl" check --any-host -f "$work/doctored.conf"
}

# Literal blocks of vrrpctl(8) that begin with `$ ` are sessions: what `$ cat FILE` shows becomes that file, and what
# other commands show must be what they print. a.conf and b.conf are the first example of vrrpctl.conf(5), with another
# priority in the second.
check_sessions() {
    local line command='' shown='' count=0
    mkdir "$work/session" "$work/bin"
    ln -s "$(realpath "$vrrpctl")" "$work/bin/vrrpctl"
    cp "$repository/Tests/CaptureFilesTests/Fixtures/linux-cooked-v2.pcap" "$work/session/traffic.pcap"
    cp "$work/example1.conf" "$work/session/a.conf"
    sed 's/priority 150/priority 100/' "$work/example1.conf" >"$work/session/b.conf"
    while IFS= read -r line; do
        if [[ $line == '$ '* ]]; then
            command=${line#'$ '} shown=
            while [[ $command == *'|' ]]; do
                IFS= read -r line
                command+=$'\n'$line
            done
        elif [[ $line == '.Ed' ]]; then
            end_of_command
            command=
        else
            shown+=$line$'\n'
        fi
    done < <(awk '/^\.Ed/ { print; within = 0 } within && /^\$ / { print ".Ed" } within { gsub(/\\e/, "\\"); print }
        /^\.Bd -literal/ { within = 1 }' "$commands")
    equal 'the sessions were found' yes "$( ((count >= 5)) && echo yes)"
}

# Uses the variables of check_sessions.
end_of_command() {
    [[ -n $command ]] || return 0
    if [[ $command == 'cat '* ]]; then
        printf %s "$shown" >"$work/session/${command#cat }"
        return
    fi
    count=$((count + 1))
    equal "vrrpctl(8) shows what this prints: ${command%%$'\n'*}" "${shown%$'\n'}" \
        "$(cd "$work/session" && PATH=$work/bin:$PATH bash -c "$command" 2>&1)"
}

# The verbs that --help lists.
verbs() {
    "$vrrpctl" --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p'
}

# The options that the help of a verb lists, and of the verbs below it, one a line.
options_of() {
    {
        "$vrrpctl" "$1" --help
        for below in $("$vrrpctl" "$1" --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p'); do
            "$vrrpctl" "$1" "$below" --help
        done
    } | sed -n '/^OPTIONS:/,/^$/{s/^  \(-.*\)/\1/p}' | sed 's/   .*//; s/<[^>]*>//g' \
        | grep -oE -e '--?[a-zA-Z][a-z-]*' | sort -u
}

# section TITLE: that part of the page.
section() {
    sed -n "/^\.Ss $1\$/,/^\.S[sh]/p" "$commands"
}

# The options that a verb's part of the page has items for; it can refer to those that choose the configuration.
options_in_page() {
    {
        section "vrrpctl $1"
        if [[ $(section "vrrpctl $1") == *'.Sx The configuration'* ]]; then section 'The configuration'; fi
    } | grep -E '^\.It Fl' | grep -oE '(Fl|,) -*[a-zA-Z][a-zA-Z-]*' | sed 's/^Fl //; s/^, //; s/^/-/' | sort -u
}

check_commands() {
    local verb
    equal 'vrrpctl(8) has the verbs of the program' "$(verbs | sort)" \
        "$(sed -n 's/^\.Ss vrrpctl \([a-z-]*\)$/\1/p' "$commands" | sort)"
    for verb in $(verbs); do
        equal "vrrpctl(8) has the options of vrrpctl $verb" "$(options_of "$verb" | grep -vx -e -h -e --help -e --version)" \
            "$(options_in_page "$verb")"
    done
}

# The members that the sources write as JSON are all in the page, as literals; those of the hidden verb `keywords` are
# no operator's business.
check_json_members() {
    local member count=0
    while read -r member; do
        count=$((count + 1))
        check "vrrpctl(8) has the JSON member $member" grep -qE "^\.((It|Pq) )?Li (.* )?$member( |\$)" "$commands"
    done < <(find "$repository/Sources/VRRPReporting" "$repository/Sources/vrrpctl" -name '*.swift' \
        ! -name KeywordsJSON.swift -exec sed -n 's/.*\.key("\([a-zA-Z_]*\)").*/\1/p' {} + | sort -u)
    equal 'the members were found in the sources' yes "$( ((count >= 15)) && echo yes)"
}

# The counters of rejected packets are all explained, and the page has none that the program lacks.
check_reasons() {
    equal 'vrrpctl(8) has the reasons of the program' \
        "$({ sed -n 's/^ *case .*= "\([a-z-]*\)"$/\1/p' "$repository/Sources/PacketFormats/Rejection.swift"; echo truncated; } | sort)" \
        "$(section 'vrrpctl sniff' | sed -n 's/^\.It Li \([a-z-]*\)$/\1/p' | sort)"
}

# So are the causes of a change of state.
check_causes() {
    local cause
    while read -r cause; do
        check "vrrpctl(8) has the cause $cause" grep -qE "^\.Li (.* )?$cause( |\$)" \
            <(section 'vrrpctl simulate')
    done < <(sed -n 's/^ *case \.[a-zA-Z]*: "\([a-z-]*\)"$/\1/p' \
        "$repository/Sources/VRRPReporting/TimelineCauses.swift")
}

check_completions() {
    local shell file
    for shell in bash:vrrpctl.bash zsh:_vrrpctl fish:vrrpctl.fish; do
        file=$completions/${shell#*:}
        "$vrrpctl" --generate-completion-script "${shell%%:*}" >"$work/completion"
        check "completions/${file##*/} is what the program generates" cmp "$work/completion" "$file"
    done
    check 'bash can read its completions' bash -n "$completions/vrrpctl.bash"
}

keywords_of_program >"$work/program"
as_text "$language" >"$work/text"
keywords_of_page <"$work/text" >"$work/page"
for page in "$language" "$commands"; do
    equal "mandoc has nothing to say about ${page##*/}" '' "$(lint "$page")"
done
check_language
check_lists
check_examples
check_sessions
check_commands
check_json_members
check_reasons
check_causes
check_completions
finish
