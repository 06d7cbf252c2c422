"""Nodes on switches, each in a network namespace of its own, and what is seen there.

    a ── eth0 ─┐             a switch is a bridge in the case's own namespace; what a node sends is taken at its port,
    b ── eth0 ─┴─ switch     so it is known from whom it came, and seen even when the port leads nowhere
"""
import contextlib
import ctypes
import itertools
import os
import select
import signal
import socket
import struct
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import wire

CLONE_NEWNET = 0x40000000
ETH_P_ALL, SOL_PACKET, PACKET_IGNORE_OUTGOING = 3, 263, 23
SO_TIMESTAMPNS, SO_RCVBUFFORCE = 35, 33
RTM_NEWADDR, RTM_DELADDR = 20, 21
RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR = 0x10, 0x100
libc = ctypes.CDLL(None, use_errno=True)
numbers = itertools.count(1)
networks = set()  # those that are up


@contextlib.contextmanager
def inside(namespace):
    """This thread is in that network namespace; sockets that it opens stay there."""
    with open("/proc/thread-self/ns/net", "rb") as home, open(f"/run/netns/{namespace}", "rb") as there:
        enter(there)
        try:
            yield
        finally:
            enter(home)


def enter(namespace):
    if libc.setns(namespace.fileno(), CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def run(*words, **options):
    done = subprocess.run(words, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stdout.strip()}")
    return done.stdout


@dataclass(frozen=True)
class Seen:
    """At `time` (seconds, wall clock, by the kernel) `node` sent `what` on `switch`; `what` is of wire.py."""

    time: float
    node: str
    switch: int
    what: object


@dataclass(frozen=True)
class AddressChange:
    time: float
    node: str
    interface: int
    address: str
    present: bool


class Network:
    """The nodes `names`, each on `switches` switches: eth0 on the first, eth1 on the second.

    Addresses: node a is number 1, b is 2; number N has 10.9.S.N/24, 2001:db8:S::N/64 and fe80::N on switch S, or what
    `prefixes` says in place of 10.9.S. What the nodes `deaf` send is not taken.
    """

    def __init__(self, names, switches=1, prefixes=None, deaf=""):
        self.prefixes = prefixes or [f"10.9.{number}" for number in range(switches)]
        self.label = f"peers{os.getpid()}-{next(numbers)}"
        self.names, self.deaf = list(names), deaf
        self.switches = range(switches)
        self.seen = []
        self.changes = []
        self.frames = 0
        self.news = threading.Condition()
        self.sockets = {}
        self.poll = select.epoll()
        self.ended = False
        self.made = []
        networks.add(self)
        try:
            self.build()
            self.listen()
        except BaseException:
            self.remove()
            raise

    def namespace(self, node):
        return f"{self.label}-{node}"

    def build(self):
        for name in [*self.names, "switch"]:
            run("ip", "netns", "add", self.namespace(name))
            self.made.append(name)
        lines = [f"link add br{s} type bridge forward_delay 0 mcast_snooping 0\nlink set br{s} up"
                 for s in self.switches]
        lines.append("link add sink type veth peer name sunk")
        self.batch("switch", lines)
        for name in self.names:
            with inside(self.namespace(name)):
                Path("/proc/sys/net/ipv6/conf/all/accept_ra").write_text("0", encoding="ascii")
                Path("/proc/sys/net/ipv6/conf/default/accept_ra").write_text("0", encoding="ascii")
            self.batch(name, ["link set lo up"])
            for s in self.switches:
                self.wire(name, s)

    def wire(self, name, s):
        """The node's interface on that switch, with its addresses."""
        number = ord(name) - ord("a") + 1
        self.batch("switch", [
            f"link add {name}{s} type veth peer name eth{s} netns {self.namespace(name)}",
            f"link set {name}{s} master br{s} up addrgenmode none"])
        self.batch(name, [
            f"link set eth{s} addrgenmode none address 02:00:00:00:{s:02x}:{number:02x} up",
            f"address add {self.prefixes[s]}.{number}/24 dev eth{s}",
            f"address add 2001:db8:{s:x}::{number:x}/64 dev eth{s} nodad",
            f"address add fe80::{number:x}/64 dev eth{s} nodad"])

    def batch(self, node, lines):
        run("ip", "-n", self.namespace(node), "-batch", "-", input="\n".join(lines) + "\n")

    def ip(self, node, *words):
        return run("ip", "-n", self.namespace(node), *words)

    def listen(self):
        with inside(self.namespace("switch")):
            heard = [name for name in self.names if name not in self.deaf]
            for name, s in itertools.product(heard, self.switches):
                self.tap(name, s)
        for name in self.names:
            with inside(self.namespace(name)):
                monitor = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
                monitor.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 23)
                monitor.bind((0, RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR))
                self.hear(monitor, self.take_changes, name, 0)
        self.listener = threading.Thread(target=self.take, daemon=True)
        self.listener.start()

    def tap(self, name, switch):
        """Takes what the node sends to that switch; called inside the switches' namespace."""
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        tap.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        tap.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        tap.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 23)
        tap.bind((f"{name}{switch}", ETH_P_ALL))
        self.hear(tap, self.take_frames, name, switch)

    def hear(self, heard, handle, name, switch):
        self.sockets[heard.fileno()] = (heard, handle, name, switch)
        self.poll.register(heard.fileno(), select.EPOLLIN)

    def take(self):
        while not self.ended:
            for number, _ in self.poll.poll(0.5):
                heard, handle, name, switch = self.sockets[number]
                try:
                    handle(heard, name, switch)
                except OSError:
                    if not self.ended:
                        time.sleep(0.01)  # a port that went down says so once

    def take_frames(self, tap, name, switch):
        frame, extra, _, _ = tap.recvmsg(2048, 64)
        self.frames += 1
        what = wire.decode(frame)
        if what is None:
            return
        at = time.time()
        for level, kind, data in extra:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                seconds, nanoseconds = struct.unpack("qq", data[:16])
                at = seconds + nanoseconds / 1e9
        with self.news:
            self.seen.append(Seen(at, name, switch, what))
            self.news.notify_all()

    def take_changes(self, monitor, name, _):
        data = monitor.recv(65536)
        at = time.time()
        with self.news:
            while len(data) >= 16:
                length, kind = struct.unpack_from("=IH", data)
                if kind in (RTM_NEWADDR, RTM_DELADDR):
                    self.changes.append(self.address_change(at, name, kind, data[16:length]))
                data = data[(length + 3) & ~3:]
            self.news.notify_all()

    @staticmethod
    def address_change(at, name, kind, body):
        family, _, _, _, interface = struct.unpack_from("=BBBBI", body)
        attributes, address = body[8:], ""
        while len(attributes) >= 4:
            size, number = struct.unpack_from("=HH", attributes)
            if number == 1 and not address or number == 2:  # IFA_ADDRESS; IFA_LOCAL where there is one
                address = socket.inet_ntop(family, attributes[4:size])
            attributes = attributes[max(4, (size + 3) & ~3):]
        return AddressChange(at, name, interface, address, kind == RTM_NEWADDR)

    # What is done to it

    def cut(self, node, switch=0):
        """The node's cable is out of the switch, without its interface noticing."""
        self.ip("switch", "link", "set", f"{node}{switch}", "nomaster")

    def mend(self, node, switch=0):
        self.ip("switch", "link", "set", f"{node}{switch}", "master", f"br{switch}")

    def port_down(self, node, switch=0):
        """The node's interface loses its carrier."""
        self.ip("switch", "link", "set", f"{node}{switch}", "down")

    def port_up(self, node, switch=0):
        self.ip("switch", "link", "set", f"{node}{switch}", "up")

    def forget(self, node, address):
        """Removes the address from wherever it is."""
        for line in self.ip(node, "-o", "address", "show").splitlines():
            words = line.split()
            if words[3].split("/")[0] == address:
                self.ip(node, "address", "delete", words[3], "dev", words[1])

    def block_vrrp(self, node):
        """As a firewall between the node and the others: everything passes but VRRP."""
        tc = ["tc", "-n", self.namespace("switch")]
        run(*tc, "qdisc", "add", "dev", f"{node}0", "ingress")
        for protocol in (wire.VRRP, wire.AH):
            run(*tc, "filter", "add", "dev", f"{node}0", "parent", "ffff:", "protocol", "ip", "u32", "match", "ip",
                "protocol", str(protocol), "0xff", "action", "mirred", "egress", "redirect", "dev", "sink")

    def allow_vrrp(self, node):
        run("tc", "-n", self.namespace("switch"), "qdisc", "delete", "dev", f"{node}0", "ingress")

    def plug_in(self, node, switch=0):
        """A new interface in place of one that was deleted."""
        self.wire(node, switch)
        with inside(self.namespace("switch")):
            self.tap(node, switch)

    # What is asked of it

    def wait(self, condition, seconds):
        """What `condition` gives once it is true, or None after that time. It is asked at every packet and change."""
        deadline = time.monotonic() + seconds
        with self.news:
            while True:
                found = condition()
                if found:
                    return found
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                self.news.wait(min(left, 0.1))

    def advertisements(self, node=None, since=0.0, until=float("inf"), vrid=None):
        return [
            s for s in list(self.seen)
            if isinstance(s.what, wire.Advertisement) and since <= s.time < until and node in (None, s.node)
            and vrid in (None, s.what.vrid)]

    def addresses(self, node):
        """All addresses of the node now."""
        lines = self.ip(node, "-o", "address", "show").splitlines()
        return {line.split()[3].split("/")[0] for line in lines}

    def processes(self, node):
        return [int(word) for word in run("ip", "netns", "pids", self.namespace(node)).split()]

    def kill(self, node):
        """All processes of the node, so that none can start another one before its own turn comes."""
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in self.processes(node):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, number)

    def remove(self):
        self.ended = True
        for name in reversed(self.made):
            with contextlib.suppress(RuntimeError):
                self.kill(name)
        if hasattr(self, "listener"):
            self.listener.join()
        for heard, *_ in self.sockets.values():
            heard.close()
        self.poll.close()
        for name in reversed(self.made):
            subprocess.run(["ip", "netns", "delete", self.namespace(name)], check=False)
        networks.discard(self)
