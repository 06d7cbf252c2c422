"""Asks a service which server is behind it: ask.py [--times N] [--from ADDRESS] PROTOCOL ADDRESS PORT

Prints the name that answered, `-` for no answer within two seconds, one a line. `--hold` connects once, prints
`connected`, and keeps the connection open, saying nothing, until a signal ends it and resets the connection.
"""
import argparse
import errno
import signal
import socket
import struct
import time

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


used = None


def bind_to_unused_port(connection):
    """A port that no question of the last 400 s had: the director remembers for up to 300 s where a port led."""
    global used
    source = options.source or ("::" if family == socket.AF_INET6 else "0.0.0.0")
    while True:
        port = 20000 + time.monotonic_ns() // 10_000_000 % 40000
        try:
            if port != used:
                connection.bind((source, port))
                used = port
                return
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        time.sleep(0.005)


def connect():
    connection = socket.socket(family, kind, number)
    connection.settimeout(2)
    bind_to_unused_port(connection)
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
