"""What operators do by the book with directors: the files of the folder runbooks, on hosts with their addresses."""
import itertools
import os
import re
import socket
import struct
import time
from pathlib import Path

import answers
import case
import certificate
import programs
import scene
import traffic
from configuration import digest
from farm import Farm, Server
from ground import Ground
from network import inside
from peers import Nginx
from seat import WholeKeepalived
from table import Watch

BOOKS = Path(__file__).parent / "runbooks"
PROGRAMS = {"keepalived": WholeKeepalived, "ours": programs.Ours}
numbers = itertools.count(1)


class Book(case.Case):
    """A runbook with its hosts; `report.work` holds the folders of the programs."""

    def __init__(self, name, work, body):
        super().__init__(f"runbook {name}", work)
        self.body = body
        self.ground = Ground(f"book{os.getpid()}-{next(numbers)}")
        self.farm, self.watch, self.peers, self.clients = Farm(), None, [], []

    def run(self):
        try:
            self.ground.switch()
            self.body(self)
        finally:
            for client in self.clients:
                client.end()
            if self.watch:
                self.watch.close()
            self.farm.close()

    def place(self, node, program, text):
        placed = self.nodes[node] = PROGRAMS[program](self.ground, node, self.work)
        placed.write(text)
        return placed

    def look(self, *nodes):
        """The whole table of each is one line."""
        self.watch = Watch([self.ground.namespace(node) for node in nodes], lambda key: 0, scene.told)

    def table(self, node):
        return self.watch.now(self.ground.namespace(node), 0)

    def serve(self, node, address, port, answer, *kind):
        server = Server(self.farm, self.ground.namespace(node), address, port, answer, *kind)
        server.open()
        return server

    def mailbox(self, node):
        box = answers.Mailbox()
        self.serve(node, "127.0.0.1", 25, box.answer())
        return box

    def client(self, node, address, port, ask=traffic.web, **options):
        self.clients.append(traffic.Client(self.ground.namespace(node), address, port, ask, **options))
        return self.clients[-1]

    def until(self, words, condition, seconds):
        began = time.time()
        if not self.check(words, Watch.wait(condition, seconds + scene.PATIENCE), f"not within {seconds} s: {self.shown()}"):
            raise case.GiveUp
        return time.time() - began

    def becomes(self, words, node, line, seconds):
        return self.until(f"{words}: the table is {line}", lambda: self.table(node) == line, seconds)

    def shown(self):
        return {node: self.table(node) for node in self.nodes if self.watch}

    def story(self):
        lines = []
        for node, program in self.nodes.items():
            lines.append(f"--- {node}: {program.name}")
            if self.watch:
                lines += [f"{s.until - self.began:8.3f} {s.line}"
                          for s in self.watch.history(self.ground.namespace(node), 0)]
            lines += program.log.read_text(errors="replace").splitlines()[-25:] if program.log.exists() else []
        return lines


# Runbook 06: two directors in front of two web servers

VIRTUAL = "192.168.4.253"
WHOLE, FIRST, SECOND = (f"rr persistent FFFFFFFF {servers}" for servers in ("52:1g 55:2g", "52:1g", "55:2g"))


def book06(book, a, b):
    ground = book.ground
    for name, number in (("a", 1), ("b", 2), ("client", 9), ("web52", 52), ("web55", 55)):
        ground.host(name, [f"192.168.4.{number}/24"])
    servers = {}
    for number in (52, 55):
        # The other side of direct routing, as the runbook of the real servers has it.
        ground.do(f"web{number}", (BOOKS / "08-in.sh").read_text().replace("192.168.52.188", VIRTUAL))
        servers[number] = [book.serve(f"web{number}", address, 80, answers.web({"/": f"web{number}\n"}))
                           for address in (f"192.168.4.{number}", VIRTUAL)]
    text = (BOOKS / "06.conf").read_text()
    book.place("a", a, text)
    book.place("b", b, text.replace("state MASTER", "state BACKUP").replace("priority 100", "priority 90"))
    boxes = {node: book.mailbox(node) for node in "ab"}
    book.look("a", "b")
    for node in "ab":
        book.nodes[node].start()

    book.until("the address is on the first director", lambda: VIRTUAL in ground.addresses("a"), 12)
    book.becomes("the active one", "a", WHOLE, 6)
    book.becomes("the other one as well", "b", WHOLE, 6)
    book.check("and the address is only there", VIRTUAL not in ground.addresses("b"))
    client = book.client("client", VIRTUAL, 80)
    book.until("a client is served", lambda: [r for r in client.since(0) if r.answer], 5)
    time.sleep(7)  # each check has succeeded: from now on it retries

    answered = [r.answer for r in client.since(0) if r.answer]
    book.equal("the client is always sent to the same server", 1, len(set(answered)))
    first = int(answered[0][3:])
    left = SECOND if first == 52 else FIRST
    for server in servers[first]:
        server.close()
    died = time.time()
    took = book.becomes(f"web{first} dies", "a", left, 6 + 9 + 3)
    book.check(f"as the file says, 9 s after the first failure, 15 s at most: {took:.1f} s", 8.5 <= took < 16.5)
    gone = book.watch.history(ground.namespace("a"), 0)[-1].until
    book.until("the client goes to the other one", lambda: [r for r in client.since(gone) if r.answer], 4)
    time.sleep(1)
    book.equal("and loses no request from then on", [], [r.why for r in client.since(gone) if not r.answer])
    lost = [r for r in client.since(died - 2) if not r.answer]
    print(f"{book.name}: {book.nodes['a'].name} takes a dead server out after {took:.2f} s, {len(lost)} requests lost")
    for server in servers[first]:
        server.open()
    book.becomes("it returns", "a", WHOLE, 2 * 6 + 3)  # HTTP_GET: one page each time, and once more from the first one
    book.becomes("on the other director as well", "b", WHOLE, 6 + 9 + 2)
    book.until("mail told the operator that it died and returned", lambda: len(boxes["a"].mails) >= 2, 6)
    book.check("to the operator, from the director", all(
        receivers == ("ops@localhost",) and "From: keepalived@localhost" in text
        for receivers, text in boxes["a"].mails), boxes["a"].mails[:2])
    book.check("with its name and the server's in the subject", all(
        "[LVS_DEVEL]" in subject for subject in boxes["a"].subjects()) and any(
            f"192.168.4.{first}" in subject for subject in boxes["a"].subjects()), boxes["a"].subjects())

    died = time.time()
    book.nodes["a"].kill()
    ground.batch("switch", ["link set a0 nomaster"])  # its power is off
    took = book.until("the first director dies: the address moves", lambda: VIRTUAL in ground.addresses("b"), 6)
    book.equal("the table is there already", WHOLE, book.table("b"))
    book.until("clients are served again", lambda: [r for r in client.since(died + took) if r.answer], 5)
    time.sleep(1)
    lost = [r for r in client.since(died - 2) if not r.answer]
    print(f"{book.name}: {book.nodes['b'].name} takes over after {took:.2f} s, {len(lost)} requests lost")
    last = max([r.ended for r in lost], default=died)
    book.equal("and none is lost after that", [], [r.why for r in client.since(last) if not r.answer])

    ground.batch("a", [f"address delete {VIRTUAL}/24 dev eth0"])  # as after a boot
    ground.do("a", f"{os.environ['IPVSADM']} -C")
    ground.batch("switch", ["link set a0 master lan"])
    book.nodes["a"].start()
    book.until("it returns: so does the address", lambda: VIRTUAL in ground.addresses("a"), 8)
    book.until("and only there", lambda: VIRTUAL not in ground.addresses("b"), 2)
    book.becomes("the table as well", "a", WHOLE, 3)
    began = time.time()
    book.until("clients are served", lambda: [r for r in client.since(began + 0.5) if r.answer], 5)
    for node in "ab":
        book.nodes[node].stop()
        book.check(f"{node} stops", not book.nodes[node].is_running())
        book.equal(f"{node} leaves no table", "none", book.table(node))
        book.check(f"{node} leaves no address", VIRTUAL not in ground.addresses(node))


# Runbook 08: a real server by hand

def who_has(book, node, address):
    """The hardware addresses that answer when the node asks for that address."""
    with inside(book.ground.namespace(node)):
        asking = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        asking.bind(("eth0", 0x0806))
    own = asking.getsockname()[4]
    head = b"\xff" * 6 + own + struct.pack("!HHHBBH", 0x0806, 1, 0x0800, 6, 4, 1)
    asking.send(head + own + socket.inet_aton("192.168.52.9") + bytes(6) + socket.inet_aton(address))
    answered, deadline = set(), time.monotonic() + 1
    with asking:
        while (left := deadline - time.monotonic()) > 0:
            asking.settimeout(left)
            try:
                frame = asking.recv(256)
            except OSError:
                break
            if (frame[12:14], frame[20:22], frame[28:32]) == (b"\x08\x06", b"\x00\x02", socket.inet_aton(address)):
                answered.add(frame[22:28].hex(":"))
    return answered


def book08(book):
    ground, virtual = book.ground, "192.168.52.188"
    ground.host("client", ["192.168.52.9/24"])
    ground.host("director", ["192.168.52.1/24", f"{virtual}/24"])
    hardware = {}
    for number in (100, 101):
        ground.host(f"web{number}", [f"192.168.52.{number}/24"])
    for node in ("director", "web100", "web101"):
        hardware[node] = ground.do(node, "cat /sys/class/net/eth0/address").strip()
    ground.do("director", "sysctl -qw net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0; "
              + "; ".join(f"{os.environ['IPVSADM']} {words}" for words in (
                  f"-A -t {virtual}:80 -s rr", f"-a -t {virtual}:80 -r 192.168.52.100:80 -g",
                  f"-a -t {virtual}:80 -r 192.168.52.101:80 -g")))
    ground.do("web100", f"ip addr add {virtual}/32 dev lo")
    book.check("a server that only has the address answers for it",
               hardware["web100"] in who_has(book, "client", virtual))
    ground.do("web100", f"ip addr del {virtual}/32 dev lo")
    for number in (100, 101):
        ground.do(f"web{number}", (BOOKS / "08-in.sh").read_text())
        shown = ground.do(f"web{number}", "ip -o address show dev lo")
        book.check(f"web{number} has the address, with its label", re.search(rf"{virtual}/32 .*lo:0\b", shown), shown)
        for address in (f"192.168.52.{number}", virtual):
            book.serve(f"web{number}", address, 80, answers.web({"/": f"web{number}\n"}))
    for _ in range(3):
        book.equal("who has the virtual address? the director alone answers", {hardware["director"]},
                   who_has(book, "client", virtual))
        ground.do("client", "ip neigh flush all")
    book.equal("a server answers for its own address", {hardware["web100"]}, who_has(book, "client", "192.168.52.100"))
    client = book.client("client", virtual, 80, period=0.05)
    book.until("both serve the client", lambda: {"web100", "web101"} <= {r.answer for r in client.since(0)}, 6)
    book.equal("no request is lost", [], [r.why for r in client.since(0) if not r.answer])

    ground.do("director", f"{os.environ['IPVSADM']} -d -t {virtual}:80 -r 192.168.52.101:80")
    ground.do("web101", (BOOKS / "08-out.sh").read_text())
    out = time.time() + 0.1
    book.check("out of service: the address is gone", virtual not in ground.addresses("web101"))
    settings = ground.do("web101", "cd /proc/sys/net/ipv4/conf/all; cat arp_ignore arp_announce").split()
    book.equal("and the settings are as they were", ["0", "0"], settings)
    book.until("the other one serves alone", lambda: len(client.since(out)) > 5, 4)
    book.equal("every request", {"web100"}, {r.answer for r in client.since(out)})


# Runbook 10: the file that has every keyword

NOTIFY = """#!/bin/sh
echo "$*" >>/run/notified
"""
RS = """#!/bin/sh
echo "$*" >>/run/servers
"""
MISC = """#!/bin/sh
read -r value </run/misc
exit "$value"
"""
HEAD10 = "wlc persistent FFFFFFFF"


def words10(first=None, misc=None, mail=None, sorry=None):
    """The line of the service on port 443 with these weights."""
    pairs = (("200", sorry), ("100", first), ("101", misc), ("102", mail))
    return " ".join([HEAD10, *(f"{label}:{weight}" for label, weight in pairs if weight is not None)])


def book10(book, name):
    ground, virtual = book.ground, "192.168.200.100"
    ground.host("director", ["192.168.200.5/24", "192.168.202.1/24"], ["192.168.201.1/24"], ["192.168.203.1/24"])
    ground.settings("director", {"ipv4/ip_forward": 1, "ipv4/conf/all/arp_ignore": 1, "ipv4/vs/conn_reuse_mode": 3})
    ground.host("client", ["192.168.202.2/24"])
    ground.batch("client", ["route add 192.168.200.0/24 via 192.168.202.1"])
    ground.host("servers", [*(f"192.168.201.{n}/24" for n in (100, 101, 102, 110)), "192.168.200.200/24"])
    ground.settings("servers", {"ipv4/conf/all/arp_ignore": 1, "ipv4/conf/all/arp_announce": 2})
    ground.batch("servers", [
        "link set tunl0 up", f"address add {virtual}/32 dev lo",
        "route add 192.168.202.0/24 via 192.168.201.1", "route add 192.168.202.0/24 dev eth0 table 9",
        f"rule add pref 9 from {virtual} table 9"])
    # What comes for the name server has firewall mark 7.
    ground.do("director", "tc qdisc add dev eth0 ingress && tc filter add dev eth0 parent ffff: protocol ip u32 "
              "match ip protocol 17 0xff match ip dport 53 0xffff action skbedit mark 7")
    certificate.make(Path(book.work) / f"certificates-{name}")
    web = Nginx(ground, "servers", Path(book.work) / f"web-{name}", "web")
    pem = Path(book.work) / f"certificates-{name}" / "valid.pem"
    (web.folder / "now.pem").write_text(pem.read_text())
    web.configure([443], tls=[443], host="www.example.com").start()
    web.wait("192.168.201.100", 443)
    mail, names = answers.Mailbox(), book.serve("servers", "192.168.201.110", 53, answers.names(2), socket.SOCK_DGRAM)
    mail_server = book.serve("servers", "192.168.201.102", 25, mail.answer())
    book.serve("servers", virtual, 53, answers.names(), socket.SOCK_DGRAM)  # what comes through the tunnel
    book.serve("servers", "192.168.200.200", 80, answers.web({"/": "sorry\n"}))
    box = book.mailbox("director")

    text = (BOOKS / "10.conf").read_text()
    director = book.place("director", name, text)
    for script, lines in (("notify.sh", NOTIFY), ("rs.sh", RS), ("misc.sh", MISC)):
        file = director.folder / "etc/keepalived" / script
        file.write_text(lines)
        file.chmod(0o755)
    (director.folder / "run/misc").write_text("12\n")
    book.look("director")

    def misc(value):
        (director.folder / "run/misc").write_text(f"{value}\n")

    def lines(file):
        path = director.folder / "run" / file
        return path.read_text().splitlines() if path.exists() else []

    def service(part):
        """The line of the service of that number: the mark comes first."""
        shown = book.table("director").split(" | ")
        return shown[part] if part < len(shown) else "none"

    def goes(words, line, seconds, part=1):
        return book.until(f"{words}: {line}", lambda: service(part) == line, seconds)

    director.start()
    wanted = {virtual, "192.168.200.101", "192.168.200.102", "192.168.200.103"}
    book.until("the addresses come", lambda: wanted <= ground.addresses("director"), 12)
    shown = ground.do("director", "ip -o address show")
    book.check("each where it belongs", re.search(r"eth1 +inet 192\.168\.200\.101/24", shown)
               and re.search(r"eth2 +inet 192\.168\.200\.102/24.*eth2:1", shown)
               and re.search(r"eth0 +inet 192\.168\.200\.103/24 brd 192\.168\.200\.255.*eth0:3", shown), shown)
    book.until("notify scripts are told", lambda: "master" in lines("notified") and any(
        line.startswith("INSTANCE VI_1 MASTER ") for line in lines("notified")), 4)
    # The digest of the file is that of another page, so inhibit_on_failure leaves the server in with weight 0.
    goes("the digest is not the page's, misc_dynamic gives 10", words10(first=0, misc=10, mail=1), 14)
    book.until("notify_down is told", lambda: lines("servers")[-1:] == ["down"], 3)
    book.until("the mail server was greeted by the name of the file", lambda: "lb01.example.com" in mail.hellos, 8)
    goes("the name server answers with an error: out", "sh", 14, part=0)
    names.answer = answers.names()

    right = digest("servers\n")
    director.write(text.replace("ff20ad2481f97b1754ef3e12ecd3a9cc", right))
    director.signal(1)
    goes("the right digest and a reload", words10(first=1, misc=10, mail=1), 16)
    book.until("notify_up is told", lambda: lines("servers")[-1:] == ["up"], 3)
    goes("the name server is well: in, by a tunnel", "sh 110:1i", 14, part=0)
    asked = book.client("client", virtual, 53, traffic.name, patience=1.0)
    book.until("a client asks it through mark and tunnel", lambda: [r for r in asked.since(0) if r.answer], 5)
    asked.end()

    (web.folder / "gone-443").touch()
    misc(1)
    mail.code = 554
    goes("the second page is missing, the script says 1, mail is refused: the sorry server",
         words10(first=0, sorry=1), 2 * 6 + 9 + 5)
    client = book.client("client", virtual, 443)
    book.until("it answers a client", lambda: {"sorry"} <= {r.answer for r in client.since(0)}, 5)
    client.end()
    (web.folder / "gone-443").unlink()
    goes("the page is there", words10(first=1), 3 * 6 + 4)
    began = time.time()
    seen = book.client("client", virtual, 443, traffic.tls)
    book.until("its client is served, without the sorry server",
               lambda: [r for r in seen.since(began) if r.answer == "servers"], 5)
    misc(12)
    mail.code = 220
    goes("all are well", words10(first=1, misc=10, mail=1), 6 + 3)
    time.sleep(1.5)
    later = seen.since(time.time() - 1.5)
    book.equal("persistence: the client stays with its server", {"servers"}, {r.answer for r in later})
    seen.end()
    # keepalived forgets a mail whose server was not quick enough, which a busy machine's is not.
    words = ("MASTER", "192.168.201.100") if director.name == "ours" else ("192.168.201.",)
    book.until("mail tells of servers and of the instance", lambda: all(
        any(word in s for s in box.subjects()) for word in words), 5)
    book.check("to both receivers", all(set(receivers) == {"root@localhost", "ops@example.com"}
                                        for receivers, _ in box.mails), box.mails[:1])
    book.check("with the director's name", all(s.startswith("[LVS01]") for s in box.subjects()), box.subjects())
    director.stop()
    book.check("it stops", not director.is_running())
    book.equal("and leaves no table", "none", book.table("director"))
    book.check("and no address", not wanted & ground.addresses("director"))
    mail_server.close()


def books(ours):
    pairs = dict.fromkeys([(ours, ours), (ours, "keepalived"), ("keepalived", ours)])
    found = {"08": book08}
    found |= {f"06, {a} and {b}": lambda book, a=a, b=b: book06(book, a, b) for a, b in pairs}
    found |= {f"10, {name}": lambda book, name=name: book10(book, name) for name in (ours, "keepalived")}
    return found


def run(report, ours):
    found = [Book(name, report.work, body) for name, body in books(ours).items() if report.wants(f"runbook {name}")]
    try:
        report.run_scenes([(book, Book.run) for book in found])
    finally:
        for book in found:
            book.ground.remove()
