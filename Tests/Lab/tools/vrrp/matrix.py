"""Every pairing of programs on every form of VRRP: elections, take-overs and returns, timed from the packets."""
import itertools
import time

from programs import Router, Settings

HIGH, LOW = 150, 100


def addresses(router, node, others):
    prefix = "10.9.0." if router.family == 4 else "fe80::"
    number = "_abc".index
    return prefix + str(number(node)), tuple(prefix + str(number(other)) for other in others)


def settings(router, node, others, priority, **own):
    source, peers = addresses(router, node, others)
    return Settings(priority, source=source, peers=peers, **own)


def pair(case, programs, router, priorities=(HIGH, LOW), own=({}, {})):
    case.network("ab")
    case.virtual = router.addresses
    for node, other, program, priority, extra in zip("ab", "ba", programs, priorities, own):
        case.place(node, program, router, settings(router, node, other, priority, **extra))


def start_pair(case):
    """One after the other. FRR comes up at its own pace and with IPv6 advertises late, so there b waits for a."""
    case.nodes["a"].start()
    if "frr" not in (case.nodes["a"].name, case.nodes["b"].name):
        time.sleep(0.5)  # more than the two differ in what they need before their timers run
        case.nodes["b"].start()
    case.expect("a becomes active", lambda: case.net.advertisements("a"), 8)
    if not case.nodes["b"].process:
        case.nodes["b"].start()
        time.sleep(1)
    case.owns("a", "b")


def life(case, programs, router, learned=0.0):
    """Silence, return, resignation, restart, and the end of a backup."""
    own = ({"interval": learned}, {}) if learned else ({}, {})
    interval = learned or router.interval
    pair(case, programs, router, own=own)
    a, b = case.nodes["a"], case.nodes["b"]
    start_pair(case)

    last = case.cut("a")
    taken = case.taken_over("b", last, router.down(LOW, interval) + 2)
    case.near("b takes over after a's silence", router.down(LOW, interval), taken - last)
    case.owns("b")
    case.expect("b advertises", lambda: case.net.advertisements("b", taken), 2)
    if learned:
        case.expect("and again", lambda: case.net.advertisements("b", taken)[1:], 3)
        first, second = (s.time for s in case.net.advertisements("b", taken)[:2])
        case.near("b's advertisements come at its own interval", router.interval, second - first)
    case.settle("a", case.mend("a"))
    case.owns("a", "b")
    case.next_advertisement("a")

    stopped = time.time()
    a.terminate()
    resigned = case.expect("a resigns with priority 0", lambda: [
        s for s in case.net.advertisements("a", stopped) if s.what.priority == 0], 2)[0].time
    taken = case.taken_over("b", resigned, 3)
    case.near("b takes over after a's priority 0", router.skew(LOW, interval), taken - resigned)
    case.owns("b", "a")
    a.process.wait(8)

    a.start()
    back = case.expect("a comes back", lambda: case.net.advertisements("a", a.started), router.down(HIGH) + 3)[0].time
    limit = router.down(HIGH, max(interval, router.interval))
    case.check("it waits for its timer, and no longer", 2 * interval < back - a.started < limit + 1.2,
               f"{back - a.started:.3f} s after its start")
    case.owns("a", "b")
    case.next_advertisement("a")

    stopped = time.time()
    b.terminate()
    case.next_advertisement("a")
    case.equal("a backup that stops sends nothing", [], case.net.advertisements("b", stopped))
    case.active_were("a", "b", "a", "b", "a")
    case.in_order()


def no_preemption(case, programs, router):
    pair(case, programs, router, own=({"preempts": False}, {}))
    a, b = case.nodes["a"], case.nodes["b"]
    start_pair(case)
    a.stop()
    case.expect("b is active", lambda: case.senders()[-1:] == ["b"], 5)
    a.start()
    wait = router.down(HIGH) + (2.5 if a.name == "frr" else 1.5)
    case.net.wait(lambda: case.net.advertisements("a", a.started), wait)
    case.equal("a, back with its higher priority, stays away", [], case.net.advertisements("a", a.started))
    stopped = time.time()
    b.terminate()
    resigned = case.expect("b resigns", lambda: [
        s for s in case.net.advertisements("b", stopped) if s.what.priority == 0], 2)[0].time
    taken = case.taken_over("a", resigned, 3)
    case.near("and takes over when b resigns", router.skew(HIGH), taken - resigned)
    case.owns("a", "b")
    case.active_were("a", "b", "a")
    case.in_order()


def equal_priority(case, programs, router):
    """The first stays; when both are active, the higher address wins."""
    pair(case, programs, router, priorities=(LOW, LOW))
    case.nodes["a"].start()
    case.expect("a becomes active", lambda: case.net.advertisements("a"), 8)
    case.nodes["b"].start()
    time.sleep(router.down(LOW) + 1)
    case.equal("b, of the same priority, leaves it so", [], case.net.advertisements("b"))
    last = case.cut("a")
    taken = case.taken_over("b", last, router.down(LOW) + 2)
    case.near("b takes over after a's silence", router.down(LOW), taken - last)
    heard = case.settle("b", case.mend("a"))
    case.net.wait(lambda: False, 2.2)
    case.check("of the two b stays, with the higher address", case.senders(heard + 0.05) == ["b"], case.senders(heard))
    case.owns("b", "a")
    case.in_order()


def three(case, programs, router):
    case.network("abc")
    case.virtual = router.addresses
    priorities = {"a": 200, "b": 150, "c": 100}
    for node, program in zip("abc", programs):
        case.place(node, program, router, settings(router, node, "abc".replace(node, ""), priorities[node]))
    for node in "abc":
        case.nodes[node].start()
        if node == "a":
            case.expect("a becomes active", lambda: case.net.advertisements("a"), 8)
    time.sleep(1.5)
    case.owns("a", "b", "c")
    case.equal("and nobody else", ["a"], case.senders())
    last = case.cut("a")
    case.near("a is silent: b takes over", router.down(150), case.taken_over("b", last, 6) - last)
    case.owns("b", "c")
    last = case.cut("b")
    case.near("b as well: c takes over", router.down(100), case.taken_over("c", last, 6) - last)
    case.owns("c")
    case.mend("b")
    case.settle("a", case.mend("a"))
    case.owns("a", "b", "c")
    case.next_advertisement("a")
    stopped = time.time()
    case.nodes["a"].terminate()
    resigned = case.expect("a resigns", lambda: [
        s for s in case.net.advertisements("a", stopped) if s.what.priority == 0], 2)[0].time
    taken = case.taken_over("b", resigned, 3)
    case.near("b takes over after a's priority 0", router.skew(150), taken - resigned)
    case.net.wait(lambda: False, 1.2)
    case.equal("and not c", ["b"], case.senders(resigned))
    case.owns("b", "a", "c")
    case.in_order()


ROUTERS = {
    "v2": lambda: Router(2),
    "v3": lambda: Router(3),
    "v3 IPv6": lambda: Router(3, family=6),
    "PASS": lambda: Router(2, authentication=("PASS", "1111")),
    "AH": lambda: Router(2, authentication=("AH", "secret")),
    "unicast v2": lambda: Router(2, unicast=True),
    "unicast v3": lambda: Router(3, unicast=True),
    "unicast v3 IPv6": lambda: Router(3, family=6, unicast=True),
    "virtual MAC v2": lambda: Router(2, lines=("use_vmac",)),
    "virtual MAC v3 IPv6": lambda: Router(3, family=6, lines=("use_vmac",)),
    "virtual MAC, parent sends": lambda: Router(3, lines=("use_vmac", "vmac_xmit_base")),
}
BOTH = ["v2", "v3", "v3 IPv6", "virtual MAC v2", "virtual MAC v3 IPv6"]
ONLY_KEEPALIVED = ["PASS", "AH", "unicast v2", "unicast v3", "unicast v3 IPv6", "virtual MAC, parent sends"]


def cases(ours):
    """`ours` is the program under test."""
    def each(forms, peers):
        for form, peer in itertools.product(forms, peers):
            for programs in dict.fromkeys([(ours, peer), (peer, ours)]):
                yield form, programs, " / ".join(programs)

    peers = list(dict.fromkeys(["frr", "keepalived", ours]))
    without_frr = peers[1:]
    found = []
    for form, programs, words in each(BOTH, peers):
        found.append((f"{form}, {words}", lambda c, p=programs, f=form: life(c, p, ROUTERS[f]())))
    for form, programs, words in each(ONLY_KEEPALIVED, without_frr):
        found.append((f"{form}, {words}", lambda c, p=programs, f=form: life(c, p, ROUTERS[f]())))
    for _, programs, words in each(["v3"], peers):
        found.append((f"nopreempt, {words}", lambda c, p=programs: no_preemption(c, p, Router(3))))
        found.append((f"equal priority, {words}", lambda c, p=programs: equal_priority(c, p, Router(3))))
        found.append((f"learned interval, {words}", lambda c, p=programs: life(c, p, Router(3), learned=0.5)))
    for order in itertools.islice(itertools.permutations(dict.fromkeys([ours, "keepalived", "frr"])), 0, 6, 2):
        if len(order) == 3:
            found.append((f"three, {' / '.join(order)}", lambda c, p=order: three(c, p, Router(3))))
    return found
