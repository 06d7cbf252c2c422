# shellcheck shell=bash disable=SC2154 # the variables of Tests/Lab/lib.sh
# For the suites vrrp-*.sh, after lib.sh: their cases are told and judged in Python (tools/vrrp).
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"
# shellcheck source=Tests/Lab/tools/judged.sh
. "$repository/Tests/Lab/tools/judged.sh"

# judged SUITE [OPTION…]: runs its cases; each check that they make is one of this suite.
judged() {
    KEEPALIVED=$(peer_folder keepalived) FRR=$(peer_folder frr) VRRPCTL=$vrrpctl
    NGINX_FOLDER=$(peer_folder nginx) HAPROXY_FOLDER=$(peer_folder haproxy) EXIM_FOLDER=$(peer_folder exim4-daemon-light)
    export KEEPALIVED FRR VRRPCTL NGINX_FOLDER HAPROXY_FOLDER EXIM_FOLDER
    judged_by "$1" python3 "$repository/Tests/Lab/tools/vrrp" "$@"
}
