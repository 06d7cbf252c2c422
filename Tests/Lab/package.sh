#!/bin/bash
# where: guest
# packages: systemd man-db
# peers: ipvsadm
# The Debian package, installed by dpkg in place of the C one: what it brings, and what goes with it.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

package=ipvsadm-swift
unit=/lib/systemd/system/ipvsadm.service

field() {
    dpkg-query --show --showformat "\${$1}" "$package"
}

everything_is_installed() {
    local file first
    equal "it is installed" installed "$(field db:Status-Status)"
    equal "its files are whole" "" "$(dpkg --verify "$package")"
    first=$(sed -n 's/^## \([0-9.]*\).*/\1/p' "$repository/CHANGELOG.md" | head -n 1)
    equal "its version is the changelog's" "$first-1" "$(field Version)"
    equal "it provides ipvsadm" "ipvsadm (= 1:1.31)" "$(field Provides)"
    equal "it needs no library and no Swift" kmod "$(field Depends)"
    for file in /sbin/ipvsadm /sbin/ipvsadm-save /sbin/ipvsadm-restore; do
        check "$file belongs to it" grep -qx "$file" <(dpkg --listfiles "$package")
        check "$file can be run" test -x "$file"
    done
    check "the program is static" grep -q 'statically linked' <(file_of /sbin/ipvsadm)
    for file in ipvsadm ipvsadm-save ipvsadm-restore; do
        check "man $file shows a page" man -w "$file"
    done
    for file in bash-completion/completions/{ipvsadm,ipvsadm-save,ipvsadm-restore} zsh/vendor-completions/_ipvsadm \
        fish/vendor_completions.d/{ipvsadm,ipvsadm-save,ipvsadm-restore}.fish; do
        check "completions: $file" test -s "/usr/share/$file"
    done
    check "the unit is there" test -s "$unit"
    check "systemd finds no fault with the unit" systemd-analyze verify --man=no "$unit"
    check "nothing was enabled" test ! -e /etc/systemd/system/multi-user.target.wants/ipvsadm.service
}

# What `file` would say, without that package: a static executable has no interpreter.
file_of() {
    if grep -aq '/lib64/ld-linux' "$1"; then echo dynamic; else echo statically linked; fi
}

# In a lab of its own, so that the C package can be there first and ours can be removed.
takes_the_place_of_the_c_package() {
    local archive archives=("$repository"/.build/peers/ipvsadm.archives/ipvsadm_*.deb)
    archive=$(ls "$repository"/.build/packages/ipvsadm-swift_*.deb)
    # shellcheck disable=SC2016 # for the shell inside
    check "in place of the C package, and removed again" "$repository/scripts/lab" bash -euxc '
        dpkg --purge ipvsadm-swift
        dpkg --install "$1"
        echo "-A -t 10.0.0.1:80 -s rr" >/etc/ipvsadm.rules
        dpkg --install "$2"
        [ "$(dpkg-query --show --showformat "\${db:Status-Status}" ipvsadm)" != installed ]
        readlink /sbin/ipvsadm-save
        /sbin/ipvsadm -v
        grep -q 10.0.0.1 /etc/ipvsadm.rules
        dpkg --install "$2"
        dpkg --remove ipvsadm-swift
        [ ! -e /sbin/ipvsadm ] && [ ! -e /usr/libexec/ipvsadm ] && [ -e /etc/ipvsadm.rules ]
    ' - "${archives[0]}" "$archive"
}

everything_is_installed
takes_the_place_of_the_c_package
finish
