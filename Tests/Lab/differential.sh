#!/bin/bash
# where: guest
# timeout: 1800
# The C program and ours do the same: output, messages, status and kernel table, byte for byte, for every case in
# Tests/Differential/cases and 500 random ones. By hand, arguments go to the program `differential` (--help lists them):
# `… Tests/Lab/differential.sh --filter TEXT --verbose`.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seed=20190324
cases=$repository/Tests/Differential/cases
differential=${BUILD:-$repository/.build/debug}/differential

# The suite wants host names of its own: in a mount namespace that ends with it.
if [[ ${1-} != --inside ]]; then
    exec unshare --mount -- "${BASH_SOURCE[0]}" --inside "$@"
fi
shift

schedulers=(rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh)

# Both programs are to find everything in the kernel; what modprobe would say is no business of this suite.
load_modules() {
    modprobe ip_vs
    modprobe ip_vs_pe_sip
    local scheduler
    for scheduler in "${schedulers[@]}"; do
        modprobe "ip_vs_$scheduler"
    done
}

# eth0 and eth1 for the synchronisation daemons; on lo a client, virtual addresses and real servers.
lay_network() {
    local number address
    ip link set lo up
    for number in 0 1; do
        ip link add "eth$number" type dummy
        ip address add "192.168.5$number.1/24" dev "eth$number"
        ip -6 address add "fd5$number::1/64" dev "eth$number" nodad
        ip link set "eth$number" up
    done
    for address in 10.1.0.{1,2,3,77,100}/32; do
        ip address add "$address" dev lo
    done
    for address in 2001:db8:1::{1,2,3,77,100}/128; do
        ip -6 address add "$address" dev lo nodad
    done
}

# Debian's own way to look names up, with our hosts and without a name server to ask.
lay_names() {
    local folder=$1
    cp "$repository/Tests/Differential/cases/hosts" "$folder/hosts"
    echo 'nameserver 127.0.0.1' >"$folder/resolv.conf"
    printf '%s\n' 'hosts: files dns' 'services: db files' 'protocols: db files' >"$folder/nsswitch.conf"
    local file
    for file in hosts resolv.conf nsswitch.conf; do
        [[ -e /etc/$file ]] || touch "/etc/$file"
        mount --bind "$folder/$file" "/etc/$file"
    done
}

# The C program's two scripts look for ipvsadm in the system's folders: here they find it beside themselves.
copy_oracle() {
    local folder=$1 name
    mkdir "$folder"
    cp "$oracle" "$folder/ipvsadm"
    for name in save restore; do
        sed "s|^PATH=|PATH=$folder:|" "$oracle-$name" >"$folder/ipvsadm-$name"
        chmod +x "$folder/ipvsadm-$name"
    done
}

copy_ours() {
    local folder=$1
    mkdir "$folder"
    cp "$ours" "$folder/ipvsadm"
    ln -s ipvsadm "$folder/ipvsadm-save"
    ln -s ipvsadm "$folder/ipvsadm-restore"
}

# copy_wrong FOLDER FALSIFICATION: the C program with a fault; it has what it wrote in the files out and err of its
# folder, and its exit status in $status.
copy_wrong() {
    local folder=$1 falsification=$2
    mkdir "$folder"
    cat >"$folder/ipvsadm" <<TEXT
#!/bin/bash
status=0
(exec -a ipvsadm "$scratch/c/ipvsadm" "\$@") >"$folder/out" 2>"$folder/err" || status=\$?
$falsification
cat "$folder/out"
cat "$folder/err" >&2
exit "\$status"
TEXT
    chmod +x "$folder/ipvsadm"
}

# compare PROGRAMS ARG...: judges the programs in that folder by the cases that the arguments give, in a network
# namespace of its own: it begins with an empty table and without connections.
compare() {
    unshare --net -- bash -c 'set -e; lay_network; exec "$@"' bash "$differential" --oracle "$scratch/c" --program "$@"
}
export -f lay_network

# compare_all PROGRAMS ARG...: by each file of cases in turn.
compare_all() {
    local file status=0
    for file in "$cases"/[1-9]*.cases; do
        compare "$@" "$cases/00-tables.cases" "$file" || status=1
    done
    return "$status"
}

# The case that a wrong program is judged by, and one in which ours differs on purpose.
judged=(--filter 'spellings: ipvsadm -LnX' "$cases/00-tables.cases" "$cases/20-parsing.cases")
intended=(--filter 'B-SORT: ipvsadm -Sn' "$cases/00-tables.cases" "$cases/40-listing.cases")

sees_nothing_wrong() {
    copy_wrong "$scratch/right" ':'
    compare "$scratch/right" "${judged[@]}"
}

# sees_it NAME FALSIFICATION WHAT: the one case fails, because of WHAT.
sees_it() {
    copy_wrong "$scratch/$1" "$2"
    fails "$3" "$scratch/$1" "${judged[@]}"
}

# Where ours is to differ, the C program itself is wrong.
sees_missing_exception() {
    fails 'B-SORT' "$scratch/right" "${intended[@]}"
}

# fails WHAT PROGRAMS ARG...
fails() {
    local what=$1 said status=0
    shift
    said=$(compare "$@") || status=$?
    [[ $status == 1 && $said == *"$what"* && $said == *"0 passed, 1 failed"* ]] || {
        printf '%s\n' "$said"
        return 1
    }
}

scratch=$(mktemp --directory)
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
load_modules
lay_names "$scratch"
copy_oracle "$scratch/c"
copy_ours "$scratch/ours"

if (($# > 0)); then
    compare_all "$scratch/ours" "$@"
    exit
fi

check "the suite passes a right program" sees_nothing_wrong
check "the suite misses an intended difference" sees_missing_exception
# shellcheck disable=SC2016 # the falsifications are expanded by the wrong program
{
    check "the suite sees one wrong byte of output" sees_it output \
        'sed -i "1s/Virtual/Virtuel/" "${0%/*}/out"' 'standard output: '
    check "the suite sees one wrong blank at a line's end" sees_it blank \
        'sed -i "s/0         \$/0        /" "${0%/*}/out"' 'standard output: '
    check "the suite sees a wrong message" sees_it message \
        'echo "warning" >>"${0%/*}/err"' 'standard error: '
    check "the suite sees a wrong exit status" sees_it status \
        'status=3' 'exit status: '
    check "the suite sees a change that should not be" sees_it table \
        "\"$scratch/c/ipvsadm\" -e -t 10.0.0.1:80 -r 10.0.0.2:80 -m -x 1" 'kernel table: '
}

# What differs belongs into the log as it is found, not only when `check` fails.
exec 3>&1
passes() {
    compare "$scratch/ours" "$@" >&3
}
for file in "$cases"/[1-9]*.cases; do
    check "both programs do the same: ${file##*/}" passes "$cases/00-tables.cases" "$file"
done
check "both programs do the same in random cases: --seed $seed --count 500" passes --seed "$seed" --count 500
finish
