# shellcheck shell=bash disable=SC2154 # the variables of Tests/Lab/lib.sh
# For the suites director-*.sh, after lib.sh: their cases are told and judged in Python (tools/director).
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"
# shellcheck source=Tests/Lab/tools/judged.sh
. "$repository/Tests/Lab/tools/judged.sh"

# judged SUITE [OPTION…]: runs its cases; each check that they make is one of this suite.
judged() {
    KEEPALIVED=$(peer_folder keepalived) VRRPCTL=$vrrpctl IPVSADM=$ours
    NGINX_FOLDER=$(peer_folder nginx) HAPROXY_FOLDER=$(peer_folder haproxy)
    DNSMASQ_FOLDER=$(peer_folder dnsmasq-base) EXIM_FOLDER=$(peer_folder exim4-daemon-light)
    export KEEPALIVED VRRPCTL IPVSADM NGINX_FOLDER HAPROXY_FOLDER DNSMASQ_FOLDER EXIM_FOLDER
    # A program in a namespace of its own can load no module; the kernel looks for schedulers where its modules are.
    modprobe -a ip_vs ip_vs_rr ip_vs_wrr ip_vs_wlc ip_vs_sh ip_vs_mh ipip sch_netem sch_prio sch_ingress cls_u32 act_skbedit
    judged_by "$1" python3 "$repository/Tests/Lab/tools/director" "$@"
}
