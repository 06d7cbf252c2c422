"""A case: nodes with programs, what is done to them, and what must be seen."""
import contextlib
import os
import shutil
import tempfile
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import wire
from network import Network
from programs import PROGRAMS, Settings

TOLERANCE = 0.030  # seconds, of a take-over against the formula


class GiveUp(Exception):
    """What comes next makes no sense after this."""


class Case:
    def __init__(self, name, work):
        self.name, self.work = name, work
        self.checks = []
        self.net = None
        self.nodes = {}
        self.began = time.time()
        self.unheard = []  # (node, since, until): what it sent then reached nobody
        self.troubled = []  # (since, until): two owners are to be expected

    # What is there

    def network(self, names, **options):
        self.net = Network(names, **options)

    def place(self, node, program, router=None, settings=None):
        self.nodes[node] = PROGRAMS[program](self.net, node, self.work)
        if router:
            self.nodes[node].configure(router, settings or Settings(100))
        return self.nodes[node]

    # What is done

    def cut(self, node):
        """Out of the switch, at once after an advertisement of its own; gives that advertisement's time."""
        last = self.next_advertisement(node)
        self.net.cut(node)
        self.unheard.append((node, time.time(), float("inf")))
        self.troubled.append((time.time(), float("inf")))
        return last

    def power_off(self, node):
        """Nothing of it runs or answers any more; when it is mended and started again, it has booted."""
        at = time.time()
        self.net.cut(node)
        self.nodes[node].kill()
        for address in set(self.virtual) & self.net.addresses(node):
            self.net.forget(node, address)
        return at

    def mend(self, node):
        self.net.mend(node)
        self.unheard = [(n, a, min(b, time.time()) if n == node else b) for n, a, b in self.unheard]
        return time.time()

    def settle(self, node, since):
        """The node is the only active one again once it was heard after that time."""
        self.expect(f"{node} is heard again", lambda: self.net.advertisements(node, since), 3)
        heard = self.net.advertisements(node, since)[0].time
        self.troubled = [(a, min(b, heard + 0.05)) for a, b in self.troubled]
        return heard

    # What is seen

    def next_advertisement(self, node, seconds=6):
        now = time.time()
        found = self.net.wait(lambda: self.net.advertisements(node, now), seconds)
        if not found:
            self.fail(f"{node} advertises")
            raise GiveUp
        return found[0].time

    def taken_over(self, node, since, seconds):
        """When the node first showed that it is active: by an advertisement or, as FRR with IPv6, by an announcement
        that comes before it."""
        def signs():
            return [s.time for s in list(self.net.seen) if s.node == node and s.time >= since and self.is_sign(s.what)]
        found = self.net.wait(signs, seconds)
        if not found:
            self.fail(f"{node} takes over within {seconds:.1f} s")
            raise GiveUp
        return found[0]

    def is_sign(self, what):
        if isinstance(what, wire.Advertisement):
            return what.priority > 0
        if isinstance(what, wire.Arp):
            return what.is_gratuitous and what.sender in self.virtual
        return isinstance(what, wire.NeighbourAdvertisement) and what.target in self.virtual

    virtual = ()

    def heard(self, since=0.0, until=float("inf")):
        return [s for s in self.net.advertisements(since=since, until=until)
                if not any(n == s.node and a <= s.time < b for n, a, b in self.unheard)]

    def senders(self, since=0.0, until=float("inf"), vrid=None):
        """Who was heard as active, in order."""
        order = []
        for seen in self.heard(since, until):
            if seen.what.priority > 0 and vrid in (None, seen.what.vrid) and order[-1:] != [seen.node]:
                order.append(seen.node)
        return order

    def holdings(self):
        """(node, address, since, until) for each time that a node held a virtual address."""
        held, found = {}, []
        for change in list(self.net.changes):
            key = (change.node, change.address)
            if change.address not in self.virtual or self.nodes[change.node].name == "frr":
                continue
            if change.present:
                held.setdefault(key, change.time)
            elif key in held:
                found.append((*key, held.pop(key), change.time))
        return found + [(*key, since, float("inf")) for key, since in held.items()]

    def owned_twice(self):
        """Where two nodes held an address for more than 100 ms though they heard each other, in words."""
        found, all_held = [], self.holdings()
        for i, (node, address, since, until) in enumerate(all_held):
            for other, same, since2, until2 in all_held[i + 1:]:
                first, last = max(since, since2), min(until, until2, time.time())
                if same != address or other == node or last - first <= 0.1:
                    continue
                if not any(a <= first + 0.05 and last <= b for a, b in self.troubled):
                    when = f"from {first - self.began:.3f} for {last - first:.3f} s"
                    found.append(f"{node} and {other} both had {address} {when}")
        return found

    def faults(self):
        return sorted({f"{s.node} {fault}: {s.what}" for s in self.net.advertisements() for fault in s.what.faults})

    # What is judged

    def check(self, what, holds, detail=""):
        self.checks.append((bool(holds), what, str(detail)))
        return holds

    def fail(self, what, detail=""):
        self.check(what, False, detail)

    def equal(self, what, expected, got):
        return self.check(what, expected == got, f"expected {expected!r}, got {got!r}")

    def near(self, what, expected, got, tolerance=TOLERANCE):
        words = f"{what}: {got * 1000:.1f} ms, by the formula {expected * 1000:.1f} ms"
        return self.check(words, abs(got - expected) <= tolerance)

    def expect(self, what, condition, seconds):
        found = self.net.wait(condition, seconds)
        if not self.check(what, found, f"not within {seconds} s"):
            raise GiveUp
        return found

    def owns(self, node, *others):
        """The node holds the virtual addresses, and the others hold none of them."""
        wanted = set(self.virtual)
        if self.nodes[node].name != "frr":
            self.expect(f"{node} holds the addresses", lambda: wanted <= self.net.addresses(node), 1)
        for other in others:
            if self.nodes[other].name != "frr":
                self.expect(f"{other} holds none", lambda o=other: not wanted & self.net.addresses(o), 1)

    def active_were(self, *expected, vrid=None):
        """Who was active since the beginning, in order; the last one may have begun this moment."""
        self.net.wait(lambda: self.senders(vrid=vrid) == list(expected), 1)
        self.equal("who was active, in order", list(expected), self.senders(vrid=vrid))

    def in_order(self):
        """What must hold of every case at its end."""
        self.equal("every packet is as the RFC wants it", [], self.faults())
        self.equal("no address has two owners", [], self.owned_twice())

    def story(self):
        """The packets and the programs' last words, for whoever reads a failure."""
        lines = []
        if self.net is None:
            return lines
        for seen in list(self.net.seen):
            what = seen.what
            if isinstance(what, wire.Advertisement):
                words = f"v{what.version} vrid {what.vrid} priority {what.priority} from {what.source}"
            elif self.is_sign(what):
                words = f"announces {getattr(what, 'sender', None) or what.target}"
            else:
                continue
            lines.append(f"{seen.time - self.began:8.3f} {seen.node} {words}")
        for change in list(self.net.changes):
            if change.address in self.virtual:
                sign = "+" if change.present else "-"
                lines.append(f"{change.time - self.began:8.3f} {change.node} {sign}{change.address}")
        lines.sort()
        for node, program in self.nodes.items():
            lines.append(f"--- {node}: {program.name}")
            with contextlib.suppress(OSError):
                lines += program.log.read_text(errors="replace").splitlines()[-25:]
        return lines


class Report:
    """Runs cases side by side and prints what they found: a line `ok` or `FAIL`, a tab and the check's name for each
    check, and below a failure indented lines.

    What these cases measure is milliseconds, and the machine may have others to serve: a case that fails is played
    again with those that failed beside it, up to twice, and each time that is told. What fails three times has failed."""

    ROUNDS = 3

    def __init__(self, only=""):
        self.only = only
        self.names = None  # of the cases that are played again; None for all
        self.again = set()
        self.is_last = False
        self.lock = threading.Lock()
        self.work = tempfile.mkdtemp(prefix="peers-")
        self.failed = 0

    @property
    def wants_all(self):
        return not self.only and self.names is None

    def wants(self, name):
        return self.only in name and (self.names is None or name in self.names)

    def rounds(self, play):
        """Calls `play` until nothing is left that it may play again."""
        for number in range(self.ROUNDS):
            self.again, self.is_last = set(), number + 1 == self.ROUNDS
            play()
            if not self.again:
                break
            self.names = self.again
        return self.failed == 0

    def run(self, jobs, cases):
        """`cases`: (name, function of a Case); so many at a time."""
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(self.run_one, [c for c in cases if self.wants(c[0])]))

    def clean(self):
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.work, ignore_errors=True)

    def run_one(self, named):
        name, body = named
        case = Case(name, self.work)
        self.judge(case, body)
        if case.net:
            case.net.remove()

    def judge(self, case, body):
        try:
            body(case)
        except GiveUp:
            pass
        except Exception:  # pylint: disable=broad-except
            case.fail("the case runs to its end", "".join(traceback.format_exc().splitlines(keepends=True)[-8:]))
        with self.lock:
            self.print(case)

    def print(self, case):
        failed = [c for c in case.checks if not c[0]]
        if failed and not self.is_last:
            self.again.add(case.name)
            for _, what, detail in failed:
                print(f"{case.name}: {what}: not so, and played again\n    {detail}")
            return
        self.failed += len(failed)
        for holds, what, detail in case.checks:
            print(f"{'ok' if holds else 'FAIL'}\t{case.name}: {what}")
            if not holds and detail:
                print("".join(f"    {line}\n" for line in detail.splitlines()), end="")
        if failed:
            print("".join(f"    {line}\n" for line in case.story()), end="", flush=True)
