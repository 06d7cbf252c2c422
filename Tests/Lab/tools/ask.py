"""Asks a service which server is behind it: ask.py [--times N] [--from ADDRESS] PROTOCOL ADDRESS PORT

Prints the name that answered, `-` for no answer within two seconds, one a line. `--hold` connects once, prints
`connected`, and keeps the connection open, saying nothing, until a signal ends it and resets the connection.
"""
import argparse
import signal
import socket
import struct

parser = argparse.ArgumentParser()
parser.add_argument("--times", type=int, default=1)
parser.add_argument("--from", dest="source")
parser.add_argument("--hold", action="store_true")
parser.add_argument("protocol", choices=["tcp", "udp", "sctp"])
parser.add_argument("address")
parser.add_argument("port", type=int)
options = parser.parse_args()

family = socket.AF_INET6 if ":" in options.address else socket.AF_INET
kind = socket.SOCK_DGRAM if options.protocol == "udp" else socket.SOCK_STREAM
number = {"tcp": socket.IPPROTO_TCP, "udp": socket.IPPROTO_UDP, "sctp": socket.IPPROTO_SCTP}[options.protocol]


def connect():
    connection = socket.socket(family, kind, number)
    connection.settimeout(2)
    if options.source:
        connection.bind((options.source, 0))
    connection.connect((options.address, options.port))
    return connection


def ask():
    with connect() as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        answer = b""
        while part := connection.recv(4096):
            answer += part
            if kind == socket.SOCK_DGRAM:
                break
        return answer.decode().split("\n")[-2]


if options.hold:
    with connect() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        print("connected", flush=True)
        signal.pause()

for _ in range(0 if options.hold else options.times):
    try:
        print(ask(), flush=True)
    except (OSError, IndexError):
        print("-", flush=True)
