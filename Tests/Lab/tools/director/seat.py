"""Two seats at one table: in each sits a director, in a network namespace of its own, with real servers of its own.

    director ── eth0 ─── eth0 ── servers
    10.9.0.1, fd09::1            10.9.0.2, fd09::2, and all of 10.8.0.0/16 and fd08::/64

Every address of a real server is there without being added: the servers' side holds the whole prefix.
"""
import itertools
import os

import programs
from ground import Ground
from network import run

numbers = itertools.count(1)
PREFIXES = ("10.8.0.0/16", "fd08::/64")


class CheckersOnly(programs.Keepalived):
    """keepalived without its VRRP process; Debian's logs to nowhere else but here."""

    def command(self):
        return [*super().command()[:-1], "-C"]


class WholeKeepalived(programs.Keepalived):
    def command(self):
        return super().command()[:-1]


class Seat(Ground):
    def __init__(self, program, work, label):
        super().__init__(label)
        self.routes = {}
        self.director, self.servers = (self.namespace(name) for name in ("director", "servers"))
        for name in ("director", "servers"):
            self.add(name)
        self.batch("director", [
            "link set lo up", f"link add eth0 type veth peer name eth0 netns {self.servers}",
            "link set eth0 up addrgenmode none", "address add 10.9.0.1/30 dev eth0",
            "address add fd09::1/64 dev eth0 nodad"])
        self.batch("servers", [
            "link set lo up", "link set eth0 up addrgenmode none", "address add 10.9.0.2/30 dev eth0",
            "address add fd09::2/64 dev eth0 nodad",
            *(f"route add local {prefix} dev lo" for prefix in PREFIXES)])
        self.batch("director", [f"route add {PREFIXES[0]} via 10.9.0.2", f"route add {PREFIXES[1]} via fd09::2"])
        self.settings("director", {"ipv4/ip_forward": 1})
        self.settings("servers", {
            "ipv4/icmp_ratelimit": 0, "ipv6/icmp/ratelimit": 0,  # every attempt is told that it leads nowhere
            "ipv6/ip_nonlocal_bind": 1})  # IPv4 needs no leave to use the prefix that is local
        self.program = program(self, "director", work)
        for name in ("told", "values", "starts"):
            (self.program.folder / "run" / name).mkdir(exist_ok=True)

    # What is done in it

    def ipvsadm(self, *words):
        return run("ip", "netns", "exec", self.director, os.environ["IPVSADM"], *words)

    def route(self, kind, address):
        """The host is `blackhole` (packets are dropped), `unreachable`, `prohibit`ed, or back (None)."""
        word = f"{address}/{128 if ':' in address else 32} table local"
        before = self.routes.pop(address, None)
        lines = [f"route delete {before} {word}"] if before else []
        if kind:
            self.routes[address] = kind
            lines.append(f"route add {kind} {word}")
        self.batch("servers", lines)

    def write(self, text, scripts):
        self.program.write(text)
        for name, lines in scripts.items():
            file = self.program.folder / "etc/keepalived" / name
            file.write_text("#!/bin/sh\n" + lines)
            file.chmod(0o755)

    def value(self, name, text):
        """What a script of that name ends with, or a tracked file holds."""
        (self.program.folder / "run/values" / name).write_text(text)

    def told(self, name):
        file = self.program.folder / "run/told" / name
        return file.read_text().splitlines() if file.exists() else []

    def starts(self, name):
        """When the checking script of that name was started: it leaves a file each time."""
        return sorted(file.stat().st_mtime for file in (self.program.folder / "run/starts").glob(f"{name}-*"))


def seats(wanted, work, kinds=None):
    """`wanted`: names of programs, the first one's conduct is the measure."""
    kinds = kinds or {"keepalived": CheckersOnly, "ours": programs.Ours}
    return [Seat(kinds[name], work, f"director{os.getpid()}-{next(numbers)}") for name in wanted]
