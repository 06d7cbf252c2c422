#!/bin/bash
# where: host
# The ip_vs module is loaded when it is missing; where it cannot be, or we are not root, that is said in the C program's
# words. Help, version and errors of syntax need neither.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# It takes modules out of the kernel: in a guest of its own, and never in the kernel that this machine runs.
[[ -n ${in_own_guest-} ]] || exec env in_own_guest=yes "$repository/scripts/lab" --guest "$0"
# shellcheck source=Tests/Lab/tools/outcome.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools/outcome.sh"

hidden=
trap 'show_modules; modprobe ip_vs; "$ours" -C' EXIT

hide_modules() {
    mount -t tmpfs tmpfs /lib/modules
    hidden=yes
}

show_modules() {
    [[ -z $hidden ]] || umount /lib/modules
    hidden=
}

remove_module() {
    local module
    "$ours" -C
    # Those that use it go first.
    for module in $(lsmod | awk '$1 ~ /^ip_vs_/ { print $1 }') ip_vs; do
        modprobe --remove "$module"
    done
    ! grep -q '^ip_vs ' /proc/modules
}

as_nobody() {
    setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}

# Both programs must leave the same, each called by the same name.
same() {
    local name=$1 theirs_out theirs_err theirs_status
    shift
    run in_its_place "$oracle" "$@"
    theirs_out=$out theirs_err=$err theirs_status=$status
    run in_its_place "$ours" "$@"
    outcome "$name: as the C program" "$theirs_status" "$theirs_out" "$theirs_err"
}

# in_its_place PROGRAM [as_nobody] ARGUMENT…: with argv[0] `ipvsadm` whatever the program's path.
in_its_place() {
    local program=$1 who=()
    shift
    if [[ $1 == as_nobody ]]; then
        who=(setpriv --reuid 65534 --regid 65534 --clear-groups)
        shift
    fi
    # shellcheck disable=SC2016 # for the inner shell
    "${who[@]}" "$BASH" -c 'exec -a ipvsadm "$0" "$@"' "$program" "$@"
}

needs_neither() {
    local name=$1 expected=$2
    shift 2
    run as_nobody "$ours" "$@"
    equal "$name needs neither root nor module" "$expected" "$status $err"
}

not_root() {
    local message="Can't initialize ipvs: Permission denied (you must be root)
Are you sure that IP Virtual Server is built in the kernel or as module?"
    run as_nobody "$ours" -Ln
    outcome "not root: a listing" 2 "" "$message"
    run as_nobody "$ours" -A -t 10.0.0.1:80
    outcome "not root: an addition" 2 "" "$message"
    run as_nobody "$ours" -C
    outcome "not root: clear" 2 "" "$message"
    same "not root, -Ln" as_nobody -Ln
    same "not root, -A" as_nobody -A -t 10.0.0.1:80
    run as_nobody "$ours" -R --check <<<"-A -t 10.0.0.1:80"
    outcome "not root: checking rules" 0 "" ""
}

loaded_when_missing() {
    check "the module can be removed" remove_module
    run "$ours" -Ln
    equal "a listing loads it" "0 " "$status $err"
    check "it is loaded" grep -q '^ip_vs ' /proc/modules
    remove_module
    run "$ours" -A -t 10.0.0.1:80 -s sed
    outcome "an addition loads it, and its scheduler" 0 "" ""
    check "the scheduler is loaded" grep -q '^ip_vs_sed ' /proc/modules
}

not_to_be_had() {
    remove_module
    hide_modules
    same "no module: a listing" -Ln
    same "no module: an addition" -A -t 10.0.0.1:80
    same "no module: a restore" -R
    needs_neither "-h" "0 " -h
    needs_neither "-v" "0 " -v
    needs_neither "an error of syntax" "2 illegal weight specified" -a -t 10.0.0.1:80 -r 10.0.0.2 -w x
    needs_neither "a missing option" \
        "2 You need to supply the 'service-address' option for the 'add-service' command" -A
    show_modules
}

modprobe ip_vs
not_root
loaded_when_missing
not_to_be_had
finish
