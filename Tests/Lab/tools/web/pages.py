"""python3 pages.py FOLDER: serves pages in the clear and by TLS; prints both ports when it does."""
import contextlib
import socket
import ssl
import sys
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True
import certificates  # noqa: E402 pylint: disable=wrong-import-position


def response(path, request, name):
    """The bytes that answer a request, as they are sent."""
    head = b"HTTP/1.1 200 OK\r\nServer: pages\r\n"
    body = {"/": b"hello\n", "/empty": b"", "/large": bytes(range(256)) * 12000, "/host": b"another page\n"}.get(path)
    if body is not None:
        return head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    if path == "/missing":
        return b"HTTP/1.1 404 Not Found\r\n\r\nnot here\n"
    if path == "/chunked":
        return head + b"Transfer-Encoding: chunked\r\n\r\n6\r\nhello\n\r\n0\r\n\r\n"
    if path == "/long":
        return head + b"Content-Length: 100\r\n\r\nhello\n"
    if path == "/asked":
        return head + b"\r\n" + request
    if path == "/name":
        return head + b"\r\n" + (name or "").encode()
    if path == "/garbage":
        return b"what is this?\r\n\r\n"
    if path == "/slow":
        time.sleep(2)
    return head + b"\r\n" + path.encode()


def serve(listener, context):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(connection, context), daemon=True).start()


def answer(connection, context):
    names = []
    with contextlib.suppress(OSError):
        connection.settimeout(20)
        if context:
            context.sni_callback = lambda _, name, __: names.append(name)
            connection = context.wrap_socket(connection, server_side=True)
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            piece = connection.recv(65536)
            if not piece:
                return
            request += piece
        connection.sendall(response(request.split(b" ")[1].decode(), request, names[0] if names else None))
        if context:
            connection = connection.unwrap()
        connection.close()


def main():
    folder = Path(sys.argv[1])
    certificates.make(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    ports = []
    for settings in (None, context):
        listener = socket.create_server(("127.0.0.1", 0))
        ports.append(str(listener.getsockname()[1]))
        threading.Thread(target=serve, args=(listener, settings), daemon=True).start()
    print(*ports, flush=True)
    threading.Event().wait()


main()
