#!/bin/bash
# where: host
# A hundred thousand random scenarios of virtual routers on networks that fail keep all promises of the simulation:
# addresses are held exactly by the active, after healing there is one of them and the right one, and two of them never
# last longer than the bound that is derived there. (That broken rules are found so is a unit test: mutations.)
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for part in packages build; do
    # shellcheck source=/dev/null
    . "$repository/scripts/lib/$part.sh"
done

prepare_build
check "the simulation is built, optimised" swift_tidily build --package-path "$repository" -c release --product simulate-scenarios
simulate=$repository/.build/release/simulate-scenarios
check "100,000 scenarios" "$simulate" --count 100000
said=$("$simulate" --count 50 --seed 7)
check "it says how many it was" grep -q '^50 scenarios from seed 7 kept all promises: [1-9][0-9]* changes of state' <<<"$said"
trace=$(mktemp)
"$simulate" --seed 7 --trace >"$trace"
check "one of them leaves a trace" test -s "$trace"
equal "the same one each time" "$(cat "$trace")" "$("$simulate" --seed 7 --trace)"
rm "$trace"
finish
