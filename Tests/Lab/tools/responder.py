"""Answers with a server's name: responder.py NAME PORT ADDRESS…

TCP and SCTP: one HTTP response per connection once a request came, so that a connection whose client
stays silent stays open. UDP: one datagram for each received.
"""
import contextlib
import socket
import sys
import threading

name, port, addresses = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
body = name.encode() + b"\n"
response = b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def serve_one(connection):
    with connection, contextlib.suppress(ConnectionError):
        request = b""
        while b"\r\n\r\n" not in request:
            part = connection.recv(4096)
            if not part:
                return
            request += part
        connection.sendall(response)


def serve_stream(address, protocol):
    with socket.socket(family(address), socket.SOCK_STREAM, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(128)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve_one, args=(connection,), daemon=True).start()


def serve_datagrams(address):
    with socket.socket(family(address), socket.SOCK_DGRAM) as server:
        server.bind((address, port))
        while True:
            _, client = server.recvfrom(4096)
            server.sendto(body, client)


threads = []
for address in addresses:
    threads.append(threading.Thread(target=serve_stream, args=(address, socket.IPPROTO_TCP)))
    threads.append(threading.Thread(target=serve_stream, args=(address, socket.IPPROTO_SCTP)))
    threads.append(threading.Thread(target=serve_datagrams, args=(address,)))
for thread in threads:
    thread.start()
