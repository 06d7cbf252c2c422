"""A server for each case, which says what the case's script says and writes down what it was asked."""
import contextlib
import socket
import ssl
import struct
import threading
import time

# How long a connection is kept that nobody closes.
PATIENCE = 20


class Server:
    """One listening socket; every connection is handled by a thread of its own."""

    def __init__(self, case, certificates):
        self.case = case
        self.requests = []
        self.names = []
        self.peers = []
        self.begun = 0
        self.ended = 0
        family = socket.AF_INET6 if ":" in case.address else socket.AF_INET
        self.socket = socket.socket(family)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((case.address, case.port))
        self.socket.listen(64)
        self.context = self.tls(certificates) if case.tls else None
        threading.Thread(target=self.accept, daemon=True).start()

    def forget(self):
        """What the next program asks is its own."""
        self.requests, self.names, self.peers, self.begun, self.ended = [], [], [], 0, 0

    def close(self):
        # Wakes the thread that waits for connections, which would hold the port.
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    @property
    def is_done(self):
        return self.ended >= self.case.asked and self.ended == self.begun

    def tls(self, certificates):
        settings = self.case.tls
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("ALL:@SECLEVEL=0")
        file = certificates / settings.certificate
        context.load_cert_chain(f"{file}.pem", certificates / "server.key")
        if settings.version:
            version = getattr(ssl.TLSVersion, settings.version)
            context.minimum_version = context.maximum_version = version
        if settings.client:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(certificates / "authority.pem")
        context.sni_callback = lambda connection, name, _: self.names.append(name)
        return context

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.begun += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, raw):
        raw.settimeout(PATIENCE)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError, ValueError):
            self.answer(raw)
        with contextlib.suppress(OSError):
            raw.close()
        self.ended += 1

    def answer(self, raw):
        self.play(raw, raw, self.case.early)
        connection = raw
        if self.context:
            connection = self.context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
            connection.do_handshake()
            certificate = connection.getpeercert() if self.case.tls.client else None
            if certificate:
                self.peers.append(dict(pair[0] for pair in certificate["subject"])["commonName"])
        if self.case.hears:
            self.requests.append(self.heard(connection, b"\r\n\r\n"))
        if self.play(connection, raw, self.case.script) or not self.context:
            return
        if self.case.tls.goodbye:
            connection.settimeout(1)
            connection.unwrap()
        # Without a goodbye: the descriptor alone.
        socket.socket(fileno=connection.detach()).close()

    @staticmethod
    def heard(connection, end):
        request = b""
        while not request.endswith(end):
            piece = connection.recv(65536)
            if not piece:
                break
            request += piece
        return request

    def play(self, connection, raw, script):
        """Returns whether the connection is gone."""
        for step in script:
            if isinstance(step, bytes):
                connection.sendall(step)
            elif isinstance(step, float):
                time.sleep(step)
            elif step == "line":
                self.requests.append(self.heard(connection, b"\r\n"))
            elif step == "stay":
                while connection.recv(65536):
                    pass
            elif step == "endless":
                while True:
                    connection.sendall(b"x" * 4096)
                    time.sleep(0.02)
            elif step == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
                return True
            else:
                raise AssertionError(step)
        return False
