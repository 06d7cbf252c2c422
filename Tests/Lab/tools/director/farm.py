"""Real servers that do as they are told: one thread answers for all of them, and faults happen at known times."""
import heapq
import selectors
import socket
import struct
import threading
import time

from network import inside


class Server:
    """One address and port, TCP or UDP. `answer` makes of what came in (bytes; for TCP also b"" at the connection's
    start) what goes out: bytes, None for nothing, or a pair of seconds to wait before it and bytes."""

    def __init__(self, farm, namespace, address, port, answer, kind=socket.SOCK_STREAM):
        self.farm, self.namespace, self.address, self.port = farm, namespace, address, port
        self.answer, self.kind = answer, kind
        self.socket = None
        self.connections = set()

    def open(self):
        if self.socket:
            return
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        with inside(self.namespace):
            opened = socket.socket(family, self.kind)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.setblocking(False)
        opened.bind((self.address, self.port))
        if self.kind == socket.SOCK_STREAM:
            opened.listen(64)
        self.socket = opened
        self.farm.add(opened, self.accept if self.kind == socket.SOCK_STREAM else self.datagram)

    def close(self):
        """As when its process is killed: connections are reset, new ones refused."""
        with self.farm.lock:
            if not self.socket:
                return
            for connection in list(self.connections):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.drop(connection)
            closed, self.socket = self.socket, None
            self.farm.remove(closed)
            closed.close()

    # Called by the farm's thread

    def accept(self):
        connection, _ = self.socket.accept()
        connection.setblocking(False)
        self.connections.add(connection)
        self.farm.add(connection, lambda: self.read(connection))
        self.reply(connection, b"")

    def read(self, connection):
        try:
            data = connection.recv(65536)
        except OSError:
            data = b""
        if not data:
            self.drop(connection)
            return
        self.reply(connection, data)

    def reply(self, connection, data):
        answer = self.answer(data)
        if answer is None:
            return
        delay, words = answer if isinstance(answer, tuple) else (0, answer)
        self.farm.later(delay, lambda: self.send(connection, words))

    def send(self, connection, words):
        """What an answer begins with `Connection: close` in mind: HTTP answers are followed by the end."""
        if connection not in self.connections:
            return
        try:
            connection.sendall(words)
        except OSError:
            self.drop(connection)
            return
        if words.startswith(b"HTTP/"):
            self.drop(connection)

    def drop(self, connection):
        self.connections.discard(connection)
        self.farm.remove(connection)
        connection.close()

    def datagram(self):
        data, sender = self.socket.recvfrom(65536)
        answer = self.answer(data)
        if answer is None:
            return
        delay, words = answer if isinstance(answer, tuple) else (0, answer)
        source = self.socket
        if isinstance(words, Elsewhere):
            source, words = words.socket(self), words.words
        self.farm.later(delay, lambda: source.sendto(words, sender))


class Elsewhere:
    """An answer that comes from another port of the same address."""

    def __init__(self, words):
        self.words = words

    def socket(self, server):
        family = socket.AF_INET6 if ":" in server.address else socket.AF_INET
        with inside(server.namespace):
            other = socket.socket(family, socket.SOCK_DGRAM)
        other.bind((server.address, 0))
        return other


class Farm:
    def __init__(self):
        self.selector = selectors.EpollSelector()
        self.todo, self.number = [], 0
        self.lock = threading.RLock()
        self.ended = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def add(self, what, handle):
        with self.lock:
            self.selector.register(what, selectors.EVENT_READ, handle)

    def remove(self, what):
        with self.lock:
            try:
                self.selector.unregister(what)
            except (KeyError, ValueError):
                pass

    def later(self, seconds, action):
        if seconds == 0:
            action()
            return
        with self.lock:
            self.number += 1
            heapq.heappush(self.todo, (time.monotonic() + seconds, self.number, action))

    def run(self):
        while not self.ended:
            for key, _ in self.selector.select(self.patience()):
                with self.lock:
                    if key.fileobj.fileno() >= 0 and self.selector.get_map().get(key.fileobj) is key:
                        self.attempt(key.data)
            with self.lock:
                while self.todo and self.todo[0][0] <= time.monotonic():
                    self.attempt(heapq.heappop(self.todo)[2])

    def patience(self):
        with self.lock:
            return min(0.2, max(0, self.todo[0][0] - time.monotonic())) if self.todo else 0.2

    @staticmethod
    def attempt(action):
        try:
            action()
        except OSError:
            pass  # the other side went away

    def close(self):
        self.ended = True
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()
