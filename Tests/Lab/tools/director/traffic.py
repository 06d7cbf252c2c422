"""Clients that ask a service all the time, each over a connection of its own as a new visitor does."""
import random
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass

from network import inside


@dataclass(frozen=True)
class Request:
    """From `began` to `ended`; `answer` is who answered, or None with what went wrong in `why`."""

    began: float
    ended: float
    answer: str = None
    why: str = ""


class Client(threading.Thread):
    """Asks `address` and `port` every `period` seconds by `ask`, in that namespace."""

    def __init__(self, namespace, address, port, ask, period=0.2, patience=2.0):
        super().__init__(daemon=True)
        self.place, self.target, self.ask = namespace, (address, port), ask
        self.period, self.patience = period, patience
        self.requests, self.ended = [], False
        self.start()

    def run(self):
        with inside(self.place):  # for good: it is this thread's place
            while not self.ended:
                began = time.time()
                try:
                    answer, why = self.ask(*self.target, self.patience), ""
                except OSError as error:
                    answer, why = None, str(error) or type(error).__name__
                self.requests.append(Request(began, time.time(), answer, why))
                time.sleep(max(0.02, self.period * random.uniform(0.7, 1.3) - (time.time() - began)))

    def end(self):
        self.ended = True

    def since(self, began, until=float("inf")):
        return [r for r in list(self.requests) if began <= r.began < until]


def connect(address, port, patience):
    asking = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    asking.settimeout(patience)
    try:
        asking.connect((address, port))
    except BaseException:
        asking.close()
        raise
    return asking


def page(asking):
    asking.sendall(b"GET / HTTP/1.0\r\nHost: www.example.com\r\n\r\n")
    got = b""
    while part := asking.recv(4096):
        got += part
    head, _, body = got.partition(b"\r\n\r\n")
    if head.split(b" ")[1:2] != [b"200"]:
        raise OSError(f"status {head[9:12].decode('ascii', 'replace') or 'none'}")
    return body.decode("ascii", "replace").strip()


def web(address, port, patience):
    with connect(address, port, patience) as asking:
        return page(asking)


ANYBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
ANYBODY.check_hostname = False
ANYBODY.verify_mode = ssl.CERT_NONE


def tls(address, port, patience):
    with connect(address, port, patience) as asking, ANYBODY.wrap_socket(asking) as wrapped:
        return page(wrapped)


def mail(address, port, patience):
    with connect(address, port, patience) as asking:
        greeting = asking.recv(512)
        asking.sendall(b"QUIT\r\n")
        asking.recv(512)
        if greeting[:3] != b"220":
            raise OSError(f"greeted by {greeting[:3].decode('ascii', 'replace') or 'nothing'}")
        return "server1" if b"Exim" in greeting else "server2"


QUESTION = b"\x03www\x07example\x03com\x00" + struct.pack("!HH", 1, 1)


def name(address, port, patience):
    number = random.randrange(1 << 16)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(patience)
        asking.connect((address, port))
        asking.send(struct.pack("!HHHHHH", number, 0x0100, 1, 0, 0, 0) + QUESTION)
        answer = asking.recv(512)
    if len(answer) < 12 or struct.unpack_from("!H", answer)[0] != number or answer[3] & 15 or answer[7] == 0:
        raise OSError("a false answer")
    return "server2" if answer[-4:] == bytes([192, 0, 2, 2]) else "server1"
