# shellcheck shell=bash disable=SC2154 # repository
# Building with the Swift package manager. Needs packages.sh and $repository.

# release_program NAME: where build_release leaves that program. Each has a folder of its own, because they are
# built with different flags.
release_program() {
    case $1 in
        ipvsadm) echo "$repository/.build/static/release/ipvsadm" ;;
        *) echo "$repository/.build/static-$1/release/$1" ;;
    esac
}

# Headers and libraries of the two builds. WITH_LIBNL: see Package.swift.
prepare_build() {
    export WITH_LIBNL=1
    need_packages libnl-3-dev libnl-genl-3-dev libssl-dev libpcre2-dev pkg-config || return
    command -v swift >/dev/null || {
        echo "error: no swift in PATH; Swift 6.3 or newer builds this, see https://www.swift.org/install/linux/" >&2
        return 1
    }
}

# build_release NAME: one executable that carries the Swift runtime in it, with its functions laid out in the order of
# their use (scripts/link/trace). Says nothing unless it fails.
build_release() {
    local name=$1 folder flags=()
    prepare_build || return
    [[ $name != ipvsadm ]] || mapfile -t flags < <(ipvsadm_flags)
    folder=$(release_program "$name")
    folder=${folder%/release/*}
    quietly "$repository/.build/logs/release-build-$name.log" \
        swift_tidily build --package-path "$repository" --scratch-path "$folder" -c release --product "$name" \
        -Xswiftc -static-executable -Xswiftc -Xfrontend -Xswiftc -function-sections \
        -Xswiftc -use-ld=lld -Xlinker --icf=all -Xlinker --no-warn-symbol-ordering \
        -Xlinker "--symbol-ordering-file=$repository/scripts/link/$name.order" "${flags[@]}"
}

# What makes ipvsadm start as fast as a C program: nothing of the concurrency and regular expression runtimes, which
# would set themselves up before main and which nothing there uses.
ipvsadm_flags() {
    printf '%s\n' -Xswiftc -Xfrontend -Xswiftc -disable-implicit-concurrency-module-import \
        -Xswiftc -Xfrontend -Xswiftc -disable-implicit-string-processing-module-import \
        -Xswiftc -Xfrontend -Xswiftc -prespecialize-generic-metadata
}

# The Swift package manager leaves temporary folders behind, and its locks: in .build they bother nobody.
swift_tidily() {
    mkdir -p "$repository/.build/temporary" || return
    TMPDIR=$repository/.build/temporary swift "$@"
}

# quietly LOG CMD ARG...: keeps what the command says in LOG, shows it if the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "${log%/*}"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        echo "error: failed: $*" >&2
        return 1
    fi
}
