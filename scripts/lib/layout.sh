# shellcheck shell=bash disable=SC2154 # repository
# What is installed where: one table for scripts/install and scripts/package.

# layout PREFIX SBIN UNITS ZSH: a line for each file, `MODE SOURCE TARGET`; for a symbolic link the mode is
# `link`. A source is below $repository, `program` is the executable.
layout() {
    local prefix=$1 sbin=$2 units=$3 zsh=$4 page
    echo "755 program $sbin/ipvsadm"
    echo "link ipvsadm $sbin/ipvsadm-save"
    echo "link ipvsadm $sbin/ipvsadm-restore"
    for page in ipvsadm ipvsadm-save ipvsadm-restore; do
        echo "644 man/$page.8 $prefix/share/man/man8/$page.8"
    done
    echo "644 completions/ipvsadm.bash $prefix/share/bash-completion/completions/ipvsadm"
    echo "link ipvsadm $prefix/share/bash-completion/completions/ipvsadm-save"
    echo "link ipvsadm $prefix/share/bash-completion/completions/ipvsadm-restore"
    echo "644 completions/_ipvsadm $prefix/share/zsh/$zsh/_ipvsadm"
    echo "644 completions/ipvsadm.fish $prefix/share/fish/vendor_completions.d/ipvsadm.fish"
    echo "link ipvsadm.fish $prefix/share/fish/vendor_completions.d/ipvsadm-save.fish"
    echo "link ipvsadm.fish $prefix/share/fish/vendor_completions.d/ipvsadm-restore.fish"
    echo "644 scripts/systemd/ipvsadm.service $units/ipvsadm.service"
    echo "755 scripts/systemd/save-rules $prefix/libexec/ipvsadm/save-rules"
}

# install_layout DESTDIR PROGRAM PREFIX SBIN UNITS ZSH: puts every file of the layout below DESTDIR.
install_layout() {
    local destination=$1 program=$2 prefix=$3 sbin=$4 mode source target
    shift 2
    while read -r mode source target; do
        target=$destination$target
        mkdir -p "${target%/*}"
        case $mode:$source in
            link:*) ln -sfn "$source" "$target" ;;
            *:program) install -m "$mode" -s "$program" "$target" ;;
            *:scripts/systemd/*)
                sed "s|@SBIN@|$sbin|g; s|@LIBEXEC@|$prefix/libexec|g" "$repository/$source" >"$target"
                chmod "$mode" "$target"
                ;;
            *) install -m "$mode" "$repository/$source" "$target" ;;
        esac
    done < <(layout "$@")
}

# remove_layout DESTDIR PREFIX SBIN UNITS ZSH: removes those files, and the one folder that is only ours.
remove_layout() {
    local destination=$1 mode source target
    shift
    while read -r mode source target; do
        rm -f "$destination$target"
    done < <(layout "$@")
    rmdir "$destination$1/libexec/ipvsadm" 2>/dev/null || true
}
