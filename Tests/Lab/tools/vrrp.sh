# shellcheck shell=bash disable=SC2154 # the variables of Tests/Lab/lib.sh
# For the suites vrrp-*.sh, after lib.sh: their cases are told and judged in Python (tools/vrrp), many at a time.
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

# judged SUITE [OPTION…]: runs its cases; each check that they make is one of this suite.
judged() {
    local line words judge ended=
    KEEPALIVED=$(peer_folder keepalived) FRR=$(peer_folder frr) VRRPCTL=$vrrpctl
    NGINX_FOLDER=$(peer_folder nginx) HAPROXY_FOLDER=$(peer_folder haproxy)
    export KEEPALIVED FRR VRRPCTL NGINX_FOLDER HAPROXY_FOLDER
    # Without a shell between: it notices when this one ends early, and then leaves nothing behind either.
    exec {judge}< <(exec python3 "$repository/Tests/Lab/tools/vrrp" "$@" 2>&1)
    while IFS= read -r line <&"$judge"; do
        words=${line#*$'\t'}
        case $line in
            ok$'\t'*) pass "$words" ;;
            FAIL$'\t'*) fail "$words" ;;
            END) ended=yes ;;
            *) printf '     | %s\n' "$line" ;;
        esac
    done
    exec {judge}<&-
    [[ -n $ended ]] || fail "the cases of $1 run to their end"
}
