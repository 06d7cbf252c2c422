"""The kernel's IPVS table over time, one for each network namespace, read so often that no state is missed that lasts.

Reading /proc/net/ip_vs costs nothing beside a process for each look. The table must fit in one page of memory: of a
longer one the kernel leaves services out where there are other namespaces, because it counts theirs as well to find
the place where it goes on.
"""
import functools
import ipaddress
import os
import threading
import time
from dataclasses import dataclass

from network import inside

PAGE = 4096
BETWEEN = 0.02  # seconds between two looks
METHODS = {"Masq": "", "Route": "g", "Tunnel": "i", "Local": "l"}


@dataclass(frozen=True)
class Service:
    """`flags`: scheduler, persistence with its mask (its time is told in the kernel's own ticks, so it is left out).
    `servers`: pairs of (address, port) and weight with the letter of its forwarding method; sorted."""

    flags: str
    servers: tuple


@functools.cache
def endpoint(text):
    """`0A070001:0050` or `[fd07:…]:0050` as address and port."""
    address, _, port = text.rpartition(":")
    if address.startswith("["):
        address = str(ipaddress.ip_address(address[1:-1]))
    else:
        address = str(ipaddress.ip_address(int(address, 16)))
    return address, int(port, 16)


def parse(text):
    """Services by (protocol, address, port), or ("FWM", mark)."""
    found, key, flags, servers = {}, None, "", []
    for line in [*text.splitlines()[3:], ""]:
        words = line.split()
        if words[:1] == ["->"]:
            servers.append((endpoint(words[1]), words[3] + METHODS[words[2]]))
            continue
        if key:
            found[key] = Service(flags, tuple(sorted(servers)))
        if words:
            key = ("FWM", int(words[1], 16)) if words[0] == "FWM" else (words[0], *endpoint(words[1]))
            flags, servers = " ".join(word for word in words[2:] if not word.isdecimal()), []
    return found


@dataclass(frozen=True)
class State:
    """`line` tells it; it began after `since` and before `until`: the looks before and after the change."""

    since: float
    until: float
    line: str


class Watch:
    """Looks at the tables of many namespaces. `sort(key)` names the part that a service belongs to, `tell(services)`
    puts such a part of a table in a line; what is kept is the history of these lines."""

    def __init__(self, namespaces, sort, tell):
        self.sort, self.tell = sort, tell
        self.histories = {name: {} for name in namespaces}
        self.parts = {name: {} for name in namespaces}
        self.files, self.texts, self.looked = {}, {}, {}
        self.late = []  # (time, seconds that this process came too late) of a pulse as fast as the looks
        for name in namespaces:
            with inside(name):
                self.files[name] = os.open("/proc/thread-self/net/ip_vs", os.O_RDONLY)
        self.ended = False
        self.look()
        self.threads = [threading.Thread(target=run, daemon=True) for run in (self.run, self.pulse)]
        for thread in self.threads:
            thread.start()

    def run(self):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), -15)
        while not self.ended:
            time.sleep(BETWEEN)
            self.look()

    def pulse(self):
        """Tells how busy the machine is: what a process of ordinary priority is late by, others are as well."""
        before = time.time()
        while not self.ended:
            time.sleep(BETWEEN)
            now = time.time()
            if now - before > 2 * BETWEEN:
                self.late.append((now, now - before - BETWEEN))
            before = now

    def lateness(self, since, until):
        """How many seconds were lost to a busy machine in that time."""
        return sum(seconds for at, seconds in list(self.late) if since <= at <= until + BETWEEN)

    def look(self):
        for name, file in self.files.items():
            before = time.time()
            text = read(file)
            after = time.time()
            since = self.looked.get(name, before)
            if text == self.texts.get(name):
                self.looked[name] = before
            else:
                self.looked[name], self.texts[name] = before, text
                self.note(name, since, after, text)

    def note(self, name, since, until, text):
        parts = {}
        for key, service in sorted(parse(text).items(), key=str):
            parts.setdefault(self.sort(key), []).append(service)
        for part in parts.keys() | self.parts[name].keys():
            if parts.get(part) != self.parts[name].get(part):  # not only counters of connections
                state = State(since, until, self.tell(parts.get(part, [])))
                self.histories[name].setdefault(part, []).append(state)
        self.parts[name] = parts

    def history(self, namespace, part):
        return list(self.histories[namespace].get(part, []))

    def now(self, namespace, part):
        states = self.histories[namespace].get(part)
        return states[-1].line if states else self.tell([])

    @staticmethod
    def wait(condition, seconds):
        """What `condition` gives once it is true, or None after that time."""
        deadline = time.monotonic() + seconds
        while True:
            found = condition()
            if found or time.monotonic() >= deadline:
                return found or None
            time.sleep(0.08)

    def close(self):
        self.ended = True
        for thread in self.threads:
            thread.join()
        for file in self.files.values():
            os.close(file)


def read(file):
    text = os.pread(file, PAGE, 0)
    if os.pread(file, PAGE, len(text)):
        raise ValueError("the table is longer than the kernel can tell at once")
    return text.decode("ascii")
