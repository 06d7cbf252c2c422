#!/bin/bash
# where: host
# The fuzzers of the decoders and of the configuration reader are built and run: a short while, so that they go on to
# link and to find what is planted for them. scripts/fuzz by itself runs them for long.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

said=$(mktemp)
trap 'rm -f "$said"' EXIT
check "no input of 200,000 does harm" timeout 600 "$repository/scripts/fuzz" 200000
finish
