"""dns.py answer|swallow: a name server on 127.0.0.1.

`answer` tells for each question of the form d.c.b.a.in-addr.arpa the name server-a-b-c-d.example, one second late;
`swallow` never answers anything.
"""
import socket
import sys
import threading
import time


def labels(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def answer(server, question, client):
    time.sleep(1)
    parts, offset = [], 12
    while length := question[offset]:
        parts.append(question[offset + 1 : offset + 1 + length].decode())
        offset += 1 + length
    asked = question[12 : offset + 5]
    name = labels("server-" + "-".join(reversed(parts[:4])) + ".example")
    record = b"\xc0\x0c" + b"\0\x0c\0\x01" + b"\0\0\0\x3c" + len(name).to_bytes(2, "big") + name
    server.sendto(question[:2] + b"\x81\x80\0\x01\0\x01\0\0\0\0" + asked + record, client)


with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", 53))
    print("ready", flush=True)
    while True:
        question, client = server.recvfrom(4096)
        if sys.argv[1] == "answer":
            threading.Thread(target=answer, args=(server, question, client), daemon=True).start()
