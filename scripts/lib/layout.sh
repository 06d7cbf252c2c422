# shellcheck shell=bash disable=SC2154 # repository
# What is installed where: one table for scripts/install and scripts/package.

# layout PROGRAM PREFIX SBIN UNITS ZSH: a line for each file that belongs to that program, `MODE SOURCE TARGET`; for a
# symbolic link the mode is `link`. A source is below $repository, `program` is the executable.
layout() {
    local name=$1 prefix=$2 sbin=$3 units=$4 zsh=$5 page
    echo "755 program $sbin/$name"
    echo "644 completions/$name.bash $prefix/share/bash-completion/completions/$name"
    echo "644 completions/_$name $prefix/share/zsh/$zsh/_$name"
    echo "644 completions/$name.fish $prefix/share/fish/vendor_completions.d/$name.fish"
    echo "644 man/$name.8 $prefix/share/man/man8/$name.8"
    case $name in
        ipvsadm)
            for page in ipvsadm-save ipvsadm-restore; do
                echo "link ipvsadm $sbin/$page"
                echo "644 man/$page.8 $prefix/share/man/man8/$page.8"
                echo "link ipvsadm $prefix/share/bash-completion/completions/$page"
                echo "link ipvsadm.fish $prefix/share/fish/vendor_completions.d/$page.fish"
            done
            echo "644 scripts/systemd/ipvsadm.service $units/ipvsadm.service"
            echo "755 scripts/systemd/save-rules $prefix/libexec/ipvsadm/save-rules"
            ;;
        vrrpctl)
            echo "644 man/vrrpctl.conf.5 $prefix/share/man/man5/vrrpctl.conf.5"
            echo "644 scripts/systemd/vrrpctl.service $units/vrrpctl.service"
            echo "644 scripts/systemd/vrrpctl-real-server@.service $units/vrrpctl-real-server@.service"
            ;;
    esac
}

# install_layout DESTDIR PROGRAM PREFIX SBIN UNITS ZSH: puts every file of that program's layout below DESTDIR.
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
    done < <(layout "${program##*/}" "$@")
}

# remove_layout NAME DESTDIR PREFIX SBIN UNITS ZSH: removes those files, and the one folder that is only ours.
remove_layout() {
    local name=$1 destination=$2 mode source target
    shift 2
    while read -r mode source target; do
        rm -f "$destination$target"
    done < <(layout "$name" "$@")
    rmdir "$destination$1/libexec/ipvsadm" 2>/dev/null || true
}
