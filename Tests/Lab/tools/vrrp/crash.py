"""What becomes of the address when a part of the daemon dies, at a stop, at a reload, and when somebody meddles."""
import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import client
import network
from programs import Router, Settings, configuration

HIGH, LOW = 150, 100
FIRST = Router(2)
VIRTUAL = FIRST.addresses[0]


def pair(case, ours, peer, router=FIRST, settings=None):
    case.network("abx", deaf="x")
    case.virtual = router.addresses
    case.place("a", ours, router, settings or Settings(HIGH))
    case.place("b", peer, router, Settings(LOW))
    for node in "ab":
        case.nodes[node].start()
    case.expect("a becomes active", lambda: case.net.advertisements("a"), 8)
    case.owns("a", "b")
    case.next_advertisement("a")
    return case.nodes["a"], case.nodes["b"]


def alone(case, ours, router=FIRST, settings=None):
    case.network("ax", deaf="x")
    case.virtual = router.addresses
    program = case.place("a", ours, router, settings or Settings(255))
    program.start()
    case.expect("it becomes active", lambda: case.net.advertisements("a"), 8)
    case.owns("a")
    return program


def worker(program):
    """The process that does everything; the guardian is the one that was started."""
    return program.children()[0]


def kill(number):
    at = time.time()
    os.kill(number, signal.SIGKILL)
    return at


def resigned(case, since, seconds=0.5):
    return case.expect("a's priority 0 is sent", lambda: [
        s for s in case.net.advertisements("a", since) if s.what.priority == 0], seconds)[0].time


def gone(case, since, limit):
    """The address left node a in that time."""
    change = case.expect("a's address is removed", lambda: [
        c for c in list(case.net.changes)
        if c.node == "a" and c.address == VIRTUAL and not c.present and c.time >= since], limit)[0]
    case.check(f"it is gone {1000 * (change.time - since):.1f} ms later", change.time - since <= limit)


def returns(case, since, seconds):
    case.expect("a comes back", lambda: [
        s for s in case.net.advertisements("a", since) if s.what.priority == HIGH], seconds)
    case.owns("a", "b")


def kill_worker(case, ours, peer):
    a, _ = pair(case, ours, peer)
    asking = client.Client(case.net, "x", case.virtual)
    for life in ("first", "second"):
        case.next_advertisement("a")
        at = kill(worker(a))
        zero = resigned(case, at)
        case.check(f"{life}: priority 0 at once: {1000 * (zero - at):.1f} ms", zero - at < 0.05)
        gone(case, at, 0.05)
        taken = case.taken_over("b", zero, 2)
        case.near(f"{life}: b takes over a skew time later", FIRST.skew(LOW), taken - zero)
        case.net.wait(lambda: False, 0.3)
        gap = client.longest_gap(case.net, VIRTUAL, at - 0.5, time.time())
        case.check(f"{life}: the client waits at most 0.7 s: {gap:.3f} s", gap <= 0.7)
        returns(case, at + 0.5, FIRST.down(HIGH) + 2)
    asking.end()
    case.active_were(*"ababa")
    case.in_order()


def kill_guardian(case, ours, peer):
    a, _ = pair(case, ours, peer)
    asking = client.Client(case.net, "x", case.virtual)
    alive = worker(a)
    began = time.time()
    case.next_advertisement("a")
    kill(a.process.pid)
    a.process.wait()
    case.expect("the worker lives, with a guardian of its own",
                lambda: alive in case.net.processes("a") and len(case.net.processes("a")) == 2, 2)
    case.net.wait(lambda: False, 3.5)
    until = time.time()
    times = [s.time for s in case.net.advertisements("a", began, until)]
    late = max(abs(second - first - 1) for first, second in zip(times, times[1:]))
    case.check(f"no advertisement is missed: {1000 * late:.1f} ms off at most", late <= 0.02)
    gap = client.longest_gap(case.net, VIRTUAL, began, until)
    case.check(f"the client has noticed nothing: {1000 * gap:.0f} ms between answers", gap < 0.1)
    case.equal("only a was active", ["a"], case.senders(began, until))

    at = kill(alive)
    zero = resigned(case, at)
    gone(case, at, 0.1)
    case.near("the new guardian does its work: b takes over", FIRST.skew(LOW), case.taken_over("b", zero, 2) - zero)
    returns(case, at + 0.5, FIRST.down(HIGH) + 2)
    asking.end()
    case.in_order()


def kill_both(case, ours, peer):
    a, _ = pair(case, ours, peer)
    case.net.ip("a", "address", "add", "10.9.0.200/32", "dev", "eth0")
    case.net.ip("a", "address", "add", "10.9.0.201/24", "dev", "lo")
    last = case.next_advertisement("a")
    case.troubled.append((time.time(), float("inf")))
    a.kill()
    taken = case.taken_over("b", last, 6)
    case.near("b takes over after the silence", FIRST.down(LOW), taken - last)
    case.check("the address is left behind, as nobody is there", VIRTUAL in case.net.addresses("a"))
    a.start()
    case.expect("the next start removes it", lambda: VIRTUAL not in case.net.addresses("a"), 1)
    case.troubled = [(since, time.time()) for since, _ in case.troubled]
    case.check("and only it", {"10.9.0.200", "10.9.0.201", "10.9.0.1"} <= case.net.addresses("a"))
    returns(case, a.started, FIRST.down(HIGH) + 2)
    case.in_order()


def crash_loop(case, ours):
    """A worker that dies again and again is started at once, then less and less often."""
    a = alone(case, ours)
    starts = []
    for _ in range(3):
        number = worker(a)
        at = kill(number)
        case.expect("there is another worker", lambda n=number: [c for c in a.children() if c != n], 6)
        starts.append(time.time() - at)
    case.check("the first at once", starts[0] < 0.3, starts)
    case.check("and then with a pause that grows", starts[2] > starts[0] + 0.5, starts)
    case.owns("a")


def snapshot(net, node):
    """All that a daemon could leave behind."""
    found = {words: net.ip(node, *words.split()) for words in (
        "-o link show", "-o -4 address show", "-o -6 address show", "-4 route show table all",
        "-6 route show table all", "rule show")}
    with network.inside(net.namespace(node)):
        for file in Path("/proc/sys/net").glob("ipv[46]/conf/*/*"):
            with contextlib.suppress(OSError):
                found[str(file)] = file.read_text(encoding="ascii")
    return {key: lifetimes_off(text) if "address" in key else " ".join(text.split()) for key, text in found.items()}


def lifetimes_off(text):
    return "\n".join(sorted(line.split("valid_lft")[0].split("\\")[0] for line in text.splitlines()))


EVERYTHING = (
    "use_vmac", "virtual_ipaddress_excluded {", "    10.9.0.110/24", "    2001:db8::110/64", "}",
    "virtual_routes {", "    10.77.0.0/16 via 10.9.0.24", "}",
    "virtual_rules {", "    from 10.77.0.0/16 table 77 preference 1077", "}")


def leaves_nothing(case, ours, end):
    """With a virtual MAC, routes and rules: a stop, or a kill and the next stop, leave the node as it was."""
    case.network("ax", deaf="x")
    case.virtual = FIRST.addresses
    program = case.place("a", ours, FIRST, Settings(HIGH, lines=EVERYTHING))
    before = snapshot(case.net, "a")
    program.start()
    case.expect("it becomes active", lambda: case.net.advertisements("a"), 8)
    case.owns("a")
    macs = {s.what.source_mac for s in case.net.advertisements("a")}
    case.equal("it sends from the virtual MAC", {"00:00:5e:00:01:33"}, macs)
    case.expect("the rule is there", lambda: "1077:" in case.net.ip("a", "rule"), 1)
    case.expect("the route is there", lambda: "10.77.0.0/16" in case.net.ip("a", "route"), 1)
    if end == "both killed":
        program.kill()
        case.check("all is left behind", VIRTUAL in case.net.addresses("a"))
        program.start()
        case.expect("it becomes active again", lambda: case.net.advertisements("a", program.started), 8)
    if end == "worker killed":
        kill(worker(program))
        case.expect("the guardian cleans up", lambda: "10.77.0.0/16" not in case.net.ip("a", "route"), 1)
        case.expect("and starts it again", lambda: VIRTUAL in case.net.addresses("a"), 8)
    at = program.stop()
    resigned(case, at)
    case.equal("its exit status", 0, program.process.poll())
    case.net.wait(lambda: not case.net.processes("a"), 2)
    case.equal("no process is left", [], case.net.processes("a"))
    after = snapshot(case.net, "a")
    changed = {key: (before.get(key), after.get(key)) for key in {**before, **after}
               if before.get(key) != after.get(key)}
    case.equal("and the node is as it was before", {}, changed)


def heals(case, ours):
    a = alone(case, ours, settings=Settings(200))
    since, logged = time.time(), a.log.read_text().count(VIRTUAL)
    case.net.forget("a", VIRTUAL)
    gone(case, since, 0.5)
    case.expect("an address that somebody removed is back within a second", lambda: (
        VIRTUAL in case.net.addresses("a")), 1)
    case.expect("and the log names it", lambda: a.log.read_text().count(VIRTUAL) > logged, 1)
    case.net.ip("a", "address", "flush", "dev", "eth0", "scope", "global")
    case.net.ip("a", "address", "add", "10.9.0.1/24", "dev", "eth0")
    case.expect("after a flush as well, the interface's own address returned", lambda: (
        VIRTUAL in case.net.addresses("a")), 6)
    case.next_advertisement("a")


def owner_of_its_address(case, ours):
    """The interface's own address as the virtual one: it stays when the daemon ends."""
    router = Router(2, addresses=("10.9.0.1",))
    case.network("ax", deaf="x")
    case.virtual = router.addresses
    program = case.place("a", ours, router, Settings(255))
    program.start()
    case.expect("it is active at once", lambda: case.net.advertisements("a"), 2)
    program.stop()
    case.check("its own address stays after a stop", "10.9.0.1" in case.net.addresses("a"))


def refuses_second(case, ours):
    a = alone(case, ours)
    second = a.spawn(*a.command(), environment=a.environment())
    status = second.wait(5)
    case.equal("a second start on the same socket is refused", 75, status)
    said = a.log.read_text()
    case.check("with the other's process number", str(a.process.pid) in said.splitlines()[-1], said)
    case.next_advertisement("a")


def without_rights(case, ours):
    case.network("a")
    a = case.place("a", ours, FIRST, Settings(HIGH))
    command = ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all", "--reuid", "65534", "--clear-groups"]
    process = a.spawn(*command, *a.command())
    case.equal("without rights the status is 77", 77, process.wait(5))
    case.equal("and one sentence is said", 1, len(a.log.read_text().splitlines()))


def two_instances(*lines, priority=HIGH, vrids=(51, 52)):
    return configuration(*(
        (Router(2, vrid=vrid, addresses=(f"10.9.0.{vrid}",)), Settings(priority, lines=lines)) for vrid in vrids))


def vrids_of(case, node, since, until=float("inf")):
    return {s.what.vrid for s in case.net.advertisements(node, since, until) if s.what.priority > 0}


def reloads(case, ours):
    case.network("ax", deaf="x")
    case.virtual = ("10.9.0.51", "10.9.0.52", "10.9.0.53")
    a = case.place("a", ours)
    a.write(two_instances())
    a.start()
    case.expect("both instances are active", lambda: vrids_of(case, "a", 0) == {51, 52}, 6)
    began = time.time()

    removed = two_instances(vrids=(51,))
    third = two_instances(vrids=(51, 53)).replace("VI_2", "VI_3")
    for text, words in ((removed, "one removed"), (third, "one added")):
        at = time.time()
        a.write(text)
        a.signal(signal.SIGHUP)
        if text is removed:
            zero = case.expect("the removed one resigns", lambda t=at: [
                s for s in case.net.advertisements("a", t, vrid=52) if s.what.priority == 0], 1)
            case.check("at once", zero[0].time - at < 0.2)
            case.expect("and its address goes", lambda: "10.9.0.52" not in case.net.addresses("a"), 1)
        else:
            case.expect("the new one becomes active", lambda t=at: case.net.advertisements("a", t, vrid=53), 6)
        case.check(f"{words}: the other one keeps its address", "10.9.0.51" in case.net.addresses("a"))

    a.write(two_instances(vrids=(51, 53)).replace("virtual_router_id 53", "virtual_router_id 999"))
    a.signal(signal.SIGHUP)
    case.expect("a file with errors is refused with its diagnostics", lambda: "999" in a.log.read_text(), 2)
    case.net.wait(lambda: False, 1.5)
    case.equal("and what runs stays", {51, 53}, vrids_of(case, "a", time.time() - 1.3))

    a.write(third.replace("priority 150", "priority 160"))
    at = time.time()
    a.signal(signal.SIGHUP)
    case.expect("a new priority is advertised", lambda: [
        s for s in case.net.advertisements("a", at, vrid=51) if s.what.priority == 160], 2)
    times = [s.time for s in case.net.advertisements("a", began, vrid=51)]
    late = max(second - first - 1 for first, second in zip(times, times[1:]))
    words = f"{1000 * late:.1f} ms late at most"
    case.check(f"not one advertisement of the unchanged one was missed: {words}", late <= 0.02)
    case.check("nor did it resign", all(s.what.priority for s in case.net.advertisements("a", vrid=51)))
    changes = [c for c in case.net.changes if c.address == "10.9.0.51"]
    case.equal("nor lose its address", [True], [c.present for c in changes])
    said = subprocess.run(
        [os.environ["VRRPCTL"], "reload", "--dry-run", "--socket", str(a.socket)], check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT) if ours == "ours" else None
    if said:
        case.equal("a reload that is only asked for", 0, said.returncode)


def link_loss(case, ours, peer):
    a, _ = pair(case, ours, peer)
    last = case.next_advertisement("a")
    at = time.time()
    case.net.port_down("a")
    gone(case, at, 0.1)
    taken = case.taken_over("b", last, 6)
    case.near("b takes over after a's silence", FIRST.down(LOW), taken - last)
    at = time.time()
    case.net.port_up("a")
    case.expect("with its link a comes back", lambda: case.net.advertisements("a", at), FIRST.down(HIGH) + 1)
    case.owns("a", "b")
    case.check("the process never noticed more than that", a.is_running())
    case.in_order()


def interface_vanishes(case, ours):
    """Renamed and back, then deleted and made again, with another number."""
    case.network("ax", deaf="x")
    case.virtual = FIRST.addresses
    a = case.place("a", ours)
    a.write(configuration((FIRST, Settings(200))).replace("router_id node", "router_id node\n    dynamic_interfaces"))
    a.start()
    case.expect("it becomes active", lambda: case.net.advertisements("a"), 8)

    case.net.batch("a", ["link set eth0 down", "link set eth0 name other", "link set other up"])
    began = time.time() + 0.2
    case.net.wait(lambda: False, 2.5)
    case.equal("its interface has another name: nothing is sent", [], case.net.advertisements("a", began))
    case.check("and the address is gone", VIRTUAL not in case.net.addresses("a"))
    case.net.batch("a", ["link set other down", "link set other name eth0", "link set eth0 up"])
    began = time.time()
    case.expect("the old name is back, and so is it", lambda: case.net.advertisements("a", began), 6)
    case.owns("a")

    case.net.ip("a", "link", "delete", "eth0")
    case.net.wait(lambda: False, 1)
    case.check("it runs on without its interface", a.is_running())
    case.net.plug_in("a")
    began = time.time()
    case.expect("with a new interface of that name it goes on", lambda: case.net.advertisements("a", began), 6)
    case.owns("a")


def cases(ours):
    peers = ["keepalived", ours] if ours != "keepalived" else ["keepalived"]
    with_peer = [("worker killed", kill_worker), ("guardian killed", kill_guardian), ("both killed", kill_both),
                 ("link lost", link_loss)]
    found = [(f"{name}, {ours} / {peer}", lambda c, b=body, p=peer: b(c, ours, p))
             for name, body in with_peer for peer in peers]
    single = [("crash loop", crash_loop), ("heals", heals), ("own address", owner_of_its_address),
              ("second start", refuses_second), ("without rights", without_rights), ("reload", reloads),
              ("interface deleted", interface_vanishes)]
    found += [(f"{name}, {ours}", lambda c, b=body: b(c, ours)) for name, body in single]
    found += [(f"nothing left: {end}, {ours}", lambda c, e=end: leaves_nothing(c, ours, e))
              for end in ("stopped", "worker killed", "both killed")]
    return found
