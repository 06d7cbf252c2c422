"""The same configuration and the same events, once for each program on a node of its own: what the kernel has then,
what the scripts are told and what goes out on the wire must be the same."""
import re
import time

import wire

HEAD = "global_defs {\n    router_id node\n    script_user root\n%s}\n"


def instance(*lines, name="VI_1", vrid=51, priority=150, version=2, interface="eth0"):
    body = "".join(f"    {line}\n" for line in (
        f"interface {interface}", "state BACKUP", f"version {version}", f"virtual_router_id {vrid}",
        f"priority {priority}", "advert_int 1" if version == 2 else "advert_int 0.2", *lines))
    return f"vrrp_instance {name} {{\n{body}}}\n"


def addresses(*lines):
    return ("virtual_ipaddress {", *("    " + line for line in lines), "}")


# What is compared, as text


def kernel_addresses(case, node):
    lines = case.net.ip(node, "-o", "-d", "address", "show").splitlines()
    shown = (re.sub(r"^\d+: | +|\\.*|valid_lft \S+|\d+sec", " ", line) for line in lines)
    own = re.compile(r"10\.9\.\d\.\d/24|(2001:db8|fe80)::\d/64|127\.|::1/128")
    return "\n".join(sorted(" ".join(line.split()) for line in shown if not own.search(line)))


def kernel_routes(case, node):
    lines = [line for family in ("-4", "-6")
             for line in case.net.ip(node, family, "-d", "route", "show", "table", "all").splitlines()]
    ours = (line for line in lines if "10.7" in line or "db8:7" in line or "nexthop" in line)
    return "\n".join(sorted(" ".join(re.sub(r"nhid \d+", " ", line).split()) for line in ours))


def kernel_rules(case, node):
    text = case.net.ip(node, "-d", "rule", "show") + case.net.ip(node, "-6", "-d", "rule", "show")
    return "\n".join(sorted(re.sub(r"\s+", " ", line) for line in text.splitlines()))


def kernel_links(case, node):
    wanted = r"^\d+: ([\w.]+)|<(\S+)>|mtu (\d+)|link/ether (\S+)|(macvlan mode \w+)|(addrgenmode \w+)"
    lines = case.net.ip(node, "-d", "-o", "link", "show").splitlines()
    return "\n".join(
        " ".join(word for found in re.findall(wanted, line) for word in found if word)
        for line in lines if re.search(r"^\d+: vr", line))


def told(case, node):
    """What the notify scripts and FIFO readers wrote down."""
    file = case.nodes[node].folder / "run/told"
    return file.read_text() if file.exists() else ""


def told_sorted(case, node):
    return "\n".join(sorted(told(case, node).splitlines()))


def sent(case, node):
    """The advertisements' forms in order, and how the announcements come in bursts."""
    forms = []
    for seen in list(case.net.seen):
        if seen.node == node and isinstance(seen.what, wire.Advertisement):
            what = seen.what
            form = (what.version, what.vrid, what.priority, what.interval, what.addresses, what.source_mac[:8],
                    what.destination)
            if forms[-1:] != [form]:
                forms.append(form)
    return "\n".join(map(str, forms))


def announced(case, node):
    """For each address, the bursts of announcements: how many, and how long after the first one (in half seconds)."""
    bursts = {}
    for seen in list(case.net.seen):
        what = seen.what
        if seen.node != node or not case.is_sign(what) or isinstance(what, wire.Advertisement):
            continue
        address = getattr(what, "sender", None) or what.target
        found = bursts.setdefault(address, [])
        if found and seen.time - found[-1][1] < 0.3:
            found[-1] = (found[-1][0], seen.time, found[-1][2] + 1)
        else:
            found.append((seen.time, seen.time, 1))
    return "\n".join(
        f"{address}: " + ", ".join(f"{n} after {round((at - found[0][0]) * 2) / 2}" for at, _, n in found)
        for address, found in sorted(bursts.items()))


NOTE = """#!/bin/sh
echo "$0 $*" | sed 's,.*/,,' >>/run/told
"""


def prepare(case, node, program, text):
    placed = case.place(node, program)
    placed.write(text)
    for name in ("note", "note2"):
        file = placed.folder / "etc/keepalived" / name
        file.write_text(NOTE)
        file.chmod(0o755)
    (placed.folder / "run/service").touch()


def compare(case, ours, text, virtual, views, events, switches):
    """Each of `events`: words and what is done with (case, node). Views are compared after each, and after the stop."""
    case.network("ab", switches=switches)
    case.virtual = virtual
    nodes = {"a": ours, "b": "keepalived"}
    for node, program in nodes.items():
        case.net.cut(node)
        prepare(case, node, program, text)
    for node in nodes:
        case.nodes[node].start()
    for node in nodes:
        case.expect(f"{nodes[node]} becomes active", lambda n=node: [
            s for s in case.net.advertisements(n) if s.what.priority > 0], 8)
    steps = [("active", lambda c, n: None), *events, ("stopped", lambda c, n: c.nodes[n].stop())]
    for words, event in steps:
        for node in nodes:
            event(case, node)
        time.sleep(0.7)
        for view in views:
            if view in AT_END and words != "stopped":
                continue
            case.net.wait(lambda v=view: v(case, "a") == v(case, "b"), 3)
            found = [view(case, node) for node in nodes]
            case.equal(f"{words}: {view.__name__.replace('_', ' ')}", found[1].splitlines(), found[0].splitlines())


def wait(seconds):
    return lambda case, node: time.sleep(seconds / 2)


AT_END = [announced, sent, told, told_sorted]


def link(node_state):
    return lambda case, node: getattr(case.net, f"port_{node_state}")(node)


def service(present):
    def change(case, node):
        file = case.nodes[node].folder / "run/service"
        file.touch() if present else file.unlink()
    return change


def value(text):
    return lambda case, node: (case.nodes[node].folder / "run/value").write_text(text)


NOTES = (
    'notify "/etc/keepalived/note all"', "notify_master /etc/keepalived/note2",
    'notify_backup "/etc/keepalived/note2 backup now"', "notify_fault /etc/keepalived/note2",
    "notify_stop /etc/keepalived/note2")

CASES = {
    "addresses": (
        HEAD % "" + instance(*addresses(
            "10.9.0.100", "10.9.0.101/24 brd 10.9.0.255 dev eth0 label eth0:1", "10.9.0.102/24 brd +",
            "10.9.0.103/32 scope link", "10.7.0.1/24 noprefixroute"),
            "virtual_ipaddress_excluded {", "    10.9.0.110/24 brd -", "    2001:db8::110", "    2001:db8::111/64 home",
            "}"),
        ("10.9.0.100",), [kernel_addresses, sent], ()),
    "addresses 6": (
        HEAD % "" + instance(*addresses(
            "fe80::64", "2001:db8::64/64", "2001:db8::65", "2001:db8::66/64 preferred_lft 0",
            "2001:db8::67/64 noprefixroute"), version=3),
        ("fe80::64", "2001:db8::64"), [kernel_addresses, sent], ()),
    "routes": (
        HEAD % "" + instance(
            *addresses("10.9.0.100/24"), "virtual_routes {", "    10.71.0.0/16 via 10.9.0.7",
            "    10.72.0.0/16 dev eth0 metric 7", "    blackhole 10.73.0.0/16", "    unreachable 10.74.0.0/16 table 77",
            "    src 10.9.0.100 to 10.75.0.0/16 via 10.9.0.7 dev eth0 table 78 mtu 1400",
            "    10.76.0.0/16 nexthop via 10.9.0.7 weight 2 nexthop via 10.9.0.8 weight 3",
            "    2001:db8:7::/64 via 2001:db8::7", "    prohibit 10.77.0.0/24 metric 9", "}"),
        ("10.9.0.100",), [kernel_addresses, kernel_routes], ()),
    "rules": (
        HEAD % "" + instance(
            *addresses("10.9.0.100/24"), "virtual_rules {", "    from 10.9.0.100 table 77 preference 1001",
            "    to 10.71.0.0/16 table 78 preference 1002", "    fwmark 7 table 79 preference 1003",
            "    iif eth0 table 80 preference 1004", "    from 2001:db8::/64 table 81 preference 1005", "}"),
        ("10.9.0.100",), [kernel_rules], ()),
    "static": (
        HEAD % "" + "static_ipaddress {\n    10.9.0.120/24 dev eth0\n}\n"
        "static_routes {\n    10.71.0.0/16 via 10.9.0.7 dev eth0\n}\n"
        "static_rules {\n    from 10.9.0.120 table 77 preference 1001\n}\n" + instance(*addresses("10.9.0.100/24")),
        ("10.9.0.100",), [kernel_addresses, kernel_routes, kernel_rules], ()),
    "notifications": (
        HEAD % "" + instance(*addresses("10.9.0.100/24"), *NOTES), ("10.9.0.100",), [told_sorted],
        (("without a link", link("down")), ("with it again", link("up")), ("later", wait(4)))),
    "priorities": (
        HEAD % "    vrrp_notify_priority_changes true\n"
        + 'vrrp_script service {\n    script "/usr/bin/test -e /run/service"\n    interval 1\n    weight -20\n}\n'
        + instance(
            *addresses("10.9.0.100/24"), 'notify "/etc/keepalived/note all"', "track_script {", "    service", "}"),
        ("10.9.0.100",), [told, sent],
        (("the service fails", service(False)), ("later", wait(2)), ("it is back", service(True)), ("later", wait(2)))),
    "files": (
        HEAD % "" + "track_file load {\n    file /run/value\n    weight 2\n}\n"
        + instance(*addresses("10.9.0.100/24"), "track_file {", "    load", "}"),
        ("10.9.0.100",), [sent],
        (("5", value("5\n")), ("later", wait(2)), ("-10", value("-10\n")), ("later", wait(2)), ("0", value("0")),
         ("later", wait(2)))),
    "interfaces": (
        HEAD % "" + instance(*addresses("10.9.0.100/24"), "track_interface {", "    eth1 weight -30", "}"),
        ("10.9.0.100",), [sent],
        (("eth1 is down", lambda c, n: c.net.port_down(n, 1)), ("later", wait(2)),
         ("up", lambda c, n: c.net.port_up(n, 1)), ("later", wait(2)))),
    "announcements": (
        HEAD % "" + instance(
            *addresses("10.9.0.100/24", "10.9.0.101/24"), "virtual_ipaddress_excluded {", "    10.9.0.110/24", "}"),
        ("10.9.0.100", "10.9.0.101", "10.9.0.110"), [announced], (("later", wait(6.5)),)),
    "announcements as asked for": (
        HEAD % "" + instance(
            *addresses("10.9.0.100/24"), "garp_master_delay 2", "garp_master_repeat 3", "garp_master_refresh 3",
            "garp_master_refresh_repeat 2"),
        ("10.9.0.100",), [announced], (("later", wait(7)),)),
    "few announcements": (
        HEAD % "    vrrp_min_garp\n" + instance(*addresses("10.9.0.100/24")),
        ("10.9.0.100",), [announced], (("later", wait(6)),)),
    "announcements 6": (
        HEAD % "" + instance(*addresses("fe80::64", "2001:db8::64/64"), version=3),
        ("fe80::64", "2001:db8::64"), [announced], (("later", wait(6.5)),)),
    "virtual MAC": (
        HEAD % "" + instance("use_vmac", *addresses("10.9.0.100/24", "10.9.0.101")), ("10.9.0.100",),
        [kernel_addresses, kernel_links, sent], ()),
    "virtual MAC, parent sends": (
        HEAD % "" + instance("use_vmac vr51", "vmac_xmit_base", *addresses("10.9.0.100/24")), ("10.9.0.100",),
        [kernel_addresses, kernel_links, sent], ()),
    "virtual MAC 6": (
        HEAD % "" + instance("use_vmac", *addresses("fe80::64", "2001:db8::64/64"), version=3), ("fe80::64",),
        [kernel_links, sent], ()),
}


def cases(ours):
    found = []
    for name, (text, virtual, views, events) in CASES.items():
        switches = 2 if name == "interfaces" else 1
        found.append((f"alike: {name}, {ours}", lambda c, t=text, v=virtual, w=views, e=events, s=switches:
                      compare(c, ours, t, v, w, e, s)))
    return found

