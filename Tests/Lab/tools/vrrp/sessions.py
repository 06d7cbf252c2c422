"""BFD: sessions of ours with bfdd of FRR, with keepalived and with itself, and virtual routers that track them.

A session's packets are taken at the switch, so when they were sent is the kernel's time and nobody's word.
"""
import contextlib
import os
import random
import signal
import socket
import struct
import time

import network
import wire
from programs import Router, Settings, configuration

# Seconds that a program may be late on a machine that has other things to do.
SLACK = 0.03
V3 = Router(3, interval=0.1)


# The configurations

def session(name, neighbour, *lines):
    body = "".join(f"    {line}\n" for line in (f"neighbor_ip {neighbour}", *lines))
    return f"bfd_instance {name} {{\n{body}}}\n"


def address(node, family=4):
    number = ord(node) - ord("a") + 1
    return f"10.9.0.{number}" if family == 4 else f"2001:db8::{number:x}"


def lines(min_tx, min_rx, multiplier, *more):
    return (f"min_tx {min_tx}", f"min_rx {min_rx}", f"multiplier {multiplier}", *more)


def frr_lines(transmit, receive, multiplier, *more):
    return (f"transmit-interval {transmit}", f"receive-interval {receive}", f"detect-multiplier {multiplier}", *more)


def place(case, node, program, text):
    placed = case.place(node, program)
    placed.write("global_defs {\n    router_id node\n}\n" + text)
    return placed


def tracked(case, node, program, sessions, settings, weight=""):
    """A virtual router that tracks the first of the sessions."""
    name = sessions.split()[1]
    settings.lines = ("track_bfd {", f"    {name}{weight}", "}")
    return place(case, node, program, sessions + configuration((V3, settings)).partition("}\n")[2])


# What is seen

def controls(case, node, since=0.0, until=float("inf"), to=None, port=3784):
    return [s for s in list(case.net.seen)
            if s.node == node and since <= s.time < until and isinstance(s.what, wire.Control)
            and s.what.port == port and to in (None, s.what.destination)]


def first(case, what, node, condition, since, seconds, **more):
    """The first packet of the node of which that is true."""
    return case.expect(what, lambda: [
        s for s in controls(case, node, since, **more) if condition(s.what)], seconds)[0]


def come_up(case, one="a", other="b", since=0.0, seconds=8, **more):
    """Both say Up, and polls are answered: the session goes by its own intervals."""
    last = 0
    for node, peer in ((one, other), (other, one)):
        seen = first(case, f"{node} is up with {peer}", node, lambda p: p.state == "Up" and not p.poll and not p.final,
                     since, seconds, **more)
        last = max(last, seen.time)
    return last


def spacing(case, node, since, until):
    """Seconds between periodic packets, the answers to polls left out."""
    times = [s.time for s in controls(case, node, since, until) if not s.what.final]
    return [second - one for one, second in zip(times, times[1:])]


def never_down(case, since, until=float("inf")):
    down = [f"{s.time - case.began:.3f} {s.node} {s.what.state} {s.what.diagnostic}"
            for node in case.nodes for s in controls(case, node, since, until) if s.what.state != "Up"]
    case.equal("the session stayed up", [], down)


def as_the_rfc_wants(case, node, hop_limit=255):
    seen = controls(case, node)
    case.equal(f"{node}: hop limit", {hop_limit}, {s.what.hop_limit for s in seen})
    ports = {(s.what.mine, s.what.source_port) for s in seen}
    case.check(f"{node}: one source port for each life, from 49152 on: {sorted(port for _, port in ports)}",
               len(ports) == len({mine for mine, _ in ports}) and min(port for _, port in ports) >= 49152)
    case.equal(f"{node}: slow until up", [], [
        s.what for s in seen if s.what.state != "Up" and s.what.min_tx < 1])
    case.equal(f"{node}: never both bits", [], [s.what for s in seen if s.what.poll and s.what.final])


def lose(case, node, family=4):
    """BFD packets of the node reach nobody from now on; they are seen. Everything else passes."""
    tc = ["tc", "-n", case.net.namespace("switch")]
    network.run(*tc, "qdisc", "add", "dev", f"{node}0", "ingress")
    match = ["ip", "u32", "match", "ip"] if family == 4 else ["ipv6", "u32", "match", "ip6"]
    network.run(*tc, "filter", "add", "dev", f"{node}0", "parent", "ffff:", "protocol", *match, "dport", "3784",
                "0xffff", "action", "mirred", "egress", "redirect", "dev", "sink")
    return time.time()


def let_pass(case, *nodes):
    for node in nodes:
        network.run("tc", "-n", case.net.namespace("switch"), "qdisc", "delete", "dev", f"{node}0", "ingress")
    return time.time()


def undisturbed(case):
    """The nodes' processes before everything else on this machine: what is measured is theirs."""
    for node in case.nodes:
        for process in case.net.processes(node):
            with contextlib.suppress(OSError):
                os.sched_setscheduler(process, os.SCHED_RR, os.sched_param(1))


def see_deliveries(case):
    """From now on `case.delivered` has what reached each node's port: (time, node, packet)."""
    case.delivered = []

    def take(tap, name, _):
        frame, extra, _, sender = tap.recvmsg(2048, 64)
        what = wire.decode(frame)
        if sender[2] != socket.PACKET_OUTGOING or not isinstance(what, wire.Control):
            return
        for level, kind, data in extra:
            if level == socket.SOL_SOCKET and kind == network.SO_TIMESTAMPNS:
                seconds, nanoseconds = struct.unpack("qq", data[:16])
                case.delivered.append((seconds + nanoseconds / 1e9, name, what))

    with network.inside(case.net.namespace("switch")):
        for node in case.net.names:
            tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            tap.setsockopt(socket.SOL_SOCKET, network.SO_TIMESTAMPNS, 1)
            tap.setsockopt(socket.SOL_SOCKET, network.SO_RCVBUFFORCE, 1 << 23)
            tap.bind((f"{node}0", network.ETH_P_ALL))
            case.net.hear(tap, take, node, 0)


def detects(case, node, harm, repair, detection, attempts=3):
    """After `harm` the node says Down, by itself, a detection time after the last packet that reached it; `repair` brings
    the session up again. On a machine that has other things to do one of the attempts must be in time."""
    tries = []
    for _ in range(attempts):
        since = time.time()
        harm()
        down = first(case, f"{node} says Down", node, lambda p: p.state == "Down", since, detection + 3)
        took = down.time - max(at for at, to, _ in case.delivered if to == node and at < down.time - detection / 2)
        tries.append((1000 * took, down.what.diagnostic))
        repair()
        if down.what.diagnostic == 1 and abs(took - detection) <= SLACK:
            break
    case.check(
        f"{node} is down {tries[-1][0]:.1f} ms after the last packet, the detection time is {1000 * detection:.0f} ms",
        abs(tries[-1][0] / 1000 - detection) <= SLACK and tries[-1][1] == 1, f"milliseconds and diagnostics: {tries}")


def cut(case, family, *nodes):
    """What `detects` calls harm and repair: packets of these nodes are lost, and pass again."""
    def harm():
        for node in nodes:
            lose(case, node, family)

    def repair():
        come_up(case, since=let_pass(case, *nodes))
    return harm, repair


def in_time(gaps, longest):
    """Whether packets leave as often as they are to, but for what a busy machine keeps back."""
    gaps = sorted(gaps)
    return gaps[0] >= 0.74 * longest and gaps[len(gaps) * 3 // 4] <= longest + 0.002


def times(gaps):
    gaps = sorted(gaps)
    return (f"{1000 * gaps[0]:.1f} to {1000 * gaps[-1]:.1f} ms, three quarters within "
            f"{1000 * gaps[len(gaps) * 3 // 4]:.1f}, {len(gaps)} of them")


# With bfdd

def with_bfdd(case, ours_lines, peer_lines, family=4, peer_words=""):
    case.network("ab")
    ours = place(case, "a", "ours, telling", session("b1", address("b", family), *ours_lines))
    bfdd = case.place("b", "bfdd")
    bfdd.configure_peers([(address("a", family) + peer_words, peer_lines)])
    for program in (bfdd, ours):
        program.start()
    return ours, bfdd, come_up(case)


def agree(case, ours, bfdd, family=4):
    """What bfdd shows of the session is what our log has of it."""
    def same():
        shown = bfdd.peers().get(address("a", family))
        timing = ours.told("bfd-timing")
        if not shown or not timing:
            return None
        timing = {name: int(timing[-1][name]) for name in (
            "localDiscriminator", "remoteDiscriminator", "desiredMinTx", "requiredMinRx", "remoteMinTx",
            "remoteMinRx", "multiplier", "remoteMultiplier")}
        theirs = {
            "localDiscriminator": shown["remote-id"], "remoteDiscriminator": shown["id"],
            "desiredMinTx": shown["remote-transmit-interval"] * 1000,
            "requiredMinRx": shown["remote-receive-interval"] * 1000,
            "remoteMinTx": shown["transmit-interval"] * 1000, "remoteMinRx": shown["receive-interval"] * 1000,
            "multiplier": shown["remote-detect-multiplier"], "remoteMultiplier": shown["detect-multiplier"]}
        return (timing, theirs) if shown["status"] == "up" and timing == theirs else None
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        if same():
            break
        time.sleep(0.1)
    case.check("bfdd shows the same intervals, multipliers and discriminators", same(), bfdd.peers())


def life(case, family):
    hop = ("hoplimit 255",) if family == 6 else ()
    local = f" local-address {address('b', 6)}" if family == 6 else ""
    ours, bfdd, _ = with_bfdd(case, lines(40, 30, 5, *hop), frr_lines(50, 50, 3), family, local)
    agree(case, ours, bfdd, family)
    undisturbed(case)
    see_deliveries(case)
    since = time.time()
    case.net.wait(lambda: False, 4)
    never_down(case, since)
    gaps = spacing(case, "a", since, time.time())
    case.check(f"ours leave every 37.5 to 50 ms: {times(gaps)}", in_time(gaps, 0.05))
    case.check("with a jitter that uses that range", sorted(gaps)[len(gaps) * 9 // 10] - min(gaps) > 0.008)

    # Packets of one end, of the other, and of both are lost. Ours sends every 50 ms with a multiplier of 5, bfdd with 3.
    for deaf, of, detection in (("b", "a", 0.25), ("a", "b", 0.15)):
        at = time.time()
        detects(case, deaf, *cut(case, family, of), detection)
        other = first(case, f"{of} is told", of, lambda p: p.state == "Down", at, 1)
        case.equal(f"{of}'s diagnostic", 3, other.what.diagnostic)
    detects(case, "a", *cut(case, family, *"ab"), 0.15)
    detects(case, "b", *cut(case, family, *"ab"), 0.25)
    agree(case, ours, bfdd, family)
    words = {entry["diagnostic"] for entry in ours.told("bfd-state", to="Down")}
    case.equal("what our log says", {"neighbor signaled session down", "control detection time expired"}, words)

    # An end that dies, and one that is stopped.
    def kill_bfdd():
        os.kill(bfdd.process.pid, signal.SIGKILL)
        bfdd.process.wait()

    def start(program):
        at = time.time()
        program.start()
        come_up(case, since=at)
        undisturbed(case)

    before = controls(case, "b")[-1].what.mine
    detects(case, "a", kill_bfdd, lambda: start(bfdd), 0.15)
    case.check("it has another discriminator, and we know it", before != controls(case, "b")[-1].what.mine)
    agree(case, ours, bfdd, family)
    detects(case, "b", ours.kill, lambda: start(ours), 0.25)
    at = time.time()
    ours.stop()
    end = first(case, "a says AdminDown", "a", lambda p: p.state == "AdminDown", at, 2)
    down = first(case, "b says Down at once", "b", lambda p: p.state == "Down", end.time, 1)
    case.check(f"b is down {1000 * (down.time - end.time):.1f} ms after it", down.time - end.time < SLACK)
    case.equal("what bfdd knows of it", "administratively down",
               bfdd.peers().get(address("a", family), {}).get("remote-diagnostic"))
    case.equal("nothing leaves after it", [], controls(case, "a", end.time + 0.001))
    as_the_rfc_wants(case, "a")


def reload(case):
    ours, bfdd, up = with_bfdd(case, lines(40, 40, 5), frr_lines(20, 20, 3))
    text = ours.file.read_text()
    for min_tx, min_rx, multiplier in ((240, 100, 4), (20, 20, 7), (20, 20, 3)):
        before = controls(case, "a")[-1].what
        at = time.time()
        ours.write(text.replace("min_tx 40", f"min_tx {min_tx}").replace("min_rx 40", f"min_rx {min_rx}")
                   .replace("multiplier 5", f"multiplier {multiplier}"))
        ours.signal(signal.SIGHUP)
        said = first(case, f"it says {min_tx}, {min_rx} ms and {multiplier}", "a", lambda p: (
            p.min_tx, p.min_rx, p.multiplier) == (min_tx / 1000, min_rx / 1000, multiplier), at, 3)
        if (before.min_tx, before.min_rx) != (said.what.min_tx, said.what.min_rx):
            case.check("with a poll", said.what.poll)
            final = first(case, "which bfdd answers", "b", lambda p: p.final, said.time, 1)
            first(case, "and that is its end", "a", lambda p: not p.poll, final.time, 1)
            # A longer interval that counted too early would show; a busy machine that is late once does not.
            longest = max(before.min_tx + 2 * SLACK, 0.7 * min_tx / 1000)
            early = [gap for gap in spacing(case, "a", at - 0.2, said.time) if gap > longest]
            case.equal("before it packets left as before", [], early)
        agree(case, ours, bfdd)
        since = time.time()
        case.net.wait(lambda: False, 1.5)
        gaps = spacing(case, "a", since, time.time())
        longest = max(min_tx / 1000, 0.02)
        case.check(f"packets leave every {750 * longest:.0f} to {1000 * longest:.0f} ms: {times(gaps)}",
                   in_time(gaps, longest))
    never_down(case, up)
    case.equal("one discriminator all the time", 1, len({s.what.mine for s in controls(case, "a")}))


def passive(case):
    case.network("ab")
    ours = place(case, "a", "ours, telling", session("b1", address("b"), *lines(50, 50, 3, "passive")))
    ours.start()
    case.net.wait(lambda: False, 2.5)
    case.equal("a passive end says nothing by itself", [], controls(case, "a"))
    bfdd = case.place("b", "bfdd")
    bfdd.configure_peers([(address("a"), frr_lines(50, 50, 3))])
    at = time.time()
    bfdd.start()
    come_up(case)
    begun = controls(case, "b", at)[0].time
    case.check("it answers what it hears", controls(case, "a")[0].time >= begun)

    # The other way round.
    for program in case.nodes.values():
        program.kill()
    at = time.time()
    bfdd.configure_peers([(address("a"), frr_lines(50, 50, 3, "passive-mode"))])
    (bfdd.folder / "run/frr/zserv.api").unlink(missing_ok=True)
    bfdd.start()
    ours.write(ours.file.read_text().replace("passive", ""))
    ours.start()
    come_up(case, since=at)


def far_away(case):
    """x is on the same network and pretends to be b; with a TTL of 254 it could be anywhere."""
    case.network("abx", deaf="x")
    ours = place(case, "a", "ours, telling", session("b1", address("b"), *lines(50, 50, 3)))
    bfdd = case.place("b", "bfdd")
    bfdd.configure_peers([(address("a"), frr_lines(50, 50, 3))])
    for program in (bfdd, ours):
        program.start()
    up = come_up(case)
    a, b = controls(case, "a")[-1].what, controls(case, "b")[-1].what

    def forge(hop_limit, yours, source=address("b"), octets=b""):
        control = octets or struct.pack("!BBBBIIIII", 0x20, 0x40, 3, 24, b.mine, yours, 50000, 50000, 0)
        datagram = struct.pack("!HHHH", 50000, 3784, 8 + len(control), 0) + control
        header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 0, 0, hop_limit, 17, 0,
                             socket.inet_aton(source), socket.inet_aton(address("a")))
        with network.inside(case.net.namespace("x")), \
                socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
            raw.sendto(header + datagram, (address("a"), 0))
        return time.time()

    for hop_limit, yours, source in ((254, a.mine, "b"), (1, a.mine, "b"), (255, a.mine ^ 1, "b"), (255, a.mine, "x"),
                                     (255, 0, "x")):
        forge(hop_limit, yours, address(source))
    numbers = random.Random(5)
    for size in (0, 1, 23, 24, 25, 200, 1400):
        forge(255, 0, octets=numbers.randbytes(size) or b"\0")
    case.net.wait(lambda: False, 0.5)
    never_down(case, up)
    reasons = {entry["reason"] for entry in ours.told("bfd-rejected")}
    case.check(f"it says why: {sorted(reasons)}",
               {"ttl-error", "unknown-discriminator", "unknown-neighbor", "length-error"} <= reasons)
    # The same packet from next door is believed: there is no authentication.
    at = forge(255, a.mine)
    first(case, "a packet with 255 takes effect", "a", lambda p: p.state == "Down", at - 0.05, 1)


def multihop(case):
    """Ours with ours, on port 4784; bfdd has the other end of it in the next case."""
    case.network("ab")
    for node, other in ("ab", "ba"):
        source = f"source_ip {address(node)}"
        place(case, node, "ours, telling",
              session("far", address(other), *lines(50, 50, 3, "multihop", source))).start()
    come_up(case, port=4784)
    case.equal("nothing leaves to the other port", [], controls(case, "a") + controls(case, "b"))


def multihop_bfdd(case):
    case.network("ab")
    place(case, "a", "ours, telling",
          session("far", address("b"), *lines(50, 50, 3, "multihop", f"source_ip {address('a')}"))).start()
    bfdd = case.place("b", "bfdd")
    bfdd.configure_peers([(f"{address('a')} multihop local-address {address('b')}", frr_lines(50, 50, 3))])
    bfdd.start()
    come_up(case, port=4784)


# With keepalived, and with ourselves

def with_keepalived(case, peer, family):
    """As it is configured where nothing but the addresses is said: 10 ms and a multiplier of 5 at both ends."""
    case.network("ab")
    for node, other, program in (("a", "b", "ours, telling"), ("b", "a", peer)):
        # keepalived's process for BFD starts only where somebody tracks a session.
        settings = Settings(100, lines=("track_bfd {", "    b1", "}"))
        router = Router(2, vrid=50 + ord(node) % 2)
        text = session("b1", address(other, family), f"source_ip {address(node, family)}")
        place(case, node, program, text + configuration((router, settings)).partition("}\n")[2])
        case.nodes[node].start()
    come_up(case)
    undisturbed(case)
    see_deliveries(case)
    since = time.time()
    case.net.wait(lambda: False, 3)
    gaps = spacing(case, "a", since, time.time())
    case.check(f"ours leave every 7.5 to 10 ms: {times(gaps)}", in_time(gaps, 0.01))

    def restart():
        for stale in (case.nodes["b"].folder / "run").glob("*.pid"):
            stale.unlink()  # keepalived does not start where another process has the number in it by now
        at = time.time()
        case.nodes["b"].start()
        come_up(case, since=at)
        undisturbed(case)

    detects(case, "a", *cut(case, family, "b"), 0.05)
    detects(case, "b", *cut(case, family, "a"), 0.05)
    detects(case, "a", case.nodes["b"].kill, restart, 0.05)
    case.nodes["a"].stop()
    end = first(case, "our last word is AdminDown", "a", lambda p: p.state == "AdminDown", since, 2)
    first(case, "b is down at once", "b", lambda p: p.state == "Down", end.time - 0.001, 1)
    as_the_rfc_wants(case, "a")


# Virtual routers that track

def failover(case, program, weight=""):
    """a and b share an address; each tracks a router of its own, c and d. c dies: the address moves.

    The step from a's fault to b is a skew time, as after every resignation. With a weight a goes on with less than b
    has, and b takes over when it has heard nobody better for as long as from a dead one.
    """
    case.network("abcd")
    case.virtual = V3.addresses
    for node, router, priority in (("a", "c", 150), ("b", "d", 120)):
        tracked(case, node, program, session("up", address(router), *lines(20, 20, 3)), Settings(priority), weight)
    for node, other in (("c", "a"), ("d", "b")):
        case.place(node, "bfdd").configure_peers([(address(other), frr_lines(20, 20, 3))])
    for node in "cdab":
        case.nodes[node].start()
    come_up(case, "a", "c")
    come_up(case, "b", "d")
    case.expect("a is active", lambda: case.net.advertisements("a", time.time() - 0.3), 8)
    case.owns("a", "b")
    undisturbed(case)
    see_deliveries(case)
    case.net.wait(lambda: False, 1)
    detection = 0.06
    took = []
    for _ in range(5):
        case.next_advertisement("a")
        since = time.time()
        lose(case, "c")
        moved = case.expect("the address comes to b", lambda since=since: [
            c for c in list(case.net.changes)
            if c.node == "b" and c.present and c.address in case.virtual and c.time >= since], 3)[0].time
        took.append(moved - max(at for at, to, what in case.delivered if (to, what.state) == ("a", "Up") and at < moved))
        mended = let_pass(case, "c")
        come_up(case, "a", "c", since=mended)
        case.expect("a has it again", lambda since=mended: [
            c for c in list(case.net.changes)
            if c.node == "a" and c.present and c.address in case.virtual and c.time >= since], 5)
        case.owns("a", "b")
        case.net.wait(lambda: False, 0.3)
    took.sort()
    step = V3.down(120) if weight else V3.skew(120)
    case.check(
        f"the address is at b {1000 * took[0]:.0f} to {1000 * took[-1]:.0f} ms (median {1000 * took[2]:.0f}) after c's "
        f"last packet: detection time {1000 * detection:.0f} ms and a step of {1000 * step:.0f} ms",
        took[2] <= detection + step + SLACK if program.startswith("ours") else True)


def before_the_first_up(case, program):
    """Nobody answers: what the instances make of a session that never was up."""
    case.network("ab")
    expected = {}
    texts = []
    for number, (weight, effect) in enumerate((("", None), (" weight 0 reverse", 100), (" weight 20", 100),
                                               (" weight -20", 80), (" weight 20 reverse", 100),
                                               (" weight -20 reverse", 120)), 1):
        router = Router(2, vrid=number, addresses=(f"10.9.0.{100 + number}",))
        settings = Settings(100, lines=("track_bfd {", f"    b1{weight}", "}"))
        texts.append((router, settings))
        expected[number] = effect
    text = configuration(*texts).partition("}\n")[2]
    place(case, "a", program, session("b1", address("b"), *lines(50, 50, 3)) + text).start()
    case.net.wait(lambda: False, 7)
    for vrid, effect in expected.items():
        seen = {s.what.priority for s in case.net.advertisements("a", vrid=vrid)}
        case.equal(f"priorities of {texts[vrid - 1][1].lines[1].strip()}", {effect} if effect else set(), seen)


def busy(case, count):
    """So many virtual routers beside a session of 10 ms: c takes all addresses away and gives them back, and a reload."""
    case.network("abc")
    routers = [Router(3, vrid=number, interval=0.1, addresses=(f"10.8.{number // 200}.{number % 200 + 1}",))
               for number in range(1, count + 1)]

    def instances(priority):
        return configuration(*((router, Settings(priority)) for router in routers)).partition("}\n")[2]

    ours = place(case, "a", "ours, telling", session("b1", address("b")) + instances(100))
    other = place(case, "c", "ours", instances(200))
    bfdd = case.place("b", "bfdd")
    bfdd.configure_peers([(address("a"), frr_lines(10, 10, 5))])
    for program in (bfdd, ours):
        program.start()
    come_up(case)
    undisturbed(case)
    up = time.time()

    def all_from(node, priority, since, seconds=10):
        case.expect(f"{node} has all {count} with {priority}", lambda: len({
            s.what.vrid for s in case.net.advertisements(node, since) if s.what.priority == priority}) == count, seconds)

    def judged(what, since):
        gaps = sorted(spacing(case, "a", since, time.time()))
        down = len([entry for entry in ours.told("bfd-state", since) if entry["to"] == "Down"])
        case.check(
            f"{what}: {len(gaps)} packets, median {1000 * gaps[len(gaps) // 2]:.2f} ms apart, 99 % within "
            f"{1000 * gaps[len(gaps) * 99 // 100]:.2f} ms, the longest {1000 * gaps[-1]:.2f} ms",
            down == 0 and gaps[-1] < 0.05)

    all_from("a", 100, up)
    since = time.time()
    case.net.wait(lambda: False, 5)
    judged(f"beside {count} active instances", since)
    since = time.time()
    other.start()
    all_from("c", 200, since)
    undisturbed(case)
    case.net.wait(lambda: False, 0.3)
    judged("while they lose their addresses", since)
    since = time.time()
    other.terminate()
    all_from("a", 100, since + 0.05)
    case.net.wait(lambda: False, 0.3)
    judged("while they get them back", since)
    since = time.time()
    ours.write(ours.file.read_text().replace("priority 100", "priority 90"))
    ours.signal(signal.SIGHUP)
    all_from("a", 90, since)
    judged("during a reload", since - 0.1)
    never_down(case, up)


def cases(_):
    yield "bfdd, reload", reload
    yield "bfdd, passive", passive
    yield "bfdd, forged packets", far_away
    yield "multihop", multihop
    yield "bfdd, multihop", multihop_bfdd
    for program in ("ours, telling", "keepalived with BFD"):
        yield f"before the first up, {program}", lambda case, p=program: before_the_first_up(case, p)


def cases_alone(_):
    """What is measured in milliseconds runs by itself."""
    yield "bfdd over IPv4", lambda case: life(case, 4)
    yield "bfdd over IPv6", lambda case: life(case, 6)
    for peer in ("keepalived with BFD", "ours, telling"):
        for family in (4, 6):
            yield f"{peer} over IPv{family}", lambda case, p=peer, f=family: with_keepalived(case, p, f)
    for program in ("ours, telling", "keepalived with BFD"):
        yield f"failover, {program}", lambda case, p=program: failover(case, p)
        yield f"failover by weight, {program}", lambda case, p=program: failover(case, p, " weight -60")
    yield "busy", lambda case: busy(case, 100)
