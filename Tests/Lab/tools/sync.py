"""sync.py SYNCID DATA: tells this machine's backup daemon of a connection whose SIP persistence data are those bytes.

DATA in hexadecimal. The message is what a director in the same multicast group could send, or anybody who can reach it:
ip_vs sync protocol version 1, one IPv4 template 10.77.0.1:0 → 10.77.0.2:5060 → 10.77.0.3:5060.
"""
import socket
import struct
import sys

sync_id, data = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
template, udp, minutes = 0x1000, 17, 5
option_data, option_name = 2, 3


def option(kind, value):
    return struct.pack("!BB", kind, len(value)) + value


options = option(option_data, data) + option(option_name, b"sip")
addresses = b"".join(socket.inet_aton(address) for address in ("10.77.0.1", "10.77.0.2", "10.77.0.3"))
fixed = struct.pack("!IHHHHII", template, 0, 0, 5060, 5060, 0, minutes * 60) + addresses
connection = struct.pack("!BBH", 0, udp, 4 + len(fixed) + len(options)) + fixed + options
connection += b"\0" * (-len(connection) % 4)
message = struct.pack("!BBHBbH", 0, sync_id, 8 + len(connection), 1, 1, 0) + connection
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
    sender.sendto(message, ("224.0.0.81", 8848))
