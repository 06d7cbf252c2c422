"""checks-wire.py CONFIGURATION PROGRAM [ARGUMENT...]: what a director's checks send, a line for each check.

Writes the configuration, starts the program, and ends it once each check was seen, or after 20 seconds. Of a datagram
its octets are printed, with identifiers and what follows from them as zeros; of a connection who sent which segments.
Server and client are both on the loopback interface: run it in a network namespace of its own.
"""
import os
import signal
import socket
import struct
import subprocess
import sys
import time

DNS = [("SOA", "."), ("A", "www.example.org"), ("NS", "example.org."), ("CNAME", "a"), ("MX", "Ex-am_ple.ORG"),
       ("TXT", "x" * 63 + ".org"), ("AAAA", "ab.c.de")]
UDP = [("no payload", ""), ("a payload", "payload Ab12f 3 456"),
       ("a long payload", "payload " + "0123456789abcdef" * 12)]
FLAGS = ((2, "S"), (16, "A"), (1, "F"), (4, "R"), (8, "P"))
HOST4, HOST6, OTHER4, OTHER6 = "10.9.0.1", "fd00::1", "10.9.0.2", "fd00::2"


def checks():
    """(what, kind, lines, address, port) for each; the port, or for PING_CHECK the address, tells them apart."""
    found = []
    for family, host in ((4, HOST4), (6, HOST6)):
        found += [(f"DNS_CHECK {kind} {name[:12]}", "DNS_CHECK", f"type {kind}\nname {name}", host)
                  for kind, name in DNS]
        found += [(f"UDP_CHECK with {what}", "UDP_CHECK", lines, host) for what, lines in UDP]
        found += [("TCP_CHECK", "TCP_CHECK", "", host), ("TCP_CHECK refused", "TCP_CHECK", "", host)]
        found.append(("PING_CHECK", "PING_CHECK", "", OTHER4 if family == 4 else OTHER6))
    return [(f"{what}, {host}", kind, lines, host, 1000 + number)
            for number, (what, kind, lines, host) in enumerate(found)]


def configuration(all_checks):
    parts = ["global_defs {\n    router_id node\n}\n"]
    for family, address in ((4, "10.9.0.9"), (6, "fd00::9")):
        parts.append(f"virtual_server {address} 80 {{\ndelay_loop 3\nlb_algo rr\nlb_kind NAT\nprotocol UDP\n")
        for _, kind, lines, host, port in all_checks:
            if (":" in host) == (family == 6):
                times = "warmup 0\nretry 0\nconnect_timeout 1"
                parts.append(f"real_server {host} {port} {{\n{kind} {{\n{times}\n{lines}\n}}\n}}\n")
        parts.append("}\n")
    return "".join(parts)


def serve(all_checks):
    """Somebody is there, except where the connection is to be refused."""
    held = []
    for what, kind, _, host, port in all_checks:
        if kind == "PING_CHECK" or "refused" in what:
            continue
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        server = socket.socket(family, socket.SOCK_STREAM if kind == "TCP_CHECK" else socket.SOCK_DGRAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((host, port))
        if kind == "TCP_CHECK":
            server.listen(16)
            server.setblocking(False)
        held.append((server, kind))
    return held


def accept(held):
    """Takes connections, and ends each after the client has."""
    for server, kind in list(held):
        try:
            if kind == "TCP_CHECK":
                connection, _ = server.accept()
                connection.setblocking(False)
                held.append((connection, "connection"))
            elif kind == "connection" and not server.recv(1):
                server.close()
                held.remove((server, kind))
        except OSError:
            pass


def packets(tap):
    """(address it goes to, protocol, rest) of every packet so far."""
    while True:
        try:
            frame, _ = tap.recvfrom(4096)
        except BlockingIOError:
            return
        kind, = struct.unpack_from("!H", frame, 12)
        packet = frame[14:]
        if kind == 0x0800:
            yield socket.inet_ntoa(packet[16:20]), packet[9], packet[(packet[0] & 15) * 4:]
        elif kind == 0x86dd:
            yield socket.inet_ntop(socket.AF_INET6, packet[24:40]), packet[6], packet[40:]


class Wire:
    """What was seen of each check. Only its first attempt counts."""

    def __init__(self, all_checks):
        self.by_port = {c[4]: c for c in all_checks}
        self.by_host = {c[3]: c for c in all_checks if c[1] == "PING_CHECK"}
        self.seen, self.flows = {}, {}

    def take(self, target, protocol, rest):
        if protocol == socket.IPPROTO_UDP:
            _, port = struct.unpack_from("!HH", rest)
            if port in self.by_port:
                octets = rest[8:]
                if self.by_port[port][1] == "DNS_CHECK":
                    octets = b"\0\0" + octets[2:]
                self.seen.setdefault(port, octets.hex())
        elif protocol in (socket.IPPROTO_ICMP, socket.IPPROTO_ICMPV6) and rest[0] in (8, 128):
            if target in self.by_host:
                # Checksum, identifier and sequence number.
                self.seen.setdefault(self.by_host[target][4], (rest[:2] + bytes(6) + rest[8:]).hex())
        elif protocol == socket.IPPROTO_TCP:
            source, port = struct.unpack_from("!HH", rest)
            flags = "".join(letter for bit, letter in FLAGS if rest[13] & bit)
            if port in self.by_port:
                self.segment(port, source, f"client {flags}")
            elif source in self.by_port:
                self.segment(source, port, f"server {flags}")

    def segment(self, check, client, words):
        if words.endswith(" A"):
            return  # an acknowledgement goes alone or with what comes next
        if self.flows.setdefault(check, (client, []))[0] == client:
            self.flows[check][1].append(words)

    def is_whole(self):
        return len(self.seen) + len(self.flows) == len(self.by_port) and all(
            any("R" in words.split()[1] for words in list_) or sum("F" in words.split()[1] for words in list_) == 2
            for _, list_ in self.flows.values())

    def lines(self):
        for port, (what, *_rest) in self.by_port.items():
            flow = ", ".join(self.flows[port][1]) if port in self.flows else "nothing"
            yield f"{what}\t{self.seen.get(port, flow)}"


def main():
    file, *command = sys.argv[1:]
    all_checks = checks()
    with open(file, "w", encoding="ascii") as out:
        out.write(configuration(all_checks))
    held = serve(all_checks)
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    tap.setsockopt(socket.SOL_SOCKET, 33, 1 << 23)  # SO_RCVBUFFORCE
    # Everything on the loopback interface is seen twice, once on its way out.
    tap.setsockopt(263, 23, 1)  # SOL_PACKET, PACKET_IGNORE_OUTGOING
    tap.bind(("lo", 3))
    tap.setblocking(False)
    wire = Wire(all_checks)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not wire.is_whole():
        for packet in packets(tap):
            wire.take(*packet)
        accept(held)
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    print("\n".join(wire.lines()))


main()
