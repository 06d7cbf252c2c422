"""When a director tried which server: what came in at the servers' side, with the kernel's own times."""
import ctypes
import select
import socket
import struct
import threading
import time

from network import ETH_P_ALL, SO_RCVBUFFORCE, SO_TIMESTAMPNS, SOL_PACKET, PACKET_IGNORE_OUTGOING, inside

TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58
SYN, ACK = 0x02, 0x10


def only_from(tap, senders):
    """The kernel gives only what these send, and no tunnels: what clients send would keep this thread busy."""
    def load(size, offset):
        return struct.pack("HBBI", 0x20 | size, 0, 0, offset)  # BPF_LD | BPF_ABS

    def equal(value, true, false):
        return struct.pack("HBBI", 0x15, true, false, value)  # BPF_JMP | BPF_JEQ | BPF_K

    word, half, byte = 0x00, 0x08, 0x10
    wanted = {4: [], 6: []}
    for sender in senders:
        family, number = (6, socket.AF_INET6) if ":" in sender else (4, socket.AF_INET)
        wanted[family].append(int.from_bytes(socket.inet_pton(number, sender)[-4:], "big"))
    program = []
    for kind, offset, protocol, flags, values in ((0x0800, 26, 23, 47, wanted[4]), (0x86dd, 34, 20, 67, wanted[6])):
        # Of TCP only what begins a connection; none of the headers has options.
        part = [load(byte, protocol), equal(TCP, 0, 2), load(byte, flags), equal(SYN, 0, len(values) + 3),
                load(byte, protocol), equal(4, len(values) + 1, 0), load(word, offset)]
        part += [equal(value, len(values) - place, 0) for place, value in enumerate(values)]
        part += [struct.pack("HBBI", 0x06, 0, 0, 0), struct.pack("HBBI", 0x06, 0, 0, 256)]  # none of it, or so much
        program += [load(half, 12), equal(kind, 0, len(part)), *part]
    program.append(struct.pack("HBBI", 0x06, 0, 0, 0))
    code = ctypes.create_string_buffer(b"".join(program))
    tap.setsockopt(socket.SOL_SOCKET, 26, struct.pack("HL", len(program), ctypes.addressof(code)))  # SO_ATTACH_FILTER


class Attempts:
    """Listens on an interface of each of `places`: (namespace, interface, who by the sender's address)."""

    def __init__(self, places):
        self.found, self.begun = {}, set()
        self.sockets, self.poll, self.ended = {}, select.epoll(), False
        for namespace, interface, senders in places:
            with inside(namespace):
                tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            tap.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
            tap.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
            tap.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 22)
            only_from(tap, senders)
            tap.bind((interface, ETH_P_ALL))
            self.sockets[tap.fileno()] = (tap, senders)
            self.poll.register(tap.fileno(), select.EPOLLIN)
        self.thread = threading.Thread(target=self.take, daemon=True)
        self.thread.start()

    def take(self):
        while not self.ended:
            for number, _ in self.poll.poll(0.3):
                tap, senders = self.sockets[number]
                frame, extra, _, _ = tap.recvmsg(256, 64)
                at = time.time()
                for level, kind, data in extra:
                    if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                        seconds, nanoseconds = struct.unpack("qq", data[:16])
                        at = seconds + nanoseconds / 1e9
                decoded = decode(frame)
                if decoded and decoded[0] in senders:
                    self.note(senders[decoded[0]], at, *decoded[1:])

    def note(self, who, at, address, protocol, port, source):
        """At that time something new was begun with that server: a connection, a datagram, an echo request (port 0)."""
        if protocol == TCP:
            if (who, address, port, source) in self.begun:
                return  # sent once more
            self.begun.add((who, address, port, source))
        self.found.setdefault((who, address, port), []).append(at)

    def of(self, who, address, port, since=0.0):
        return [at for at in list(self.found.get((who, address, port), [])) if at >= since]

    def close(self):
        self.ended = True
        self.thread.join()
        self.poll.close()
        for tap, *_ in self.sockets.values():
            tap.close()


def decode(frame):
    """Sender, receiver, protocol, port and the sender's port of what begins something; None of all the rest."""
    kind = int.from_bytes(frame[12:14], "big")
    if kind == 0x0800 and len(frame) >= 34:
        protocol, head = frame[23], 14 + (frame[14] & 15) * 4
        sender, receiver = (socket.inet_ntop(socket.AF_INET, frame[i:i + 4]) for i in (26, 30))
    elif kind == 0x86dd and len(frame) >= 54:
        protocol, head = frame[20], 54
        sender, receiver = (socket.inet_ntop(socket.AF_INET6, frame[i:i + 16]) for i in (22, 38))
    else:
        return None
    body = frame[head:]
    if protocol in (TCP, UDP) and len(body) >= 8:
        source, port = struct.unpack_from("!HH", body)
        if protocol == TCP and (len(body) < 14 or body[13] & (SYN | ACK) != SYN):
            return None
        return sender, receiver, protocol, port, source
    if (protocol, body[:1]) in ((ICMP, b"\x08"), (ICMP6, b"\x80")):
        return sender, receiver, protocol, 0, 0
    return None
