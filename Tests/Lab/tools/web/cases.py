"""What servers say, and what keepalived 2.2.7 makes of it; where our verdict is another one, why."""
import hashlib
from dataclasses import dataclass


@dataclass
class TLS:
    certificate: str = "server"
    version: str = ""
    goodbye: bool = True
    client: bool = False


@dataclass
class Case:
    """What a server says, and what of it.

    script: bytes are sent, numbers are seconds of silence; "line" hears one, "stay" waits until the other side closes,
    "endless" sends for ever, "reset" resets the connection. At its end the connection is closed.
    """

    name: str
    script: tuple
    # keepalived's verdict, and ours where it is another one.
    passes: bool
    ours: bool = None
    # Lines of the first url block, of the other ones, of the check, and of the real server.
    page: tuple = ()
    more: tuple = ()
    check: tuple = ()
    outer: tuple = ()
    tls: TLS = None
    # What happens before the handshake, or before the request is heard.
    early: tuple = ()
    # Whether it waits for a request first.
    hears: bool = True
    keyword: str = ""
    address: str = "127.0.0.1"
    port: int = 0
    asked: int = 1
    # What is asked is compared, and whether it is meant to be another.
    shows: bool = False
    differs: bool = False
    group: str = "plain"

    def __post_init__(self):
        self.keyword = self.keyword or ("SSL_GET" if self.tls else "HTTP_GET")

    @property
    def pages(self):
        return () if self.keyword == "SMTP_CHECK" or self.page is None else (self.page, *self.more)


def md5(body):
    return hashlib.md5(body).hexdigest()


def http(status="200 OK", body=b"hello world\n", version="1.0", length=None, lines=(), end=b"\r\n"):
    """A response; its length is said unless `length` is False."""
    head = [f"HTTP/{version} {status}".encode()]
    if length is not False:
        head.append(b"Content-Length: %d" % (len(body) if length is None else length))
    head += [line.encode() for line in lines]
    return end.join([*head, b"", b""]) + body


def dribs(text, pause):
    return tuple(step for byte in text for step in (bytes([byte]), pause))


BODY = b"hello world\n"
OK = http()
# The response's first byte of the body.
BODY_AT = len(OK) - len(BODY)
BIG = bytes(range(97, 123)) * 40000
CHUNKS = b"6\r\nhello \r\n6\r\nworld\n\r\n0\r\n\r\n"
CHUNKED = http(body=CHUNKS, length=False, version="1.1", lines=("Transfer-Encoding: chunked",))
HTTP11 = ("http_protocol 1.1",)
SHORT = ("connect_timeout 3",)


def digest(body):
    return f"digest {md5(body)}"


def regex(pattern, *lines):
    return (f'regex "{pattern}"', *lines)


def cases():
    yield from statuses()
    yield from headers()
    yield from endings()
    yield from digests()
    yield from pauses()
    yield from expressions()
    yield from offsets()
    yield from requests()
    yield from tls()
    yield from credentials()
    yield from mail()


def statuses():
    yield Case("a page", (OK,), True)
    for status in ("100 x", "101 x", "199 x", "200 OK", "204 x", "299 x", "300 x", "301 x", "304 x", "404 x", "500 x",
                   "503 x", "600 x", "999 x"):
        yield Case(f"status {status}", (http(status),), status.startswith("2"))
    yield Case("a redirect is not followed", (http("302 x", lines=("Location: http://127.0.0.1:1/",)),), False)
    yield Case("a redirect that is wanted", (http("302 x"),), True, page=("status_code 302",))
    yield Case("a status of the list", (http("404 x"),), True, page=("status_code 200 404",))
    yield Case("a status of the range", (http("410 x"),), True, page=("status_code 200-299 400-410",))
    yield Case("a status above the range", (http("411 x"),), False, page=("status_code 200-299 400-410",))
    yield Case("a status that is not wanted", (OK,), False, page=("status_code 404",))
    yield Case("continue, and then a page", (http("100 x", b"", length=False, version="1.1"), 0.1, OK), False)
    yield Case("continue and a page in one", (http("100 x", b"", length=False, version="1.1") + OK,), False)
    for line, passes in (
            ("HTTP/1.1 200", False), ("HTTP/1.1 200 ", True), ("HTTP/1.1  200 OK", False), ("HTTP/2 200", False),
            ("HTTP/2 200 OK", True), ("HTTP/1.1 200OK", False), ("http/1.1 200 OK", True), ("HTTP/1.1", False),
            ("200 OK", False), ("hello", False), ("HTTP/1.1 20 OK", False), ("HTTP/1.1 2000 OK", False),
            ("HTTP/1.1 0200 OK", False), ("HTTP/1.1 +200 OK", False), ("HTTP/1.1 -200 OK", False),
            ("HTTP/1.1 2x0 OK", False), ("HTTP/1.1\t200 OK", False), ("HTTP/9.9 200 OK", True),
            ("HTTP/1.1 200\tOK", False), ("HTTP/1.1 \t200 OK", False), ("HTTP/1.1 x 200", False),
            (" HTTP/1.1 200 OK", False), ("HTTP/1.1 4294967496 OK", False), ("x 200 y", True), (" 200 OK", True),
            ("  200 OK", False), ("x 200\r y", False), ("HTTP/1.0\0 200 OK", True), ("HTTP/1.1 200 \0OK", True),
            ("HTTP/1.1 299  OK", True), ("HTTP/1.1 200.0 OK", False), ("HTTP/1.1 200\r\nX: y z", False),
            ("HTTP/1.1\r\n 200 z", False)):
        text = line.encode() + b"\r\nContent-Length: 12\r\n\r\n" + BODY
        yield Case(f"first line {line!r}", (text,), passes)


def headers():
    head = b"HTTP/1.0 200 OK\r\nX: "
    for size in (4000, 4090, 4094, 4095, 4096, 4100, 5000, 8191, 10000):
        text = head + b"x" * (size - len(head) - 4) + b"\r\n\r\nbody"
        yield Case(f"a header of {size} bytes", (text,), size < 4096, page=(digest(b"body"),))
    yield Case("a header of 4095 bytes and a long body",
               (head + b"x" * (4095 - len(head) - 4) + b"\r\n\r\n" + b"b" * 5000,), True, page=(digest(b"b" * 5000),))
    for size, passes in ((100, True), (2000, True), (4080, True), (4096, False), (8192, False)):
        yield Case(f"a first line of {size} bytes", (b"x" * (size - 8) + b" 200 OK\r\n\r\nbody",), passes)
    long = b"HTTP/1.0 200 OK\r\n" + b"X-Long: abcdefghijklmnopqrstuvwxyz\r\n" * 60000 + b"\r\nbody"
    yield Case("two megabytes of header", (long,), False, check=SHORT)
    yield Case("a first line of a megabyte", (b"HTTP/1.0 200 " + b"x" * 1000000 + b"\r\n\r\nbody",), False, check=SHORT)
    yield Case("an endless header", (head, "endless"), False, check=SHORT)
    yield Case("no header", (BODY,), False)
    yield Case("an empty line first", (b"\r\n" + OK,), False)
    yield Case("two empty lines first", (b"\r\n\r\n" + OK,), False)
    yield Case("lines with LF only", (http(end=b"\n"),), False)
    yield Case("an empty line with LF only", (b"HTTP/1.0 200 OK\r\nContent-Length: 12\n\n" + BODY,), False)
    yield Case("a header and no body", (b"HTTP/1.0 200 OK\r\nServer: x\r\n\r\n",), True)
    yield Case("NUL in the header", (b"HTTP/1.0 200 OK\r\nX: \0\r\n\r\n" + BODY,), True, page=(digest(BODY),))
    # What is taken for a length tells by the digest.
    for line, counted in (
            ("Content-Length: 5", 5), ("content-length: 5", 12), ("CONTENT-LENGTH: 5", 12), ("Content-Length:5", 5),
            ("Content-Length:   5", 5), ("Content-Length:\t5", 5), ("Content-Length: 5 ", 12), ("Content-Length: 5x", 12),
            ("Content-Length: 0x5", 12), ("Content-Length : 5", 12), ("X-Content-Length: 5", 5),
            ("Content-Length: x", 12), ("Content-Length: -5", 12), ("Content-Length: 99999999999999999999", 12),
            ("Content-Length: 18446744073709551621", 12), ("Content-Length: 4294967301", 12), ("Content-Length: +5", 5),
            ("Content-Length: ", 12), ("Content-Length:", 0), ("Content-Length:\r\nX: y", 0),
            ("Content-Length: 5\r\nContent-Length: 6", 5), ("X: Content-Length: 5", 5), ("Content-Length", 12),
            ("Content-Length: 5, 5", 12), ("Content-Length: 05", 5), ("Content-Length: 5.5", 12),
            ("Content-Length:\r\n 5", 5), ("X: \0\r\nContent-Length: 5", 12)):
        text = b"HTTP/1.1 200 OK\r\n" + line.encode() + b"\r\n\r\n" + BODY
        yield Case(f"{line!r} is {counted} bytes", (text,), True, page=(digest(BODY[:counted]),))


def endings():
    yield Case("closed at once", (), False)
    yield Case("closed unheard", (), False, hears=False)
    yield Case("reset unheard", ("reset",), False, hears=False)
    yield Case("reset", ("reset",), False)
    yield Case("reset within the header", (b"HTTP/1.0 200 OK\r\n", 0.2, "reset"), False)
    yield Case("reset after the header", (b"HTTP/1.0 200 OK\r\n\r\n", 0.2, "reset"), False)
    yield Case("reset after the page", (OK, 0.2, "reset"), False)
    yield Case("closed within the header", (b"HTTP/1.0 200 OK\r\nServer: x\r\n",), False)
    yield Case("closed within the first line", (b"HTTP/1.0 20",), False)
    yield Case("a page without length", (http(length=False),), True)
    yield Case("a length that is too long", (http(length=100),), True)
    yield Case("a length that is too short", (http(length=5),), True)
    for name, text in (("right", OK), ("too long", http(length=100)), ("too short", http(length=5)),
                       ("missing", http(length=False)), ("nought", http(body=b""))):
        yield Case(f"not closed, length {name}", (text, "stay"), False, check=SHORT)
    yield Case("not closed, with 1.1", (http(version="1.1"), "stay"), False, check=(*SHORT, *HTTP11))
    yield Case("not closed, 204 with 1.1", (http("204 x", b"", length=False, version="1.1"), "stay"), False,
               check=(*SHORT, *HTTP11))
    yield Case("not closed, chunked", (CHUNKED, "stay"), False, check=(*SHORT, *HTTP11))
    yield Case("chunked, and the end missing", (CHUNKED[:-4],), True, check=HTTP11)


def digests():
    yield Case("a digest", (OK,), True, page=(digest(BODY),))
    yield Case("a digest in capitals", (OK,), True, page=(digest(BODY).upper().replace("DIGEST", "digest"),))
    yield Case("another digest", (OK,), False, page=(digest(b"x"),))
    yield Case("a digest and another status", (http("404 x"),), False, page=(digest(BODY),))
    yield Case("a digest and its status", (http("404 x"),), True, page=(digest(BODY), "status_code 404"))
    yield Case("another digest and its status", (http("404 x"),), False, page=(digest(b"x"), "status_code 404"))
    yield Case("a digest of nothing", (http(body=b""),), True, page=(digest(b""),))
    yield Case("a digest in pieces", (OK[:-9], 0.1, OK[-9:-2], 0.1, OK[-2:]), True, page=(digest(BODY),))
    yield Case("a digest of a megabyte", (http(body=BIG),), True, page=(digest(BIG),))
    yield Case("a digest of a megabyte without length", (http(body=BIG, length=False),), True, page=(digest(BIG),))
    yield Case("a digest of what is shorter than its length", (http(length=100),), True, page=(digest(BODY),))
    yield Case("a digest of what is longer than its length", (http(length=5),), True, page=(digest(BODY[:5]),))
    yield Case("a digest of all that is longer", (http(length=5),), False, page=(digest(BODY),))
    yield Case("a digest of what comes behind its length", (http(body=b"hello", length=5), 0.2, b" world"), True,
               page=(digest(BODY[:5]),))
    yield Case("a digest of chunks as they are sent", (CHUNKED,), True, page=(digest(CHUNKS),), check=HTTP11)
    yield Case("a digest of chunks as they are meant", (CHUNKED,), False, page=(digest(BODY),), check=HTTP11)


def pauses():
    yield Case("no answer", ("stay",), False, check=SHORT)
    yield Case("an answer that is too late", (8.0, OK), False, check=SHORT)
    yield Case("a body that is too late", (OK[:-8], 8.0, OK[-8:]), False, check=SHORT)
    yield Case("a header in dribs", dribs(OK, 0.005), True)
    yield Case("a header in slow dribs", (*dribs(OK[:8], 0.6), OK[8:]), True, check=SHORT)
    yield Case("a body in slow dribs", (OK[:-6], *dribs(OK[-6:], 0.6)), True, check=SHORT)
    yield Case("a close that is late", (OK, 1.5), True, check=SHORT)


def expressions():
    yield Case("regex", (OK,), True, page=regex("wor.d"))
    yield Case("regex, not there", (OK,), False, page=regex("wor.x"))
    yield Case("regex_no_match", (OK,), True, page=regex("wor.x", "regex_no_match"))
    yield Case("regex_no_match, there", (OK,), False, page=regex("wor.d", "regex_no_match"))
    yield Case("regex in the header", (http(lines=("X: special",)),), True, page=regex("special"))
    yield Case("regex of the first line", (OK,), True, page=regex("^HTTP"))
    yield Case("regex over header and body", (OK,), False, ours=True, page=regex("(?s)OK.*world"))
    # Found there only if the header came in packets of its own. Here it is found in any case.
    yield Case("regex of the body's beginning", (OK,), False, ours=True, page=regex("^hello"))
    yield Case("regex of the body's beginning, alone", (OK[:BODY_AT], 1.0, BODY), True, page=regex("^hello"))
    yield Case("regex of the header, alone", (OK[:BODY_AT], 1.0, BODY), False, ours=True, page=regex("Content"))
    # Never found there: it looks for what may go on, and the end never comes.
    yield Case("regex of the end", (OK,), False, ours=True, page=regex("world$"))
    yield Case("regex of the end, multiline", (http(body=b"a\nb\nc"),), True, page=regex("^b$", "regex_options multiline"))
    yield Case("regex of all", (OK,), False, ours=True, page=regex(r"\Ahello world\n\z"))
    yield Case("regex of nothing", (http(body=b""),), False, ours=True, page=regex("^$"))
    yield Case("regex_no_match of nothing", (http(body=b""),), True, page=regex("hello", "regex_no_match"))
    yield Case("regex that looks back", (OK,), True, page=regex("(?<=hello )world"))
    yield Case("regex that looks ahead", (OK,), True, page=regex(r"world(?=\n)"))
    yield Case("regex, caseless", (OK,), True, page=regex("HELLO", "regex_options caseless"))
    yield Case("regex, with case", (OK,), False, page=regex("HELLO"))
    yield Case("regex, dotall", (http(body=b"a\nb"),), True, page=regex("a.b", "regex_options dotall"))
    yield Case("regex, not dotall", (http(body=b"a\nb"),), False, page=regex("a.b"))
    yield Case("regex, several options", (http(body=b"A\nB\nC"),), True,
               page=regex("^b $", "regex_options multiline caseless extended"))
    yield Case("regex, ungreedy", (OK,), True, page=regex("l+o", "regex_options ungreedy"))
    yield Case("regex, utf", (http(body="grüße".encode()),), True, page=regex("gr..e", "regex_options utf"))
    yield Case("regex, bytes", (http(body="grüße".encode()),), False, page=regex("gr..e"))
    yield Case("regex, utf that is none", (http(body=b"gr\xff\xfee"),), True, page=regex("gr", "regex_options utf"))
    yield Case("regex_stack", (OK,), True, page=regex("world", "regex_stack 32768 65536"))
    yield Case("regex in pieces", (OK[:-9], 0.1, OK[-9:-3], 0.1, OK[-3:]), True, page=regex("lo wo"))
    yield Case("regex in pieces that looks back", (OK[:-6], 0.1, OK[-6:]), True, page=regex("(?<=hello )world"))
    yield Case("regex in a long page", (http(body=BIG + b"needle"),), True, page=regex("needle"))
    yield Case("regex in a long page without length", (http(body=BIG + b"needle", length=False),), True,
               page=regex("needle"))
    yield Case("regex_no_match in a long page", (http(body=BIG + b"needle"),), False, page=regex("needle", "regex_no_match"))
    yield Case("regex over two reads", (http(body=b"x" * 4050 + b"needle" + b"y" * 4000),), True, page=regex("needle"))
    yield Case("regex that matches 4,000 bytes", (http(body=b"a" + b"x" * 4000 + b"b"),), True, page=regex("ax+b"))
    # There is room for 4,096 bytes there, and for 64 KiB here.
    yield Case("regex that matches 5,000 bytes", (http(body=b"a" + b"x" * 5000 + b"b"),), False, ours=True,
               page=regex("ax+b"))
    # Alone: keepalived does nothing else meanwhile, for seconds.
    endless = (http(body=b"a" * 40 + b"b"),)
    yield Case("regex that takes for ever", endless, False, page=regex("(a+)+c"), group="alone")
    yield Case("regex_no_match that takes for ever", endless, True, page=regex("(a+)+c", "regex_no_match"), group="alone")
    yield Case("regex and another status", (http("404 x"),), False, page=regex("hello"))
    yield Case("regex and its status", (http("404 x"),), True, page=regex("hello", "status_code 404"))
    yield Case("regex and a digest", (OK,), True, page=regex("hello", digest(BODY)))
    yield Case("regex and another digest", (OK,), False, page=regex("hello", digest(b"")))
    yield Case("regex not there and a digest", (OK,), False, page=regex("hallo", digest(BODY)))
    yield Case("regex behind the length", (http(length=5),), True, page=regex("world"))
    yield Case("regex, and not closed", (http(length=False), "stay"), False, check=SHORT, page=regex("hello"))


def offsets():
    at = BODY_AT + BODY.index(b"world")
    for first in (0, at - 1, at):
        yield Case(f"regex_min_offset {first}", (OK,), True, page=regex("world", f"regex_min_offset {first}"))
    for first in (at + 1, 600):
        yield Case(f"regex_min_offset {first}", (OK,), False, page=regex("world", f"regex_min_offset {first}"))
    yield Case("regex_min_offset anchors nothing", (OK,), False, page=regex("^world", f"regex_min_offset {at}"))
    for last in (at, at + 1, 600):
        yield Case(f"regex_max_offset {last}", (OK,), True, page=regex("world", f"regex_max_offset {last}"))
    for last in (0, 5):
        yield Case(f"regex_max_offset {last}", (OK,), False, page=regex("world", f"regex_max_offset {last}"))
    # Counted from the first byte of the body, where the header came by itself; here, in any case.
    yield Case("regex_max_offset of the body", (OK,), False, ours=True, page=regex("world", "regex_max_offset 6"))
    yield Case("regex_max_offset of the body, alone", (OK[:BODY_AT], 1.0, BODY), True,
               page=regex("world", "regex_max_offset 6"))
    yield Case("regex_max_offset, no match", (OK,), True, page=regex("world", "regex_max_offset 5", "regex_no_match"))
    yield Case("regex_max_offset, use_offset_limit", (OK,), True,
               page=regex("world", f"regex_max_offset {at}", "regex_options use_offset_limit"))
    page = http(body=b"x" * 10000 + b"needle")
    at = page.index(b"needle")
    for first, last, passes in ((at, None, True), (at + 1, None, False), (0, at, True), (0, at - 7000, False)):
        lines = [f"regex_min_offset {first}", *([f"regex_max_offset {last}"] if last is not None else [])]
        yield Case(f"offsets {first} to {last} of a long page", (page,), passes, page=regex("needle", *lines))


def requests():
    yield Case("two pages", (OK,), True, page=("path /a",), more=(("path /b",),), check=("fast_recovery",), asked=2,
               shows=True)
    yield Case("two pages, the second wrong", (OK,), False, page=("path /a",), more=(("path /b", "status_code 404"),),
               check=("fast_recovery",), asked=2, shows=True)
    yield Case("no page", (OK,), True, page=None, asked=0)
    for version in ("1.0", "1.0C", "1.1"):
        protocol = (f"http_protocol {version}",)
        yield Case(f"asks with {version}", (OK,), True, page=("path /x?y=z",), check=protocol, shows=True)
        yield Case(f"asks a virtualhost with {version}", (OK,), True, page=("virtualhost www.example.com",),
                   check=protocol, shows=True)
    yield Case("asks an empty path", (OK,), True, page=('path ""',), shows=True)
    yield Case("asks a virtualhost with a port", (OK,), True, page=("virtualhost www.example.com:8080",), shows=True)
    of_check, of_server = ("virtualhost check.example",), ("virtualhost server.example",)
    yield Case("asks the check's virtualhost", (OK,), True, check=of_check, shows=True)
    yield Case("asks the page's over the check's", (OK,), True, check=of_check, page=("virtualhost page.example",),
               shows=True)
    yield Case("asks the server's virtualhost", (OK,), True, outer=of_server, shows=True)
    yield Case("asks the check's over the server's", (OK,), True, outer=of_server, check=of_check, shows=True)
    yield Case("asks at port 80", (OK,), True, port=80, shows=True)
    yield Case("asks at port 443", (OK,), True, port=443, address="127.0.0.2", shows=True)
    yield Case("asks by TLS at port 443", (OK,), True, port=443, tls=TLS(), shows=True)
    yield Case("asks by TLS at port 80", (OK,), True, port=80, address="127.0.0.2", tls=TLS(), shows=True)
    yield Case("asks at IPv6", (OK,), True, address="::1", shows=True)
    yield Case("asks at IPv6 port 80", (OK,), True, address="::1", port=80, shows=True)
    yield Case("asks at IPv6 a virtualhost", (OK,), True, address="::1", page=("virtualhost www.example.com",), shows=True)
    yield Case("asks at IPv6 with 1.1", (OK,), True, address="::1", check=HTTP11, shows=True)
    yield Case("asks by TLS at IPv6", (OK,), True, address="::1", port=443, tls=TLS(), shows=True)
    yield Case("asks from another address", (OK,), True, check=("bindto 127.0.0.9", "bind_port 31234"), shows=True)


def tls():
    yield Case("TLS", (OK,), True, tls=TLS())
    yield Case("TLS, a digest", (OK,), True, tls=TLS(), page=(digest(BODY),))
    yield Case("TLS, another digest", (OK,), False, tls=TLS(), page=(digest(b""),))
    yield Case("TLS, another status", (http("503 x"),), False, tls=TLS())
    yield Case("TLS, in pieces", (OK[:-9], 0.1, OK[-9:-2], 0.1, OK[-2:]), True, tls=TLS(), page=(digest(BODY),))
    yield Case("TLS, a megabyte", (http(body=BIG),), True, tls=TLS(), page=(digest(BIG),))
    yield Case("TLS, regex in a megabyte", (http(body=BIG + b"needle"),), True, tls=TLS(), page=regex("needle"))
    yield Case("TLS, expired", (OK,), True, tls=TLS("expired"))
    yield Case("TLS, signed by nobody", (OK,), True, tls=TLS("nobody"))
    yield Case("TLS, another name", (OK,), True, tls=TLS("elsewhere"))
    for version in ("TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"):
        yield Case(f"TLS, version {version}", (OK,), version > "TLSv1_1", tls=TLS(version=version))
    compliant = ("tls_compliant",)
    for words, text in (("a length", OK), ("no length", http(length=False))):
        for goodbye in (True, False):
            name = f"TLS, {words}, {'a' if goodbye else 'no'} goodbye"
            yield Case(name, (text,), True, tls=TLS(goodbye=goodbye))
            # keepalived has that keyword from version 2.3.
            yield Case(f"{name}, tls_compliant", (text,), True, ours=goodbye, tls=TLS(goodbye=goodbye), check=compliant)
    yield Case("TLS, a length that is too long", (http(length=100),), True, tls=TLS())
    yield Case("TLS, a length that is too long, no goodbye", (http(length=100),), True, tls=TLS(goodbye=False))
    yield Case("TLS, reset after the page", (OK, 0.2, "reset"), True, tls=TLS())
    yield Case("TLS, closed within the header", (b"HTTP/1.0 200",), False, tls=TLS())
    yield Case("TLS, closed", (), False, tls=TLS())
    yield Case("TLS, not closed", (OK, "stay"), False, tls=TLS(), check=SHORT)
    yield Case("TLS, no handshake", (), False, tls=TLS(), early=("stay",), check=SHORT)
    yield Case("TLS, a slow handshake", (OK,), True, tls=TLS(), early=(1.5,), check=SHORT)
    yield Case("TLS, closed in the handshake", (), False, keyword="SSL_GET", hears=False)
    yield Case("TLS, reset in the handshake", ("reset",), False, keyword="SSL_GET", hears=False)
    yield Case("TLS, garbage", (b"garbage" * 100,), False, keyword="SSL_GET", hears=False)
    yield Case("TLS asked of HTTP", (OK,), False, keyword="SSL_GET", hears=False)
    yield Case("HTTP asked of TLS", (OK,), False, tls=TLS(), keyword="HTTP_GET", check=SHORT)
    sni, of_page, of_check = ("enable_sni",), ("virtualhost page.example",), ("virtualhost check.example",)
    yield Case("SNI is off", (OK,), True, tls=TLS(), page=of_page, shows=True)
    yield Case("SNI without a name", (OK,), True, tls=TLS(), check=sni, shows=True)
    yield Case("SNI, the page's", (OK,), True, tls=TLS(), page=of_page, check=sni, shows=True)
    yield Case("SNI, the check's", (OK,), True, tls=TLS(), check=(*sni, *of_check), shows=True)
    yield Case("SNI with a port", (OK,), True, tls=TLS(), check=(*sni, "virtualhost check.example:444"), shows=True)
    # keepalived says no name where it asks for the real server's virtualhost; sni_name it has from version 2.3.
    yield Case("SNI, the server's", (OK,), True, tls=TLS(), check=sni, outer=("virtualhost server.example",), shows=True,
               differs=True)
    yield Case("SNI by sni_name", (OK,), True, tls=TLS(), page=of_page, check=(*sni, "sni_name sni.example"), shows=True,
               differs=True)


def credentials():
    for name, settings in (("a client certificate", TLS(client=True)),
                           ("a client certificate by TLS 1.2", TLS(client=True, version="TLSv1_2")),
                           ("a client certificate that nobody asks for", TLS()),
                           ("a client certificate, and another authority", TLS("nobody")),
                           ("a client certificate, and an expired one", TLS("expired"))):
        yield Case(name, (OK,), True, tls=settings, group="credentials", shows=True)


def smtp(name, script, passes, ours=None, check=()):
    return Case(f"SMTP, {name}", script, passes, ours, keyword="SMTP_CHECK", hears=False, check=(*SHORT, *check), shows=True,
                # What it says after an answer that it takes and keepalived does not.
                differs=ours is not None)


def mail():
    hello, ok, bye = b"220 hi\r\n", b"250 ok\r\n", b"221 bye\r\n"
    yield smtp("polite", (hello, "line", ok, "line", bye), True)
    yield smtp("helo_name", (hello, "line", ok, "line", bye), True, check=("helo_name mail.example",))
    for code in ("200", "211", "220", "221", "250", "299", "354", "421", "450", "550", "554"):
        line = f"{code} hi\r\n".encode()
        yield smtp(f"greets with {code}", (line, "line", ok, "line", bye), code == "220")
        yield smtp(f"answers HELO with {code}", (hello, "line", line, "line", bye), code == "250")
        yield smtp(f"answers QUIT with {code}", (hello, "line", ok, "line", line), True)
    for line, passes in (
            (b"220\r\n", False), (b"220", False), (b"220 \r\n", True), (b"220 hi\n", True), (b"220hi\r\n", False),
            (b"22 hi\r\n", False), (b"2200 hi\r\n", False), (b" 220 hi\r\n", False), (b"\r\n220 hi\r\n", False),
            (b"220\thi\r\n", False), (b"220 a\r\n220 b\r\n", True), (b"220 \0\r\n", False), (b"+220 hi\r\n", False),
            (b"220 hi\r\n250 early\r\n", True)):
        yield smtp(f"greets with {line!r}", (line, "line", ok, "line", bye), passes)
    for size, passes in ((500, True), (1000, False), (5000, False)):
        yield smtp(f"greets with {size} bytes", (b"220 " + b"x" * size + b"\r\n", "line", ok, "line", bye), passes)
    # Lines of one reply, as RFC 5321 has them; keepalived knows one only.
    yield smtp("greets in two lines", (b"220-hi\r\n220 there\r\n", "line", ok, "line", bye), False, ours=True)
    yield smtp("greets in two pieces", (b"220-hi\r\n", 0.2, b"220 there\r\n", "line", ok, "line", bye), False, ours=True)
    yield smtp("greets with two codes", (b"554-hi\r\n220 there\r\n", "line", ok, "line", bye), False)
    yield smtp("answers HELO in two lines", (hello, "line", b"250-a\r\n250 b\r\n", "line", bye), False, ours=True)
    yield smtp("greets without end", (b"220-x\r\n", "endless"), False)
    yield smtp("greets in dribs", (*dribs(hello, 0.5), "line", ok, "line", bye), True)
    yield smtp("is slow each time", (1.2, hello, "line", 1.2, ok, "line", 1.2, bye), True)
    for when, steps in (("at once", ()), ("after HELO", (hello, "line")), ("after QUIT", (hello, "line", ok, "line"))):
        for what in ("reset", "stay", "close"):
            yield smtp(f"{what} {when}", (*steps, *(() if what == "close" else (what,))), False)
    yield smtp("stays after its goodbye", (hello, "line", ok, "line", bye, "stay"), True)
