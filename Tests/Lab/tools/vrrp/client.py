"""A client that asks for addresses all the time; who answers is seen at the nodes' ports."""
import ipaddress
import socket
import struct
import threading
import time

from network import inside


class Client:
    """`node` of the network asks by ARP for each of the addresses every `period` seconds."""

    def __init__(self, net, node, addresses, period=0.001):
        self.net, self.period, self.ended = net, period, False
        with inside(net.namespace(node)):
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            self.socket.bind(("eth0", 0x0806))
        self.frames = requests(net, node, addresses)
        self.thread = threading.Thread(target=self.ask, daemon=True)
        self.thread.start()

    def ask(self):
        at = time.monotonic()
        while not self.ended:
            for frame in self.frames:
                try:
                    self.socket.send(frame)
                except OSError:
                    pass  # its port is down for the moment
            at = max(at + self.period, time.monotonic())
            time.sleep(max(0.0, at - time.monotonic()))

    def end(self):
        self.ended = True
        self.thread.join()
        self.socket.close()


def requests(net, node, addresses):
    """The frames with which that node asks for them."""
    number = ord(node) - ord("a") + 1
    mac = bytes([2, 0, 0, 0, 0, number])
    own = ipaddress.ip_address(f"{net.prefixes[0]}.{number}").packed
    head = b"\xff" * 6 + mac + struct.pack("!HHHBBH", 0x0806, 1, 0x0800, 6, 4, 1) + mac + own + bytes(6)
    return [head + ipaddress.ip_address(address).packed for address in addresses]


def answers(net, address, since=0.0, until=float("inf")):
    """(time, node) of each answer for the address."""
    return [(s.time, s.node) for s in list(net.seen)
            if since <= s.time < until and getattr(s.what, "operation", 0) == 2 and s.what.sender == address]


def longest_gap(net, address, since, until):
    """Seconds that the client waited longest for an answer in that time."""
    times = [since, *(at for at, _ in answers(net, address, since, until)), until]
    return max(second - first for first, second in zip(times, times[1:]))
