#!/bin/bash
# where: host
# The fuzzers of the decoders and of the configuration reader are built and run, for a short while; scripts/fuzz by
# itself runs them for long.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

fuzz() {
    timeout 800 "$repository/scripts/fuzz" 500000 | tee "$log"
}

check "half a million packets, and their share of the rest, do no harm" fuzz
equal "all five fuzzers came to their end" 5 "$(grep -c ' inputs, no fault$' "$log")"
finish
