# shellcheck shell=bash
# Starts the suite again in a network namespace of its own: the table, the connections that it makes and the settings
# that it changes are gone when it ends, whatever became of it.
if [[ -z ${has_own_network-} ]]; then
    export has_own_network=yes
    exec unshare --net "$0" "$@"
fi
ip link set lo up
