#!/bin/bash
# where: host
# The dependency budget: ipvsadm is one static executable and carries no Foundation, SwiftNIO or ArgumentParser, so that
# it starts as fast as the C program and runs where no Swift is installed. What decides is pure.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Modules beyond the budget, as Swift writes them in symbols and in type names: with their length before them.
beyond='10Foundation|20FoundationEssentials|28FoundationInternationalization|8Dispatch|[0-9]+NIO[A-Z][A-Za-z]*|14ArgumentParser'
# The program before the package strips it: it still has its symbols.
unstripped=$repository/.build/static/release/ipvsadm
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Needs no loader and no shared library.
is_static() {
    local headers dynamic
    headers=$(readelf --program-headers --wide "$1")
    dynamic=$(readelf --dynamic --wide "$1")
    ! grep -wE 'INTERP' <<<"$headers" && ! grep -F '(NEEDED)' <<<"$dynamic"
}

# Shows the first names that are beyond the budget; fails if there are any.
keeps_budget() {
    local names=$1
    ! grep -m 5 -aE "$beyond" "$names"
}

strings_of() {
    strings --all "$1" >"$scratch/strings"
}

symbols_of() {
    nm "$1" >"$scratch/symbols"
}

for name in "$ours" "$ours_save" "$ours_restore"; do
    check "${name##*/} needs no loader and no shared library" is_static "$name"
done
check "the program has text to look at" strings_of "$ours"
check "it holds what ours must hold" grep -q 'IPVSGrammar' "$scratch/strings"
check "its text names no module beyond the budget" keeps_budget "$scratch/strings"
check "the program as it was built has symbols to look at" symbols_of "$unstripped"
check "they hold what ours must hold" grep -q '11IPVSGrammar16InvocationParser' "$scratch/symbols"
check "its symbols name no module beyond the budget" keeps_budget "$scratch/symbols"
# imports MODULES FOLDER…: the lines of those targets that import one of the modules (a pattern).
imports() {
    local modules=$1
    shift
    (cd "$repository/Sources" && grep -rnE \
        "^ *((public|package|internal|private|@[a-z_A-Z]+) +)*import +($modules)\\b" "$@")
}

refuses "only vrrpctl imports one" imports 'Foundation|FoundationEssentials|Dispatch|NIO[A-Za-z]*|ArgumentParser' \
    --exclude-dir=vrrpctl --exclude-dir=PacketAuthentication .
check "vrrpctl is found out" imports ArgumentParser vrrpctl

pure=(Addresses IPVSModel Reporting IPVSGrammar KeepalivedConfig PacketFormats CaptureFiles VRRPProtocol VRRPSimulation
    VRRPAssembly VRRPReporting Screens DirectorWatch)
refuses "a pure target imports no C library, and none of ours that does" \
    imports 'Glibc|Foundation|FoundationEssentials|CLinux|CNetlink|CArguments|Netlink|IPVS|LocalHost|Crypto' "${pure[@]}"
for folder in "${pure[@]}"; do
    check "$folder is there" test -d "$repository/Sources/$folder"
done
check "an import of the C library is found out" imports Glibc LocalHost

# These checks can fail.
refuses "a dynamic program is found out" is_static "$(command -v bash)"
for symbol in 10Foundation4DataV 20FoundationEssentials4DataV 7NIOCore10ByteBufferV 14ArgumentParser4FlagV; do
    echo "0000000000401000 T \$s$symbol" >"$scratch/foreign"
    refuses "$symbol is found out" keeps_budget "$scratch/foreign"
done
finish
