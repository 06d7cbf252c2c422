#!/bin/bash
# where: host
# packages: python3
# Every packet of the decoder's fixtures gets its verdict from the program too: as a capture of each link layer and byte
# order, under a configuration as people write it, by both policies.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

fixtures=$repository/Tests/PacketFormatsTests/Fixtures/advertisements.txt
tool=$repository/Tests/Lab/tools/verdicts.py

# judges FORM POLICY [FIXTURES]
judges() {
    timeout 120 python3 "$tool" "$vrrpctl" "${3:-$fixtures}" "$1" "$2"
}

for form in ethernet ethernet-big-endian-nanoseconds vlan two-vlans cooked cooked-big-endian cooked2 raw \
    raw-old-number loopback pcapng pcapng-big-endian pcapng-simple; do
    for policy in keepalived strict; do
        check "$form, $policy" judges "$form" "$policy"
    done
done

# The comparison would see another verdict.
other=$(mktemp)
trap 'rm -f "$other"' EXIT
sed 's/^packet ka-v2-none v2-none accept /packet ka-v2-none v2-none vrid-error /' "$fixtures" >"$other"
refuses "another verdict" judges raw keepalived "$other"
finish
