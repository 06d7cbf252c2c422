"""Directors and real servers on one segment, each director with a client of its own; the real servers are everybody's.

                       switch (one Ethernet segment)
       ┌──────────────┬───────────┴──┬──────────────┐
    client0        director0       server1        server2        and client1, director1
    10.1.0.2       10.1.0.1        10.2.1.1..     10.2.2.1..     10.1.1.2, 10.1.1.1
    fd01::2        10.2.0.1        fd02::1:1..    fd02::2:1..    fd01::1:2

Case number N has the virtual addresses 10.1.0.(100+N) at the first director and 10.1.1.(100+N) at the second, and
the real servers 10.2.1.N and 10.2.2.N. A server answers past the directors what was sent to a virtual address, and
through the director what NAT made its own.
"""
from contextlib import suppress
from pathlib import Path

from ground import Ground
from network import run

CASES = range(1, 31)


class Lan(Ground):
    def __init__(self, label, directors):
        super().__init__(label)
        self.directors = range(directors)
        self.switch()
        for number in self.directors:
            self.host(f"client{number}", [f"10.1.{number}.2/24", f"fd01::{number:x}:2/112"])
            self.host(f"director{number}", [
                f"10.1.{number}.1/24", f"10.2.0.{number + 1}/16", f"fd01::{number:x}:1/112", f"fd02::{number + 1:x}/64",
                *(f"10.1.{number}.{100 + n}/32" for n in CASES), *(f"fd01::{number:x}:{100 + n:x}/128" for n in CASES)])
            self.settings(f"director{number}", {
                "ipv4/ip_forward": 1, "ipv6/conf/all/forwarding": 1, "ipv4/conf/all/send_redirects": 0,
                "ipv4/conf/eth0/send_redirects": 0, "ipv4/vs/conn_reuse_mode": 3, "ipv4/vs/expire_nodest_conn": 1})
            self.batch(f"client{number}", [
                f"route add 10.2.0.0/16 via 10.1.{number}.1", f"route add fd02::/64 via fd01::{number:x}:1"])
        for number in (1, 2):
            self.server(f"server{number}", number)

    def server(self, name, number):
        self.host(name, [*(f"10.2.{number}.{n}/16" for n in CASES), *(f"fd02::{number:x}:{n:x}/64" for n in CASES)])
        self.settings(name, {"ipv4/conf/all/arp_ignore": 1, "ipv4/conf/all/arp_announce": 2, "ipv4/icmp_ratelimit": 0})
        lines = ["link set tunl0 up"]
        for director in self.directors:
            lines += [f"address add 10.1.{director}.{100 + n}/32 dev lo" for n in CASES]
            lines += [f"address add fd01::{director:x}:{100 + n:x}/128 dev lo nodad" for n in CASES]
            lines += [f"route add 10.1.{director}.0/24 dev eth0", f"route add fd01::{director:x}:0/112 dev eth0",
                      f"route add default via 10.2.0.{director + 1} table {100 + director}",
                      f"rule add pref {100 + director} from 10.2.0.0/16 to 10.1.{director}.0/24 table {100 + director}"]
        # Faults are rules before that of local addresses. Each packet is answered by an error, as a firewall does it.
        with suppress(OSError):
            Path("/proc/sys/net/ipv4/route/error_cost").write_text("0", encoding="ascii")
        lines += ["rule add pref 50 lookup local", "rule delete pref 0"]
        self.batch(name, lines)

    def fault(self, server, port, kind=None, protocol="tcp"):
        """What comes for that port is dropped (`blackhole`) or answered by an error (`prohibit`), or let in again."""
        word = f"pref 10 ipproto {protocol} dport {port}"
        self.batch(server, [f"rule add {word} {kind}" if kind else f"rule delete {word}"])

    def lose(self, server, port, percent):
        """Loses packets of that service, in both directions."""
        for node, device, word in ((server, "eth0", "sport"), ("switch", f"{server}0", "dport")):
            tc = ["tc", "-n", self.namespace(node)]
            run(*tc, "qdisc", "add", "dev", device, "root", "handle", "1:", "prio", "bands", "4", "priomap", *"0" * 16)
            run(*tc, "qdisc", "add", "dev", device, "parent", "1:4", "netem", "loss", f"{percent}%", "limit", "10000")
            run(*tc, "filter", "add", "dev", device, "parent", "1:", "protocol", "ip", "u32", "match", "ip", word,
                str(port), "0xffff", "flowid", "1:4")

    def mend_loss(self, server):
        for node, device in ((server, "eth0"), ("switch", f"{server}0")):
            run("tc", "-n", self.namespace(node), "qdisc", "delete", "dev", device, "root")
