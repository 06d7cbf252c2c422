# shellcheck shell=bash disable=SC2154 # repository
# Programs of others that tests compare ours with or drive it by. They are unpacked, never installed:
# this machine keeps what it has. Needs packages.sh and $repository.

# peer_folder NAME: where that Debian package is unpacked, as if it were /. The archives that it came in are
# beside it, in NAME.archives.
peer_folder() {
    echo "$repository/.build/peers/$1"
}

# fetch_peer NAME...: downloads and unpacks each Debian package, with those of its dependencies that this
# machine lacks. A guest can have it in place: cp -a "$(peer_folder NAME)/." /
fetch_peer() {
    local name
    for name in "$@"; do
        [[ -d $(peer_folder "$name") ]] || unpack_peer "$name" || {
            echo "error: could not download and unpack the Debian package $name" >&2
            return 1
        }
    done
}

unpack_peer() (
    set -e
    folder=$(peer_folder "$1")
    mkdir -p "${folder%/*}"
    work=$(mktemp -d "$folder.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cd "$work"
    mapfile -t wanted < <(packages_of_peer "$1" 2>/dev/null)
    if [[ ${#wanted[@]} -eq 0 ]] && have_root; then
        refresh_package_lists >"$work/log" 2>&1
        mapfile -t wanted < <(packages_of_peer "$1")
    fi
    [[ ${#wanted[@]} -gt 0 ]] || { packages_of_peer "$1" >&2; exit 1; }
    apt-get download "${wanted[@]}" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    mkdir root
    for archive in *.deb; do
        dpkg-deb --extract "$archive" root
    done
    chmod 755 root
    mkdir "$folder.archives" 2>/dev/null && mv ./*.deb "$folder.archives/"
    mv -T root "$folder" 2>/dev/null || [[ -d $folder ]] # another run was faster
)

# The package itself, and what apt would have to add for it.
packages_of_peer() {
    local line
    while IFS= read -r line; do
        [[ $line == \'*.deb\ * ]] || continue
        read -r _ line _ <<<"$line"
        echo "${line%%_*}"
    done < <(apt-get install --print-uris -qq -y --reinstall --no-install-recommends "$1")
}

# The C program that ours is measured by, ready to run; prints its path.
fetch_c_ipvsadm() {
    need_packages libpopt0 libnl-3-200 libnl-genl-3-200 >&2 || return
    fetch_peer ipvsadm || return
    echo "$(peer_folder ipvsadm)/sbin/ipvsadm"
}
