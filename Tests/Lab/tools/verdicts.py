"""Has `vrrpctl sniff` judge the fixtures of the packet decoder, wrapped as captures are, under configurations as people
write them, and compares its verdicts.

    verdicts.py VRRPCTL FIXTURES FORM keepalived|strict

FORM is one of FORMS below. Ends with 1 after a line for each verdict that is another one.
"""

import json
import struct
import subprocess
import sys
import tempfile

TIME = 1_700_000_000


def read_fixtures(path):
    receivers, packets, item = {}, [], None
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if line.startswith("receiver "):
            item = receivers[words[1]] = words[2:]
        elif line.startswith("packet "):
            item = {"name": words[1], "receiver": words[2], "lines": []}
            item["verdicts"] = dict(zip(("keepalived", "strict"), words[3:5]))
            item["padding"] = int(words[5].split("=")[1]) if len(words) > 5 else 0
            packets.append(item)
        elif line.startswith("    "):
            if isinstance(item, list):
                item.extend(words)
            else:
                item["lines"].append(line.strip())
    for packet in packets:
        packet["bytes"] = bytes.fromhex("".join(packet["lines"][1:])) + bytes(packet["padding"])
    return receivers, packets


def configuration(words):
    """A node that would hear such packets; its interface is on no machine."""
    value = dict(word.split("=", 1) for word in words if "=" in word)
    lines = ["interface nowhere0", f"version {value['version']}", f"virtual_router_id {value['vrid']}"]
    lines.append(f"advert_int {int(value['interval']) / 100:g}")
    kind, *rest = value["auth"].split(":")
    if kind in ("pass", "ah"):
        lines += ["authentication {", f"auth_type {kind.upper()}", f"auth_pass {rest[0]}", "}"]
    if kind == "hmac":
        lines += ["auth_hmac {", f"key {rest[0]} hex:{rest[1]}", "}"]
    if "unicast" in value:
        lines += [f"unicast_src_ip {value['own']}", "unicast_peer {", value["unicast"], "}"]
    else:
        lines.append(f"mcast_src_ip {value['own']}")
    addresses = [address for address in value["addresses"].split(",") if address]
    block = "virtual_ipaddress" if addresses else "virtual_ipaddress_excluded"
    lines += [f"{block} {{", *(addresses or ["10.77.0.99"]), "}"]
    return "\n".join(["vrrp_instance VI {", *lines, "}", ""])


def ether_type(packet):
    return b"\x86\xdd" if packet[0] >> 4 == 6 else b"\x08\x00"


def ethernet(packet, tags=b""):
    return bytes.fromhex("01005e0000120242ac110002") + tags + ether_type(packet) + packet


def cooked(packet):
    return bytes.fromhex("000200010006024211223344") + b"\0\0" + ether_type(packet) + packet


def cooked2(packet):
    return ether_type(packet) + bytes.fromhex("00000000000200010006024211223344") + b"\0\0" + packet


def pcap(packets, order, link, wrap, magic=0xA1B2C3D4):
    file = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 262144, link)
    for number, packet in enumerate(packets):
        frame = wrap(packet)
        file += struct.pack(order + "IIII", TIME + number, 5, len(frame), len(frame)) + frame
    return file


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    size = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + size + body + size


def option(order, code, value):
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def pcapng(packets, order, kinds):
    """A section for each half; each packet is of another link layer than the one before."""
    file = b""
    for first, last in ((0, len(packets) // 2), (len(packets) // 2, len(packets))):
        file += block(order, 0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1) + option(order, 1, b"made"))
        for index, (link, _) in enumerate(kinds):
            options = option(order, 2, b"port%d" % index) + option(order, 9, b"\x09") + option(order, 0, b"")
            file += block(order, 1, struct.pack(order + "HHI", link, 0, 0) + options)
        file += block(order, 4, bytes(8)) + block(order, 0xBAD, b"of another program")
        for number in range(first, last):
            index = number % len(kinds)
            frame = kinds[index][1](packets[number])
            ticks = (TIME + number) * 1_000_000_000
            head = struct.pack(order + "IIIII", index, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), len(frame))
            file += block(order, 6, head + frame + bytes(-len(frame) % 4) + option(order, 1, b"said of it"))
    return file


def simple_pcapng(packets):
    file = block("<", 0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    file += block("<", 1, struct.pack("<HHI", 101, 0, 0))
    return file + b"".join(block("<", 3, struct.pack("<I", len(packet)) + packet) for packet in packets)


LAYERS = [(1, ethernet), (101, bytes), (276, cooked2), (113, cooked)]
FORMS = {
    "ethernet": lambda p: pcap(p, "<", 1, ethernet),
    "ethernet-big-endian-nanoseconds": lambda p: pcap(p, ">", 1, ethernet, 0xA1B23C4D),
    "vlan": lambda p: pcap(p, "<", 1, lambda x: ethernet(x, bytes.fromhex("81000064"))),
    "two-vlans": lambda p: pcap(p, ">", 1, lambda x: ethernet(x, bytes.fromhex("88a8000181000064"))),
    "cooked": lambda p: pcap(p, "<", 113, cooked),
    "cooked-big-endian": lambda p: pcap(p, ">", 113, cooked),
    "cooked2": lambda p: pcap(p, "<", 276, cooked2),
    "raw": lambda p: pcap(p, "<", 101, bytes),
    "raw-old-number": lambda p: pcap(p, ">", 12, bytes),
    "loopback": lambda p: pcap(p, "<", 0, lambda x: struct.pack("<I", 10 if x[0] >> 4 == 6 else 2) + x),
    "pcapng": lambda p: pcapng(p, "<", LAYERS),
    "pcapng-big-endian": lambda p: pcapng(p, ">", LAYERS),
    "pcapng-simple": simple_pcapng,
}


def main(program, fixtures, form, policy):
    receivers, packets = read_fixtures(fixtures)
    wrong = judged = 0
    for name, words in receivers.items():
        own = [packet for packet in packets if packet["receiver"] == name]
        if not own:
            continue
        with tempfile.NamedTemporaryFile(suffix=".conf") as file:
            file.write(configuration(words).encode())
            file.flush()
            command = [program, "sniff", "--read", "-", "--config", file.name, "--policy", policy, "--json"]
            capture = FORMS[form]([packet["bytes"] for packet in own])
            ran = subprocess.run(command, input=capture, capture_output=True, check=False)
        lines = [json.loads(line) for line in ran.stdout.splitlines()]
        if ran.returncode != 0 or len(lines) != len(own):
            print(f"{name}: status {ran.returncode}, {len(lines)} of {len(own)} packets; {ran.stderr.decode()}")
            wrong += 1
            continue
        for packet, line in zip(own, lines):
            judged += 1
            expected = packet["verdicts"][policy]
            got = "accept" if line["verdict"] == "accepted" else line["reason"]
            if got != expected:
                print(f"{packet['name']} to {name}: {got} instead of {expected}")
                wrong += 1
    if judged < len(packets):
        print(f"only {judged} of {len(packets)} packets were judged")
    return 1 if wrong or judged < len(packets) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
