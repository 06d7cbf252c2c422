"""A client that sends HTTP requests all the time, each on a connection of its own."""
import socket
import threading
import time
from dataclasses import dataclass

from network import inside


@dataclass(frozen=True)
class Answer:
    """Asked at `time` (seconds, wall clock), answered or given up at `end`; `node` is what it said, or None."""

    time: float
    end: float
    node: str | None


class Requests:
    """`node` of the network asks the address every `period` seconds, and waits for each answer for `patience` at most:
    so many at a time that one that waits does not hold up the next."""

    def __init__(self, net, node, address, period=0.03, patience=0.6):
        self.net, self.node, self.address = net, node, address
        self.period, self.patience, self.ended = 2 * patience, patience, False
        self.answers = []
        began, count = time.monotonic(), round(self.period / period)
        self.threads = [threading.Thread(target=self.ask, args=(began + number * period,), daemon=True)
                        for number in range(count)]
        for thread in self.threads:
            thread.start()

    def ask(self, at):
        with inside(self.net.namespace(self.node)):
            while not self.ended:
                time.sleep(max(0.0, at - time.monotonic()))
                began = time.time()
                said = self.once()
                with self.net.news:
                    self.answers.append(Answer(began, time.time(), said))
                    self.net.news.notify_all()
                at += self.period

    def once(self):
        try:
            with socket.create_connection((self.address, 80), self.patience) as connection:
                connection.sendall(b"GET / HTTP/1.0\r\nHost: web\r\n\r\n")
                said = b""
                while piece := connection.recv(4096):
                    said += piece
        except OSError:
            return None
        head, _, body = said.partition(b"\r\n\r\n")
        return body.decode().strip() if b" 200 " in head.split(b"\r\n")[0] else None

    def last(self):
        return self.answers[-1].node if self.answers else None

    def answered(self, node, since):
        """When that node's answers to what was asked since then came."""
        return sorted(a.end for a in list(self.answers) if a.node == node and a.time >= since)

    def lost(self, since):
        """When what stayed without an answer was asked."""
        return [round(a.time - since, 3) for a in list(self.answers) if a.node is None and a.time >= since]

    def end(self):
        self.ended = True
        for thread in self.threads:
            thread.join()
