"""A scene: one virtual server of both seats' file, its real servers on both sides, and what is done to them.

Scene number N has the virtual address 10.7.N.1 and the firewall mark N, and its real servers are 10.8.N.1, 10.8.N.2 and
so on; 10.8.N.99 is its sorry server. Its text says VIP, MARK, S1, S2, SORRY, and VIP6 and S1V6 for the same over IPv6.
What the table has of it is told in one line: `rr 1:1 2:3g` is the scheduler, and a weight and the letter of the
forwarding method for each server.
"""
import re
import time

import case
import times
from table import State

PATIENCE = 20  # seconds more that a busy machine is given for what has no exact time
SETTLED = 0.15  # seconds that a state must last to be one: a director makes several changes one after another


def part(key):
    """The number of the scene that a service belongs to, or None."""
    if key[0] == "FWM":
        return key[1]
    words = re.match(r"10\.7\.(\d+)\.|fd07::([0-9a-f]+):", key[1])
    return words and (int(words[1]) if words[1] else int(words[2], 16))


def told(services):
    return " | ".join(" ".join([service.flags, *(member(*pair) for pair in service.servers)]).strip()
                      for service in services) or "none"


def member(end, weight):
    label = re.split(r"[.:]", end[0])[-1]
    return f"{'s' if label == '99' else label}:{weight}"


class Scene(case.Case):
    def __init__(self, name, number, rig):
        super().__init__(name, None)
        self.number, self.rig = number, rig
        self.servers = {}  # label → one Server for each seat

    def text(self, template):
        n = self.number
        words = {"VIP": f"10.7.{n}.1", "VIP6": f"fd07::{n:x}:1", "MARK": str(n), "SORRY": f"10.8.{n}.99",
                 "NAME": f"n{n}"}
        words |= {f"S{i}": self.address(i) for i in range(1, 10)}
        words |= {f"S{i}V6": self.address(i, 6) for i in range(1, 10)}
        return re.sub(r"\b(VIP6?|MARK|SORRY|NAME|S\d(?:V6)?)\b", lambda found: words[found[0]], template)

    def address(self, label, family=4):
        return f"10.8.{self.number}.{label}" if family == 4 else f"fd08::{self.number:x}:{label}"

    # What the table has

    def now(self, seat):
        return self.rig.watch.now(seat.director, self.number)

    def history(self, seat, since):
        """Its states from then on, the first one is what was then; only what lasted."""
        found = [State(since, since, told([]))]
        for state in self.rig.watch.history(seat.director, self.number):
            if state.until <= since:
                found = [State(since, since, state.line)]
                continue
            if len(found) > 1 and state.until - found[-1].until < SETTLED:
                since_then = found.pop().since
                state = State(since_then, state.until, state.line)
            if found[-1].line != state.line:
                found.append(state)
        return found

    # What is done, in both seats at once

    def each(self, action):
        for place, seat in enumerate(self.rig.seats):
            action(place, seat)

    def close(self, *labels):
        return lambda place, _: [self.servers[label][place].close() for label in labels]

    def open(self, *labels):
        return lambda place, _: [self.servers[label][place].open() for label in labels]

    def answer(self, label, answer):
        def change(place, _):
            self.servers[label][place].answer = answer
        return change

    def route(self, kind, *labels, family=4):
        return lambda _, seat: [seat.route(kind, self.address(label, family)) for label in labels]

    def value(self, text, name="NAME"):
        return lambda _, seat: seat.value(self.text(name), f"{text}\n")

    # What must be seen

    def warm(self, *labels, seconds=60):
        """Every server with a listener was tried twice, so it was found alive, in both seats: from now on failures are
        counted."""
        def tried():
            return all(self.attempts(seat, label)[1:] for seat in self.rig.seats for label in labels or self.servers)
        if not self.rig.watch.wait(tried, seconds):
            self.fail(f"every server is tried within {seconds} s")
            raise case.GiveUp
        time.sleep(0.4)

    def appears(self):
        """Both seats have it in their tables."""
        self.rig.watch.wait(lambda: all(self.now(seat) != "none" for seat in self.rig.seats), 60)

    def attempts(self, seat, label, since=0.0):
        if isinstance(label, str):
            return [at for at in seat.starts(self.text(label)) if at >= since]
        if isinstance(label, tuple):
            return self.rig.attempts.of(seat.label, *label, since)
        server = self.servers[label][0]
        return self.rig.attempts.of(seat.label, server.address, server.port, since)

    def step(self, words, action, *gives, ours=None, after=None, limit=6.0, in_any_order=False):
        """`action` is done to both. The table then goes through the lines `gives`, the last one stays; with our program
        it comes to `ours` in its place, where that is meant to differ. `after` is
        (what was tried, seconds): that long after the first attempt that failed it changes for the first time.
        `in_any_order`: what is between the first line and the last one depends on which check happens to be next."""
        began = {}
        last = {seat: ours if ours and seat.program.name == "ours" else gives[-1] if gives else None
                for seat in self.rig.seats}
        for place, seat in enumerate(self.rig.seats):
            began[seat] = time.time()
            if action:
                action(place, seat)
        if gives:
            self.rig.watch.wait(lambda: all(self.now(seat) == last[seat] for seat in self.rig.seats), limit + PATIENCE)
            time.sleep(0.4)
        else:
            time.sleep(limit)
        seen = [[state.line for state in self.history(seat, began[seat])] for seat in self.rig.seats]
        if in_any_order:
            seen = [[lines[0], lines[-1]] for lines in seen]
        expected = [seen[0][0], *gives]
        self.equal(f"{words}: keepalived's table", expected, seen[0])
        same = [*seen[0][:-1], last[self.rig.seats[1]]] if ours and gives else seen[0]
        self.equal(f"{words}: the same states", same, seen[1])
        if after:
            self.timed(words, *after, began)

    def timed(self, words, tried, seconds, began):
        found, counts, late = [], [], 0
        for seat in self.rig.seats:
            changes = self.history(seat, began[seat])[1:]
            if not changes:
                return
            change = changes[0]
            tries = [at for at in self.attempts(seat, tried, began[seat] - times.TOUCHED) if at < change.until]
            if not tries:
                self.fail(f"{words}: {seat.program.name} tried {tried} before it changed the table")
                return
            counts.append(sum(at >= began[seat] for at in tries))
            found.append(times.took(change, tries, seconds))
            late = times.lateness(self.rig.watch, change, seconds, found[-1])
        shown = ", ".join(f"{seat.program.name} {took * 1000:.0f} ms" for seat, took in zip(self.rig.seats, found))
        self.check(f"{words}: changed after an attempt met it: {shown}, by the file {seconds * 1000:.0f} ms",
                   times.is_kept(seconds, found[-1], late), f"the machine was late by {late:.2f} s")
        if seconds == 0:
            self.equal(f"{words}: after as many attempts", counts[0], counts[1])

    def same_words(self, words, *names):
        """What scripts were told is the same in both seats."""
        for name in names:
            def heard(name=name):
                return [seat.told(self.text(name)) for seat in self.rig.seats]
            self.rig.watch.wait(lambda: heard()[0] == heard()[1], 3)  # a script may be slow to start
            self.equal(f"{words} were told the same", *heard())

    def story(self):
        lines = []
        for seat in self.rig.seats:
            lines.append(f"--- {seat.program.name}, seconds since the case began")
            lines += [f"{state.until - self.began:8.3f} {state.line}" for state in self.history(seat, self.began)]
            for label in self.servers:
                tried = " ".join(f"{at - self.began:.2f}" for at in self.attempts(seat, label, self.began)[-12:])
                lines.append(f"         tried {label}: {tried}")
            own = [line for line in seat.program.log.read_text(errors="replace").splitlines()
                   if re.search(rf"10\.[78]\.{self.number}\.|fd0[78]::{self.number:x}:", line)]
            lines += own[-15:]
        return lines
