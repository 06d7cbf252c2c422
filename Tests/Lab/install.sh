#!/bin/bash
# where: host
# scripts/install puts the programs, pages, completions and the unit below a prefix, and --uninstall takes them away.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

install=$repository/scripts/install
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

below() {
    (cd "$1" && find . ! -type d | sort)
}

expected='./lib/systemd/system/ipvsadm.service
./lib/systemd/system/vrrpctl-real-server@.service
./lib/systemd/system/vrrpctl.service
./libexec/ipvsadm/save-rules
./sbin/ipvsadm
./sbin/ipvsadm-restore
./sbin/ipvsadm-save
./sbin/vrrpctl
./share/bash-completion/completions/ipvsadm
./share/bash-completion/completions/ipvsadm-restore
./share/bash-completion/completions/ipvsadm-save
./share/bash-completion/completions/vrrpctl
./share/fish/vendor_completions.d/ipvsadm-restore.fish
./share/fish/vendor_completions.d/ipvsadm-save.fish
./share/fish/vendor_completions.d/ipvsadm.fish
./share/fish/vendor_completions.d/vrrpctl.fish
./share/man/man5/vrrpctl.conf.5
./share/man/man8/ipvsadm-restore.8
./share/man/man8/ipvsadm-save.8
./share/man/man8/ipvsadm.8
./share/man/man8/vrrpctl.8
./share/zsh/site-functions/_ipvsadm
./share/zsh/site-functions/_vrrpctl'
both=(--program "$ours" --program "$vrrpctl")

check "into a prefix" "$install" --prefix "$scratch/here" "${both[@]}"
equal "all files, and no others" "$expected" "$(below "$scratch/here")"
for name in ipvsadm ipvsadm-save ipvsadm-restore vrrpctl; do
    check "$name is there and can be run" test -x "$scratch/here/sbin/$name"
done
check "ipvsadm starts" "$scratch/here/sbin/ipvsadm" --help
check "vrrpctl starts" "$scratch/here/sbin/vrrpctl" --help
check "the unit runs the programs of the prefix" \
    grep -qx "ExecStart=$scratch/here/sbin/ipvsadm-restore" "$scratch/here/lib/systemd/system/ipvsadm.service"
check "vrrpctl's unit too" \
    grep -qx "ExecStart=$scratch/here/sbin/vrrpctl run" "$scratch/here/lib/systemd/system/vrrpctl.service"
check "and that of real servers" grep -qx "ExecStart=$scratch/here/sbin/vrrpctl real-server up --method \${METHOD} %I" \
    "$scratch/here/lib/systemd/system/vrrpctl-real-server@.service"
check "so does what it saves with" grep -qF "$scratch/here/sbin/ipvsadm-save" "$scratch/here/libexec/ipvsadm/save-rules"
check "once more, over itself" "$install" --prefix="$scratch/here" --program="$ours" --program="$vrrpctl"
touch "$scratch/here/sbin/stranger"
check "uninstall" "$install" --prefix "$scratch/here" --uninstall
equal "uninstall leaves what is not ours" ./sbin/stranger "$(below "$scratch/here")"

check "one program alone" "$install" --prefix "$scratch/alone" --program "$vrrpctl"
equal "only what belongs to it" "$(grep -F vrrpctl <<<"$expected")" "$(below "$scratch/alone")"
check "DESTDIR" env DESTDIR="$scratch/root" "$install" "${both[@]}"
equal "DESTDIR and the default prefix" "$expected" "$(below "$scratch/root/usr/local")"
check "no placeholder is left, and no DESTDIR" test -z "$(grep -rlE '@[A-Z]+@|'"$scratch" \
    "$scratch/root/usr/local/lib" "$scratch/root/usr/local/libexec")"

refuses "a relative prefix" "$install" --prefix here --program "$ours"
refuses "a program that is not there" "$install" --prefix "$scratch/there" --program "$scratch/nothing"
refuses "a program that is not one of ours" "$install" --prefix "$scratch/there" --program /bin/true
refuses "an unknown option" "$install" --prefx "$scratch/there"
equal "refused: nothing is installed" "" "$(ls "$scratch/there" 2>/dev/null)"
finish
