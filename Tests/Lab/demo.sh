#!/bin/bash
# where: host
# The demonstration still shows what it says; it checks itself, and here that it shows the important steps.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

shown=$(mktemp)
trap 'rm -f "$shown"' EXIT
show() {
    "$repository/scripts/demo" >"$shown"
}

check "it runs and finds everything as it should be" show
for method in -g -m -i; do
    check "it shows servers added with $method" grep -q "^director# ipvsadm -a .* $method\$" "$shown"
    check "it drains a server with $method" grep -q "^director# ipvsadm -e .* $method -w 0\$" "$shown"
done
check "it saves" grep -q '^director# ipvsadm-save' "$shown"
check "it restores" grep -q '^director# ipvsadm-restore <' "$shown"
check "it kills a director" grep -q '^lb1# kill -9' "$shown"
check "it times the address's move" grep -Eq '^The address was on lb2 after [0-9]+ ms' "$shown"
check "it takes the address back" grep -q '^The guardian has started the daemon again' "$shown"
finish
