# shellcheck shell=bash
# Debian packages that a script needs on this machine.

# need_packages NAME...: installs those of the named packages that are missing. Silent when none is.
need_packages() {
    local name missing=()
    for name in "$@"; do
        [[ " ${missing[*]-} " == *" $name "* ]] || package_is_installed "$name" || missing+=("$name")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0

    if ! command -v apt-get >/dev/null; then
        echo "error: missing here, and there is no apt-get to install them (names as in Debian): ${missing[*]}" >&2
        return 1
    elif ! have_root; then
        echo "error: missing packages. Install them as root, then run this again:" >&2
        echo "    apt-get install --no-install-recommends ${missing[*]}" >&2
        return 1
    fi

    echo "installing ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { refresh_package_lists && patiently as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        rm -f "$log"
        echo "error: apt-get could not install ${missing[*]} (its words are above)" >&2
        return 1
    fi
    rm -f "$log"
}

package_is_installed() {
    [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null) == installed* ]]
}

# Once per run of the calling script: a fresh container has no lists at all.
refresh_package_lists() {
    [[ -z ${package_lists_are_fresh-} ]] || return 0
    patiently as_root apt-get update -q && package_lists_are_fresh=yes
}

# patiently CMD...: an apt command, again while another one has a lock. apt itself can only wait for dpkg's lock, not
# for that of the lists, and two guests that start at once on a new machine both want both.
patiently() {
    local status words second
    words=$(mktemp)
    for ((second = 0; second < 300; second += 2)); do
        status=0
        "$@" >"$words" 2>&1 || status=$?
        grep -q 'Could not get lock' "$words" || break
        sleep 2
    done
    cat "$words"
    rm -f "$words"
    return "$status"
}

have_root() {
    [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null
}

as_root() {
    if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}
