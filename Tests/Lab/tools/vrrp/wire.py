"""Frames into what the judges speak of: advertisements, ARP, neighbour advertisements, BFD; and advertisements into
packets.

Written from the RFCs and on its own, so that it is no mirror of the program under test.
"""
import ipaddress
import struct
from dataclasses import dataclass, field

VRRP, AH, ICMP6, UDP = 112, 51, 58, 17
BFD_PORTS = (3784, 4784)
GROUP4, GROUP6 = "224.0.0.18", "ff02::12"


@dataclass(frozen=True)
class Advertisement:
    """`interval` is in seconds, `faults` says what a strict receiver would find wrong with the packet."""

    source: str
    destination: str
    source_mac: str
    version: int
    vrid: int
    priority: int
    interval: float
    addresses: tuple
    authentication: int
    sequence: int = 0
    faults: tuple = ()


@dataclass(frozen=True)
class Arp:
    operation: int
    sender_mac: str
    sender: str
    target: str
    destination_mac: str

    @property
    def is_gratuitous(self):
        return self.sender == self.target


@dataclass(frozen=True)
class NeighbourAdvertisement:
    target: str
    mac: str
    flags: int
    destination: str
    hop_limit: int


@dataclass(frozen=True)
class Control:
    """A BFD control packet; intervals are in seconds."""

    source: str
    destination: str
    hop_limit: int
    source_port: int
    port: int
    state: str
    diagnostic: int
    poll: bool
    final: bool
    multiplier: int
    mine: int
    yours: int
    min_tx: float
    min_rx: float


def mac_text(raw):
    return raw.hex(":")


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def pseudo_header(source, destination, length, protocol=VRRP):
    source, destination = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    if source.version == 4:
        return source.packed + destination.packed + struct.pack("!BBH", 0, protocol, length)
    return source.packed + destination.packed + struct.pack("!IxxxB", length, protocol)


def decode(frame):
    """An Advertisement, Arp, NeighbourAdvertisement or Control; None for everything else."""
    if len(frame) < 14:
        return None
    kind = struct.unpack_from("!H", frame, 12)[0]
    packet = frame[14:]
    if kind == 0x0806 and len(packet) >= 28:
        operation = struct.unpack_from("!H", packet, 6)[0]
        sender, target = (str(ipaddress.ip_address(packet[at:at + 4])) for at in (14, 24))
        return Arp(operation, mac_text(packet[8:14]), sender, target, mac_text(frame[:6]))
    if kind == 0x0800 and len(packet) >= 20 and packet[9] in (VRRP, AH):
        return decode_ipv4(frame, packet)
    if kind == 0x0800 and len(packet) >= 20 and packet[9] == UDP:
        return decode_control(packet[12:16], packet[16:20], packet[8], packet[(packet[0] & 15) * 4:])
    if kind == 0x86DD and len(packet) >= 40:
        if packet[6] == UDP:
            return decode_control(packet[8:24], packet[24:40], packet[7], packet[40:])
        if packet[6] == VRRP:
            return decode_ipv6(frame, packet)
        if packet[6] == ICMP6 and len(packet) >= 64 and packet[40] == 136:
            link_layer = packet[66:72] if len(packet) >= 72 and packet[64] == 2 else b""
            return NeighbourAdvertisement(
                str(ipaddress.ip_address(packet[48:64])), mac_text(link_layer), packet[44],
                str(ipaddress.ip_address(packet[24:40])), packet[7])
    return None


def decode_control(source, destination, hop_limit, datagram):
    if len(datagram) < 32:
        return None
    source_port, port = struct.unpack_from("!HH", datagram)
    if port not in BFD_PORTS:
        return None
    first, flags, multiplier, _, mine, yours, min_tx, min_rx, _ = struct.unpack_from("!BBBBIIIII", datagram, 8)
    return Control(
        str(ipaddress.ip_address(source)), str(ipaddress.ip_address(destination)), hop_limit, source_port, port,
        ("AdminDown", "Down", "Init", "Up")[flags >> 6], first & 31, bool(flags & 32), bool(flags & 16), multiplier,
        mine, yours, min_tx / 1e6, min_rx / 1e6)


def decode_ipv4(frame, packet):
    header = (packet[0] & 15) * 4
    length = struct.unpack_from("!H", packet, 2)[0]
    source, destination = (str(ipaddress.ip_address(packet[at:at + 4])) for at in (12, 16))
    faults = []
    if checksum(packet[:header]) != 0:
        faults.append("the IPv4 header's checksum is wrong")
    if packet[8] != 255 and ipaddress.ip_address(destination).is_multicast:
        faults.append(f"its TTL is {packet[8]}")
    payload, sequence = packet[header:length], 0
    if packet[9] == AH:
        sequence = struct.unpack_from("!I", payload, 8)[0]
        payload = payload[24:]
    return decode_message(frame, source, destination, payload, sequence, faults)


def decode_ipv6(frame, packet):
    source, destination = (str(ipaddress.ip_address(packet[at:at + 16])) for at in (8, 24))
    faults = []
    if packet[7] != 255 and ipaddress.ip_address(destination).is_multicast:
        faults.append(f"its hop limit is {packet[7]}")
        if not ipaddress.ip_address(source).is_link_local:
            faults.append("its source is not link-local")
    payload = packet[40:40 + struct.unpack_from("!H", packet, 4)[0]]
    return decode_message(frame, source, destination, payload, 0, faults)


def decode_message(frame, source, destination, payload, sequence, faults):
    if len(payload) < 8:
        return None
    version, size = payload[0] >> 4, 4 if ":" not in source else 16
    count = payload[3]
    if payload[0] & 15 != 1:
        faults.append(f"its type is {payload[0] & 15}")
    interval, authentication = float(payload[5]), payload[4]
    if version == 3:
        interval, authentication = (struct.unpack_from("!H", payload, 4)[0] & 0xFFF) / 100, 0
    expected = 8 + count * size + (8 if version == 2 else 0)
    if len(payload) != expected:
        faults.append(f"it is {len(payload)} bytes long and not {expected}")
    pseudo = pseudo_header(source, destination, len(payload)) if version == 3 else b""
    if sequence == 0 and checksum(pseudo + payload) != 0:
        faults.append("its checksum is wrong")
    addresses = tuple(
        str(ipaddress.ip_address(payload[8 + i * size:8 + (i + 1) * size]))
        for i in range(count) if len(payload) >= 8 + (i + 1) * size)
    return Advertisement(
        source, destination, mac_text(frame[6:12]), version, payload[1], payload[2], interval, addresses,
        authentication, sequence, tuple(faults))


@dataclass
class Message:
    """An advertisement to be built; what an attacker changes of it has a field of its own."""

    version: int = 2
    vrid: int = 51
    priority: int = 255
    interval: float = 1
    addresses: tuple = ("10.9.0.100",)
    authentication: int = 0
    password: bytes = b""
    source: str = "10.9.0.66"
    destination: str = GROUP4
    hop_limit: int = 255
    type: int = 1
    checksum_error: int = 0
    cut: int = 0
    options: bytes = field(default=b"")

    def payload(self):
        packed = b"".join(ipaddress.ip_address(address).packed for address in self.addresses)
        if self.version == 3:
            middle = struct.pack("!H", round(self.interval * 100))
        else:
            middle = bytes([self.authentication, round(self.interval)])
            packed += self.password[:8].ljust(8, b"\0")
        head = bytes([self.version << 4 | self.type, self.vrid, self.priority, len(self.addresses)]) + middle
        length = len(head) + 2 + len(packed)
        pseudo = pseudo_header(self.source, self.destination, length) if self.version == 3 else b""
        total = checksum(pseudo + head + b"\0\0" + packed) ^ self.checksum_error
        return (head + struct.pack("!H", total) + packed)[:length - self.cut]

    def packet(self):
        payload = self.payload()
        source, destination = (ipaddress.ip_address(a) for a in (self.source, self.destination))
        if source.version == 6:
            head = struct.pack("!IHBB", 6 << 28 | 0xC0 << 20, len(payload), VRRP, self.hop_limit)
            return head + source.packed + destination.packed + payload
        words = 5 + len(self.options) // 4
        head = struct.pack("!BBHHHBBH", 4 << 4 | words, 0xC0, words * 4 + len(payload), 1, 0, self.hop_limit, VRRP, 0)
        head += source.packed + destination.packed + self.options
        return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload

    def frame(self, source_mac=b"\x02\0\0\0\0\x66"):
        destination = ipaddress.ip_address(self.destination)
        if destination.version == 4:
            group, kind = b"\x01\0\x5e" + bytes([destination.packed[1] & 127]) + destination.packed[2:], 0x0800
        else:
            group, kind = b"\x33\x33" + destination.packed[12:], 0x86DD
        return group + source_mac + struct.pack("!H", kind) + self.packet()

