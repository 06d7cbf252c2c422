"""flood.py COUNT ADDRESS PORT: sends COUNT UDP datagrams to a virtual service, each from a client of its own.

The clients are 10.64.0.0 and up, made up: every datagram becomes a connection in the kernel's table.
"""
import socket
import struct
import sys

count, address, port = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ports_per_client = 100
length = 28
ip = struct.Struct("!BBHHHBBH4s4s")
udp = struct.Struct("!HHHH")
target = socket.inet_aton(address)

with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
    for number in range(count):
        client = struct.pack("!I", 0x0A400000 + number // ports_per_client)
        source_port = 10000 + number % ports_per_client
        packet = ip.pack(0x45, 0, length, 0, 0, 64, socket.IPPROTO_UDP, 0, client, target)
        raw.sendto(packet + udp.pack(source_port, port, length - 20, 0), (address, port))
