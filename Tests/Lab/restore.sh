#!/bin/bash
# where: guest
# Restoring: all input is validated before the kernel is touched; kernel errors are counted and do not stop it; odd but
# harmless input is taken; what was saved comes back whole.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

trap '"$ours" -C' EXIT
standing="-A -t 10.9.9.9:99 -s rr
-a -t 10.9.9.9:99 -r 10.9.9.8:99 -g -w 7"

stand() {
    restore_table <<<"$standing"
}

# A usage error on any line: nothing is applied, the line is named, status 2.
usage_error() {
    local name=$1 input=$2 message=$3$'\nnothing was changed'
    stand
    run "$ours" -R <<<"$input"
    outcome "-R, $name" 2 "" "$message"
    equal "-R, $name: nothing applied" "$standing" "$(table)"
    run "$ours_restore" <<<"$input"
    outcome "ipvsadm-restore, $name" 2 "" "$message"
    equal "ipvsadm-restore, $name: nothing cleared" "$standing" "$(table)"
}

usage_errors() {
    usage_error "bad weight on line 3" "-A -t 10.0.0.1:80
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m
-a -t 10.0.0.1:80 -r 10.0.0.3:80 -m -w many" "line 3: illegal weight specified"
    usage_error "missing service on line 1" "-A -s rr" \
        "line 1: You need to supply the 'service-address' option for the 'add-service' command"
    usage_error "comments and blank lines count as lines" "# first

-A -t nonsense" "line 3: illegal virtual server address[:port] specified"
    usage_error "unknown option" "-A -t 10.0.0.1:80 --colour" "line 1: --colour: unknown option"
    usage_error "a stray word" "-A -t 10.0.0.1:80
-D -t 10.0.0.1:80 now" "line 2: unexpected argument now"
}

# What the kernel refuses is told with its line; the rest is applied; the last line counts.
kernel_errors() {
    "$ours" -C
    run "$ours" -R <<'RULES'
-A -t 10.0.0.1:80 -s rr
-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.2:80 -r 10.0.0.9:80 -m
-a -t 10.0.0.1:80 -r 10.0.0.9:80 -m
RULES
    outcome "kernel errors: told one by one, then counted, the first being named" 255 "" "\
Service already exists
Service not defined
2 of 4 rules failed; the first is on line 2: Service already exists"
    equal "kernel errors: the other lines are applied" "-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.0.0.9:80 -m -w 1" "$(table)"
}

# Input that an editor, a script or a habit may leave.
odd_input() {
    local expected="-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3"
    taken "a last line without newline" "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3"
    taken "a last line with blanks and no newline" "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3   "
    taken "comments" "# all\n-A -t 10.0.0.1:80 -s rr # service\n  # server\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3\n"
    taken "blank lines" "\n\n-A -t 10.0.0.1:80 -s rr\n\n \n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3\n\n"
    taken "quoted words" "-A -t \"10.0.0.1:80\" -s 'rr'\n-a -t 10.0.0.1:80 '-r' 10.0.0.2:\"80\" -m -w 3\n"
    taken "tabs and the program's name" "ipvsadm\t-A -t 10.0.0.1:80\t-s rr\nipvsadm -a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3\n"
    taken "lines that end as on Windows" "-A -t 10.0.0.1:80 -s rr\r\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 3\r\n"
}

taken() {
    "$ours" -C
    run "$ours" -R < <(printf '%b' "$2")
    outcome "$1: accepted" 0 "" ""
    equal "$1: applied" "$expected" "$(table)"
}

# Everything that a save can hold comes back the same, through either name of the program.
round_trip() {
    local saved
    saved="\
-A -t 10.0.0.1:80 -s sh -p 360 -M 255.255.255.0 --pe sip -b sh-fallback,sh-port
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 1 -x 100 -y 50
-a -t 10.0.0.1:80 -r 10.0.0.3:8080 -m -w 65535
-a -t 10.0.0.1:80 -r 10.0.0.4:80 -g -w 0
-a -t 10.0.0.1:80 -r 10.0.0.5:80 -i -w 1 --tun-type ipip
-a -t 10.0.0.1:80 -r 10.0.0.6:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum
-a -t 10.0.0.1:80 -r 10.0.0.7:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum
-a -t 10.0.0.1:80 -r 10.0.0.8:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-remcsum
-a -t 10.0.0.1:80 -r 10.0.0.9:80 -i -w 1 -y 7 -x 9 --tun-type gre --tun-csum
-A -t [2001:db8::1]:443 -s wrr -p 60 -M 64
-a -t [2001:db8::1]:443 -r [2001:db8::2]:443 -g -w 2
-a -t [2001:db8::1]:443 -r 10.0.0.9:443 -i -w 1 --tun-type ipip
-A -u 10.0.0.1:53 -s rr -o
-a -u 10.0.0.1:53 -r 10.0.0.2:53 -m -w 1
-A --sctp-service 10.0.0.1:2905 -s mh -b mh-port
-A -f 7 -s wlc -p 360
-a -f 7 -r 10.0.0.2:0 -g -w 1
-A -f 4294967295 -s lc
-A -f 7 -6 -s rr
-a -f 7 -6 -r [2001:db8::9]:0 -g -w 1"
    run restore_table <<<"$saved"
    outcome "a rich table is restored without a word" 0 "" ""
    local first
    first=$("$ours_save" -n)
    equal "a save of it holds every line" "$(sort_words <<<"$saved")" "$(sort_words <<<"$first")"
    "$ours" -C
    "$ours_restore" <<<"$first"
    equal "saved, restored and saved again it is the same" "$first" "$("$ours" -Sn)"
    "$ours_restore" <<<"$first"
    equal "ipvsadm-restore clears what is there first" "$first" "$("$ours" -Sn)"
    "$ours_restore" </dev/null
    equal "an empty input leaves an empty table" "" "$("$ours" -Sn)"
}

# Lines in any order with their words in any order.
sort_words() {
    while read -ra words; do
        printf '%s\n' "${words[@]}" | sort | xargs
    done | sort
}

ten_thousand_lines() {
    local rules
    rules=$(awk 'BEGIN {
        for (s = 1; s <= 100; s++) {
            printf "-A -t 10.0.0.%d:80 -s rr\n", s
            for (r = 1; r < 100; r++) printf "-a -t 10.0.0.%d:80 -r 10.0.1.%d:80 -m -w 1\n", s, r
        }
    }')
    run restore_table <<<"$rules"
    outcome "10,000 lines are restored" 0 "" ""
    equal "all 10,000 are there" "$(sort <<<"$rules")" "$(table | sort)"
    "$ours" -C
    run "$ours" -R < <(cat - <<<"$rules" && echo "-A -t 10.0.0.1")
    equal "an error on line 10,001 is named" "\
2 line 10001: Zero port specified for non-persistent service
nothing was changed" "$status $err"
    equal "and nothing was applied" "" "$(table)"
}

# Whatever bytes come in: an answer, never a crash.
hostile_input() {
    local seed
    for seed in 1 2 3 4 5 6 7 8; do
        run "$ours" -R < <(awk -v seed="$seed" 'BEGIN {
            srand(seed)
            for (n = 0; n < 5000; n++) printf "%c", int(rand() * 256)
        }')
        check "random bytes $seed: refused in words, not by a crash (status $status)" test "$status" -lt 128 -o "$status" -eq 255
    done
    run "$ours" -R < <(printf -- '-A -t '; head -c 1000000 /dev/zero | tr '\0' 9; echo)
    equal "a line of a megabyte: refused in words" "\
2 line 1: illegal virtual server address[:port] specified
nothing was changed" "$status $err"
}

usage_errors
kernel_errors
odd_input
round_trip
ten_thousand_lines
hostile_input
finish
