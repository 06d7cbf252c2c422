# shellcheck shell=bash disable=SC2034 # vip: for the scenario
# A small site in network namespaces, as an operator knows it: four machines on one switch.
#
#        client          director            web1            web2
#     192.168.52.5    192.168.52.10    192.168.52.100  192.168.52.101
#          │                │                │               │
#     ─────┴────────────────┴──── switch ────┴───────────────┴─────
#
# The virtual address is 192.168.52.188.

vip=192.168.52.188

make_site() {
    ip netns add switch
    ip -n switch link add lan type bridge
    ip -n switch link set lan up
    add_machine client 192.168.52.5
    add_machine director 192.168.52.10
    add_machine web1 192.168.52.100
    add_machine web2 192.168.52.101
    # A port that the client's kernel takes a second time is a new connection, not the rest of an old one.
    modprobe ip_vs
    ip netns exec director sysctl -qw net.ipv4.vs.conn_reuse_mode=3
    start_web_server web1
    start_web_server web2
    wait_for_web_server web1
    wait_for_web_server web2
}

remove_site() {
    local machine
    for machine in client director web1 web2 switch; do
        ip netns pids "$machine" | xargs --no-run-if-empty kill
        ip netns delete "$machine"
    done
}

add_machine() {
    ip netns add "$1"
    ip -n switch link add "$1" type veth peer name eth0 netns "$1"
    ip -n switch link set "$1" master lan up
    ip -n "$1" link set lo up
    ip -n "$1" link set eth0 up
    ip -n "$1" addr add "$2/24" dev eth0
}

# Each web server's only page is its name.
start_web_server() {
    mkdir -p "/srv/$1"
    echo "$1" >"/srv/$1/index.html"
    ip netns exec "$1" busybox httpd -p 80 -h "/srv/$1"
}

wait_for_web_server() {
    local deadline=$((SECONDS + 20))
    until [[ $(ip netns exec "$1" curl -s --max-time 1 localhost) == "$1" ]]; do
        if ((SECONDS >= deadline)); then
            echo "demo: the web server of $1 does not answer on its own machine" >&2
            return 1
        fi
        sleep 0.1
    done
}
