#!/bin/bash
# where: guest
# peers: zsh fish bash-completion
# Bash, zsh and fish complete commands, the options that each command takes, schedulers, and the services and servers
# that the kernel's table has.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

tools=$repository/Tests/Lab/tools
work=$(mktemp -d)
trap 'rm -rf "$work"; "$ours" -C' EXIT

# The folder with the completions as they are installed: beside the program, or in a scratch place if it is a build.
installed_share() {
    local share
    share=$(realpath "$ours")
    share=${share%/sbin/ipvsadm}/share
    if [[ ! -e $share/bash-completion/completions/ipvsadm ]]; then
        "$repository/scripts/install" --program "$ours" --prefix "$work/installed" >&2
        share=$work/installed/share
    fi
    echo "$share"
}

fill_table() {
    "$ours" -C
    "$ours" -R <<'RULES'
-A -t 10.0.0.1:80 -s rr
-a -t 10.0.0.1:80 -r 10.0.0.2:80 -m
-a -t 10.0.0.1:80 -r 10.0.0.3:80 -m
-A -t 10.0.0.1:443 -s sh
-a -t 10.0.0.1:443 -r 10.0.0.9:443 -m
-A -t [2001:db8::1]:80 -s rr
-a -t [2001:db8::1]:80 -r [2001:db8::2]:80 -m
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.0.0.4:53 -m
-A --sctp-service 10.0.0.1:2905 -s rr
-A -f 5 -s rr
-a -f 5 -r 10.0.0.6:0 -g
-A -f 5 -6 -s rr
-a -f 5 -6 -r [2001:db8::6]:0 -g
-A -f 77 -s rr
RULES
}

# Those that this kernel's modules bring.
schedulers_of_kernel() {
    find "/lib/modules/$(uname -r)" -name 'ip_vs_*.ko*' -printf '%f\n' \
        | sed 's/^ip_vs_//; s/\.ko.*//' | grep -vx -e ftp -e 'pe_.*' | tr '\n' ' '
}

# Every line, and what its last word can become.
lines=()
offers=()
completes() {
    lines+=("$1")
    offers+=("${*:2}")
}

expect_everything() {
    local any_service='-t --tcp-service -u --udp-service --sctp-service -f --fwmark-service'
    local scheduling='-s --scheduler -b --sched-flags -p --persistent -M --netmask --pe -o --ops'
    local thresholds='-x --u-threshold -y --l-threshold'
    local methods='-g --gatewaying -i --ipip -m --masquerading'
    local tunnels='--tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum'

    completes 'ipvsadm ' -A -E -D -C -a -e -d -L -Z --set --start-daemon --stop-daemon -S -R -h -v
    completes 'ipvsadm --s' --set --start-daemon --stop-daemon --save
    completes 'ipvsadm --start-daemon ' master backup
    completes 'ipvsadm --stop-daemon=b' backup

    completes 'ipvsadm -A -' "$any_service $scheduling"
    completes 'ipvsadm -E -t 10.0.0.1:80 -' "$scheduling" --patch
    completes 'ipvsadm -D -' "$any_service"
    completes 'ipvsadm -Z -f 5 -' -6 --ipv6
    completes 'ipvsadm -C -' ''
    completes 'ipvsadm -a -t 10.0.0.1:80 -' -r --real-server "$methods $tunnels $thresholds" -w --weight
    completes 'ipvsadm -e -t 10.0.0.1:80 -r 10.0.0.2:80 -m --tun-csum -' -w --weight "$thresholds" --tun-type --tun-port \
        --patch --wait
    completes 'ipvsadm -d -t 10.0.0.1:80 -' -r --real-server --wait
    completes 'ipvsadm -L -' "$any_service" -n --numeric -c --connection --timeout --daemon --stats --rate --thresholds \
        --persistent-conn --tun-info -X --exact --nosort --json --watch
    completes 'ipvsadm -Ln --rate -t 10.0.0.1:80 -' --persistent-conn --tun-info -X --exact --nosort --json --watch
    completes 'ipvsadm -Lcn -' "$any_service" -r --real-server --persistent-conn --json
    completes 'ipvsadm -L --daemon -' -n --numeric --json
    completes 'ipvsadm -L --json --w' ''
    completes 'ipvsadm -L --watch 5 --e' --exact
    completes 'ipvsadm --start-daemon master --s' --syncid --sync-maxlen
    completes 'ipvsadm --stop-daemon master --' --syncid
    completes 'ipvsadm -S -' -n --numeric --json
    completes 'ipvsadm -R -' --replace --check
    completes 'ipvsadm -R --replace --' --dry-run --check
    completes 'ipvsadm -R --replace --dry-run --' ''
    completes 'ipvsadm-save -' -n --json
    completes 'ipvsadm-restore --' --replace --check
    completes 'ipvsadm-restore --replace --' --dry-run --check

    completes 'ipvsadm -A -t 10.0.0.5:80 -s ' "$(schedulers_of_kernel)"
    completes 'ipvsadm -At 10.0.0.5:80 -s wr' wrr
    completes 'ipvsadm -A -t 10.0.0.5:80 --scheduler=l' lblc lblcr lc
    completes 'ipvsadm -A -t 10.0.0.5:80 -b ' flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port
    completes 'ipvsadm -A -t 10.0.0.5:80 -s sh -b ' sh-fallback sh-port
    completes 'ipvsadm -A -t 10.0.0.5:80 -s mh -b mh-port,' mh-fallback
    completes 'ipvsadm -A -t 10.0.0.5:80 -s rr -b f' flag-1 flag-2 flag-3
    completes 'ipvsadm -A -t 10.0.0.5:80 -p --pe ' sip
    completes 'ipvsadm -A -t 10.0.0.5:80 -p 300 --p' --pe
    completes 'ipvsadm -a -t 10.0.0.1:80 -r 10.0.0.7 -i --tun-type ' ipip gue gre
    completes 'ipvsadm --start-daemon master --mcast-interface l' lo

    completes 'ipvsadm -A -t ' ''
    completes 'ipvsadm -D -t ' 10.0.0.1:80 10.0.0.1:443 '[2001:db8::1]:80'
    completes 'ipvsadm -D -t 10.0.0.1:8' 10.0.0.1:80
    completes 'ipvsadm -E --tcp-service=10.0.0.1:' 10.0.0.1:80 10.0.0.1:443
    completes 'ipvsadm -D -u ' 10.0.0.1:53
    completes 'ipvsadm -D --sctp-service ' 10.0.0.1:2905
    completes 'ipvsadm -D -f ' 5 77
    completes 'ipvsadm -L -n -t 10.0.0.1:4' 10.0.0.1:443
    completes 'ipvsadm -dt ' 10.0.0.1:80 10.0.0.1:443 '[2001:db8::1]:80'
    completes 'ipvsadm -a -t 10.0.0.1:80 -r ' ''
    completes 'ipvsadm -d -t 10.0.0.1:80 -r ' 10.0.0.2:80 10.0.0.3:80
    completes 'ipvsadm -e -t 10.0.0.1:80 -r 10.0.0.3:' 10.0.0.3:80
    completes 'ipvsadm -d -u 10.0.0.1:53 -r ' 10.0.0.4:53
    completes 'ipvsadm -d -t [2001:db8::1]:80 -r ' '[2001:db8::2]:80'
    completes 'ipvsadm -d -f 5 -r ' 10.0.0.6:0
    completes 'ipvsadm -d -f 5 -6 -r ' '[2001:db8::6]:0'
    completes 'ipvsadm -d -f 77 -r ' ''
    completes 'ipvsadm -L -c -n -r ' 10.0.0.2:80 10.0.0.3:80 10.0.0.9:443 10.0.0.4:53 10.0.0.6:0 '[2001:db8::2]:80' \
        '[2001:db8::6]:0'
}

bash_completes() {
    "$BASH" --norc --noprofile "$tools/completions.bash" "$share/bash-completion/completions/ipvsadm" "$@"
}

zsh_completes() {
    local root
    root=$(peer_folder zsh)
    # shellcheck disable=SC2016 # for zsh to expand
    "$root/bin/zsh" -fc '
        module_path=($1/usr/lib/*/zsh/*(/))
        fpath=($1/usr/share/zsh/functions/Completion{,/Base,/Zsh,/Unix})
        source $2/completions.zsh "${@[3,-1]}"
    ' zsh "$root" "$tools" "$(dirname "$(find "$share/zsh" -name _ipvsadm)")" "$root" "$work" "$@"
}

fish_completes() {
    local root
    root=$(peer_folder fish)
    # Fish believes that it is installed where it lies if this folder is there too.
    mkdir -p "$root/usr/etc/fish"
    HOME=$work LD_LIBRARY_PATH=$(printf '%s:' "$root"/usr/lib/*-linux-gnu "$root"/lib/*-linux-gnu) \
        "$root/usr/bin/fish" --no-config "$tools/completions.fish" "$share/fish/vendor_completions.d"
}

# check_shell NAME CMD ARG…: feeds all lines to the command, which completes them in one shell.
check_shell() {
    local name=$1 index expected answers
    shift
    mapfile -t answers < <(printf '%s\n' "${lines[@]}" | "$@" | in_order)
    mapfile -t expected < <(printf '%s\n' "${offers[@]}" | in_order)
    equal "$name answers every line" ${#lines[@]} ${#answers[@]}
    [[ ${#lines[@]} -eq ${#answers[@]} ]] || return 0
    for index in "${!lines[@]}"; do
        equal "$name: ${lines[index]}" "${expected[index]}" "${answers[index]}"
    done
}

# Sorts the words of each line; the shells have orders of their own.
in_order() {
    awk '{
        for (i = 2; i <= NF; i++)
            for (j = i; j > 1 && $j < $(j - 1); j--) { word = $j; $j = $(j - 1); $(j - 1) = word }
        $1 = $1
        print
    }'
}

# What a line becomes when its last word is completed with the tab key, in an interactive bash on a terminal.
line_after_tab() {
    # shellcheck disable=SC2016 # for the inner bash to expand
    printf '%s\n' 'PS1= PS2=' ". '$share/bash-completion/completions/ipvsadm'" \
        'show() { printf "%s " "$@" >"$SHOWN"; }' 'complete -F _ipvsadm show' "$1"$'\t' exit \
        | SHOWN=$work/shown TERM=dumb INPUTRC=/dev/null \
            script --quiet --return --command "$BASH --norc --noprofile -i" /dev/null >/dev/null
    cat "$work/shown"
}

check_insertion() {
    equal "bash inserts the rest: $1" "$2 " "$(line_after_tab "show $1")"
}

share=$(installed_share)
mkdir "$work/bin"
ln -s "$ours" "$work/bin/ipvsadm"
export PATH=$work/bin:$PATH

fill_table
expect_everything
check_shell bash bash_completes
check_shell zsh zsh_completes
check_shell fish fish_completes

lines=('ipvsadm -D -t 10.0.0.1:' 'ipvsadm -d -t [2001:db8::1]:80 -r ' 'ipvsadm-save -')
offers=('10.0.0.1:80 10.0.0.1:443' '[2001:db8::2]:80' '-n --json')
check_shell 'bash with bash-completion' bash_completes \
    "$(peer_folder bash-completion)/usr/share/bash-completion/bash_completion"

check_insertion '-D -t 10.0.0.1:8' '-D -t 10.0.0.1:80'
check_insertion '-D -t [2001:db8::1]:' '-D -t [2001:db8::1]:80'
check_insertion '-D -t [2' '-D -t [2001:db8::1]:80'
check_insertion '-d -t 10.0.0.1:80 -r 10.0.0.3' '-d -t 10.0.0.1:80 -r 10.0.0.3:80'
check_insertion '-E --tcp-service=10.0.0.1:4' '-E --tcp-service=10.0.0.1:443'
check_insertion '-a --tun-type=gu' '-a --tun-type=gue'
equal 'zsh quotes brackets' 'ipvsadm -D -t \[2001:db8::1\]:80 ' "$(zsh_completes lines <<<'ipvsadm -D -t \[2')"

"$ours" -C
lines=('ipvsadm -D -t ')
offers=('')
for shell in bash zsh fish; do
    check_shell "$shell with an empty table" "${shell}_completes"
done

# A container often has no modules of its kernel: then all known schedulers are offered.
mount -t tmpfs none /lib/modules
lines=('ipvsadm -A -s ')
offers=('rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos')
for shell in bash zsh fish; do
    check_shell "$shell without modules" "${shell}_completes"
done
umount /lib/modules
finish
