#!/bin/bash
# where: host
# What scripts/lab promises: in a User-Mode Linux guest, and on a kernel that has ip_vs, which that guest is.
# shellcheck disable=SC2016 # what is in single quotes is for the shell inside
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

lab=$repository/scripts/lab
if [[ ${1-} == inside ]]; then
    way="own kernel" run=("$lab")
else
    way=guest run=("$lab" --guest)
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The lab's own temporary files go here too, so that what it leaves behind is seen.
mkdir "$scratch/temporary" "$scratch/a folder, with: marks"
export TMPDIR=$scratch/temporary
cd "$scratch/a folder, with: marks"

nothing_left() {
    [[ -z $(ls -A "$TMPDIR") ]] && no_process && ! grep -qF "$TMPDIR" /proc/self/mounts
}

# The lab's processes have the job folder on their command line; on the own kernel one also sees those of
# the command, here always `sleep 54321`.
no_process() {
    local process words
    for process in /proc/[0-9]*/cmdline; do
        words=$(tr '\0' ' ' <"$process" 2>/dev/null) || continue
        [[ $words != *"$TMPDIR"* && $words != "sleep 54321 " ]] || return 1
    done
}

passes_through() {
    local out status=0
    out=$("${run[@]}" sh -c 'echo output; echo error >&2; exit 7' 2>"$scratch/errors") || status=$?
    equal "$way: exit status" 7 "$status"
    equal "$way: output" output "$out"
    equal "$way: errors, apart" error "$(<"$scratch/errors")"
    status_is "$way: a signal's status" 139 "${run[@]}" sh -c 'kill -SEGV $$'
    status_is "$way: no such command" 127 "${run[@]}" no-such-command

    out=$("${run[@]}" printf '<%s>' 'two words' $'a\nline' "it's" '"$HOME" \ *' '' $'\xff' | od -c)
    equal "$way: odd arguments" "$(printf '<%s>' 'two words' $'a\nline' "it's" '"$HOME" \ *' '' $'\xff' | od -c)" "$out"
    out=$(ODD=$'two\nlines of $HOME' "${run[@]}" sh -c 'printf %s "$ODD"')
    equal "$way: environment" $'two\nlines of $HOME' "$out"
    equal "$way: working directory" "$PWD" "$("${run[@]}" pwd)"
    equal "$way: standard input is empty" "" "$(echo something | "${run[@]}" cat)"
    head -c 300000 /dev/urandom >"$scratch/bytes"
    check "$way: bytes come out as they were" cmp "$scratch/bytes" <("${run[@]}" cat "$scratch/bytes")

    equal "$way: root, loopback up, a table" "0 UP IP" "$("${run[@]}" sh -c \
        'id -u; ip -br link show lo | grep -o UP | head -n 1; modprobe ip_vs; cut -c 1-2 /proc/net/ip_vs | head -n 1' | xargs)"
    check "$way: network namespaces" "${run[@]}" sh -ec 'ip netns add a; ip netns exec a true; ip netns delete a'
    check "$way: terminals" "${run[@]}" script -qec 'test -t 1' /dev/null
    equal "$way: a process left behind does not hold it up" begun "$("${run[@]}" sh -c 'sleep 54321 & echo begun')"
    status_is "$way: nobody reads any more" 141 \
        bash -c '"$@" yes | head -n 1 >/dev/null; exit "${PIPESTATUS[0]}"' - "${run[@]}"
    status_is "$way: misuse" 125 "${run[@]}" --no-such-option true
}

files_are_safe() {
    mounted_files_too
    : >"$scratch/kept"
    "${run[@]}" sh -c "echo changed >'$scratch/kept'
        for folder in / /etc /tmp /root /usr '$PWD'; do echo x >\"\$folder/lab-was-here\"; done"
    equal "$way: a file stays as it was" "" "$(<"$scratch/kept")"
    equal "$way: no new file" "" "$(ls -d {/,/etc,/tmp,/root,/usr,"$PWD"}/lab-was-here 2>/dev/null)"
    mkdir "$scratch/the results"
    "${run[@]}" --results "$scratch/the results" sh -c 'echo "$LAB_RESULTS" >"$LAB_RESULTS/file"'
    equal "$way: results come out" "$scratch/the results" "$(<"$scratch/the results/file")"
}

# File systems and single files that are mounted somewhere: seen inside, changed nowhere. Only inside, where we
# are root and what we mount ends with the guest.
mounted_files_too() {
    [[ $way == "own kernel" ]] || return 0
    mkdir "$scratch/disk"
    mount -t tmpfs tmpfs "$scratch/disk"
    echo before >"$scratch/disk/file"
    echo "10.9.9.9 elsewhere" >"$scratch/hosts"
    mount --bind "$scratch/hosts" /etc/hosts
    equal "$way: mounted files are seen" "before 10.9.9.9 elsewhere" \
        "$("${run[@]}" sh -c "cat '$scratch/disk/file' /etc/hosts; echo after | tee '$scratch/disk/file' >/etc/hosts" | xargs)"
    equal "$way: mounted files stay as they were" "before 10.9.9.9 elsewhere" \
        "$(cat "$scratch/disk/file" /etc/hosts | xargs)"
    umount /etc/hosts "$scratch/disk"
}

time_ends() {
    status_is "$way: time limit" 124 "${run[@]}" --timeout 4 sleep 54321
    check "$way: time limit leaves nothing" nothing_left
}

# stopped_by SIGNAL STATUS
stopped_by() {
    local signal=$1 expected=$2 pid status=0 began
    mkdir -p "$scratch/running"
    rm -f "$scratch/running/yes"
    env --default-signal=INT "${run[@]}" --results "$scratch/running" \
        sh -c 'sleep 54321 & touch "$LAB_RESULTS/yes"; sleep 54321' &
    pid=$!
    check "$way, $signal: it began" eventually 60 test -e "$scratch/running/yes"
    began=$SECONDS
    kill -s "$signal" "$pid"
    wait "$pid" || status=$?
    equal "$way, $signal: status" "$expected" "$status"
    check "$way, $signal: it ends at once" test $((SECONDS - began)) -le 3
    check "$way, $signal: nothing is left" nothing_left
}

two_at_once() {
    local meet first second status=0
    mkdir "$scratch/pair"
    # Each waits for the other's file: they end only if both run.
    # shellcheck disable=SC2016 # for the inner shell
    meet='touch "$LAB_RESULTS/$1"; until [ -e "$LAB_RESULTS/$2" ]; do sleep 0.1; done'
    "${run[@]}" --timeout 120 --results "$scratch/pair" sh -c "$meet" - one two &
    first=$!
    "${run[@]}" --timeout 120 --results "$scratch/pair" sh -c "$meet" - two one &
    second=$!
    wait "$first" || status=$?
    wait "$second" || status=$?
    equal "$way: two at once" 0 "$status"
}

# Each file that a guest has read stays open on the host until the guest forgets it.
more_files_than_may_be_open() {
    (
        ulimit -n 6000
        "${run[@]}" --timeout 120 bash -c 'find /usr -xdev -type f -size -8 -print0 | head -zn 12000 | xargs -0 cat >/dev/null && ls /usr >/dev/null'
    )
}

passes_through
files_are_safe
[[ $way != guest ]] || check "$way: more files than the host lets a process have open" more_files_than_may_be_open
time_ends
stopped_by INT 130
stopped_by TERM 143
two_at_once
check "$way: after all, nothing is left" nothing_left

# The same once more, inside: its lines and its count are part of this suite.
if [[ $way == guest ]]; then
    "${run[@]}" "$repository/Tests/Lab/lab.sh" inside >"$scratch/inside" 2>&1 || true
    while IFS= read -r line; do
        case $line in
            "ok   "*) pass "${line#ok   }" ;;
            "FAIL "*) fail "${line#FAIL }" ;;
            *) echo "$line" ;;
        esac
    done < <(grep -v '^CHECKS' "$scratch/inside")
    check "the inner half came to its end" grep -q '^CHECKS [1-9]' "$scratch/inside"
fi
finish
