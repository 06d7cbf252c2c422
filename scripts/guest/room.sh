# shellcheck shell=bash
# The room in which scripts/lab runs a command: this machine's files under an overlay that forgets,
# with fresh /dev, /proc, /sys and /run. Sourced by `boot` (guest) and `enter` (running kernel), which
# define share_folder FOLDER TARGET and have the command's output and errors in descriptors 3 and 4.

room=$LAB_JOB/room

open_room() {
    mount -t tmpfs tmpfs "$room"
    cd "$room" || return
    mkdir root layers
    lay_overlay / root
}

# lay_overlay FOLDER TARGET: TARGET shows FOLDER's files; what is written there goes to memory.
lay_overlay() {
    local layers=layers/$RANDOM$RANDOM
    mkdir -p "$layers/written" "$layers/work"
    mount -t overlay -o "lowerdir=${1//[\\:,]/\\&},upperdir=$layers/written,workdir=$layers/work" overlay "$2"
}

# Device nodes are made here, not borrowed: the host's would act on the host.
furnish_room() {
    local name major minor
    mount -t proc proc root/proc
    mount -t sysfs sysfs root/sys
    mount -t tmpfs -o mode=755 tmpfs root/run
    mkdir -m 1777 root/run/lock
    mount -t tmpfs -o mode=755 tmpfs root/dev
    while read -r name major minor; do
        mknod -m 666 "root/dev/$name" c "$major" "$minor"
    done <<'DEVICES'
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
DEVICES
    mkdir root/dev/pts
    mkdir -m 1777 root/dev/shm
    mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts root/dev/pts
    ln -s pts/ptmx root/dev/ptmx
    ln -s /proc/self/fd root/dev/fd
    ln -s /proc/self/fd/0 root/dev/stdin
    ln -s /proc/self/fd/1 root/dev/stdout
    ln -s /proc/self/fd/2 root/dev/stderr
    if [[ -n $results ]]; then
        mkdir -p "root$results"
        share_folder "$results" "root$results"
    fi
}

# From here on there is nothing but the room: no path leads back to the writable host.
move_in() {
    cd root || return
    pivot_root . . || return
    umount --lazy .
    cd / || return
    hostname lab
    ip link set lo up
}

# Runs the command in a session of its own, with every signal at its default; leaves its exit status
# in `status`.
run_command() {
    local index path
    for index in "${!environment[@]}"; do
        [[ ${environment[index]} == PATH=* ]] || continue
        path=${environment[index]}
        unset "environment[index]"
    done
    path=${path-PATH=/usr/local/bin:/usr/bin:/bin}
    [[ $path: == *[:=]/usr/sbin:* ]] || path+=:/usr/sbin
    [[ $path: == *[:=]/sbin:* ]] || path+=:/sbin
    [[ -z $results ]] || environment+=("LAB_RESULTS=$results")
    # PID 1 ignores what it does not handle; the command must not inherit that.
    # shellcheck disable=SC2154 # the order declares them
    setsid env --ignore-environment --default-signal --chdir="$directory" "${environment[@]}" "$path" \
        "${command[@]}" </dev/null >&3 2>&4 3>&- 4>&- 9>&-
    # shellcheck disable=SC2034 # read by boot and enter
    status=$?
}
