"""Faults of real servers behind direct routing, NAT and tunnels, under two directors at the same time, with clients who
ask all the time: when the table changed, and which requests were lost. The one director is keepalived: what it lost
stands beside what ours lost, on the same servers and the same faults."""
import itertools
import os
import re
import socket
import threading
import time
from pathlib import Path

import answers
import case
import certificate
import programs
import scene
import times
import traffic
from attempts import Attempts
from configuration import HANGING, REFUSED, SILENT, check, digest, page, real, service
from farm import Farm, Server
from lan import Lan
from peers import Dnsmasq, Exim, HAProxy, Nginx
from rig import HEAD, SCRIPTS
from seat import CheckersOnly
from table import Watch

BOTH = "1:1 2:1"
numbers = itertools.count(1)


def part(key):
    """The case's number from its virtual address."""
    words = re.match(r"10\.1\.\d+\.(\d+)$|fd01::(?:[0-9a-f]+:)?([0-9a-f]+)$", str(key[1]))
    return words and (int(words[1]) if words[1] else int(words[2], 16)) - 100


def told(services):
    """Which servers have which weight."""
    return " ".join(f"{re.split('[.:]', end[0])[-2]}:{weight.rstrip('gil')}"
                    for one in services for end, weight in one.servers) or "none"


class Place:
    """The LAN with both directors, and everything that runs in it."""

    def __init__(self, wanted, work):
        self.work = Path(work)
        self.lan = Lan(f"faults{os.getpid()}", len(wanted))
        kinds = {"keepalived": CheckersOnly, "ours": programs.Ours}
        self.programs = [kinds[name](self.lan, f"director{n}", work) for n, name in enumerate(wanted)]
        self.farm = Farm()
        senders = {}
        for n in self.lan.directors:
            senders |= {f"10.2.0.{n + 1}": n, f"fd02::{n + 1:x}": n}
        self.attempts = Attempts([(self.lan.namespace(f"server{n}"), "eth0", senders) for n in (1, 2)])
        self.watch = Watch([self.lan.namespace(f"director{n}") for n in self.lan.directors], part, told)
        self.peers, self.servers = {}, {}

    def serve(self, cases):
        """Starts what the cases need."""
        certificate.make(self.work / "certificates")
        for kind, node, name, ports, options in (
                (Nginx, "server1", "main", [8002, *range(8005, 8010), *range(8012, 8015), 8017, 8018],
                 {"slow": [8009], "tls": [8013]}),
                (Nginx, "server1", "killed", [8001, 8003, 8004], {}),
                (Nginx, "server1", "stopped", [8010], {}),
                (Nginx, "server1", "full", [8011], {"options": " backlog=1"}),
                (HAProxy, "server2", "main", [8000 + n for n in (1, 3, 4, 5, 6, 7, 8, 9, *range(10, 15), 17, 18)],
                 {"tls": [8013]}),
                (HAProxy, "server2", "killed", [8002], {}),
                (Exim, "server1", "mail", 25, {}), (Dnsmasq, "server1", "names", 53, {})):
            if not isinstance(ports, int):
                ports = [p for p in ports if any(p == c.port for c in cases)]
                if not ports:
                    continue
            elif not any(c.port == ports for c in cases):
                continue
            peer = self.peers[node, name] = kind(self.lan, node, self.work, name)
            self.certify(peer, "valid")
            peer.configure(ports, **options).start()
        self.server("slow", "server1", "127.0.0.1", 9000, answers.web({"/": "server1\n"}))
        self.server("mail", "server2", "10.2.2.16", 25, answers.mail())
        self.server("names", "server2", "10.2.2.15", 53, answers.names(), socket.SOCK_DGRAM)
        for (node, _), peer in self.peers.items():
            if not isinstance(peer, Dnsmasq):
                ports = re.findall(r"(?:listen |:::)(\d+)", "".join(f.read_text() for f in peer.folder.glob("*.c*f*")))
                peer.wait(f"10.2.{node[-1]}.1", int(ports[0]) if ports else peer.port)

    def certify(self, peer, which):
        """That certificate from now on; nginx reads it at each handshake."""
        new = peer.folder / "new.pem"
        new.write_text((self.work / "certificates" / f"{which}.pem").read_text())
        new.rename(peer.folder / "now.pem")

    def server(self, name, node, *words):
        self.servers[name] = Server(self.farm, self.lan.namespace(node), *words)
        self.servers[name].open()

    def flag(self, name, up):
        """A file in nginx's or exim's folder that makes it do otherwise."""
        file = self.peers["server1", name.split("/")[0]].folder / name.split("/")[1]
        file.touch() if up else file.unlink()

    def value(self, name, text):
        for program in self.programs:
            (program.folder / "run/values" / name).write_text(f"{text}\n")

    def close(self):
        self.watch.close()
        self.attempts.close()
        self.farm.close()
        self.lan.remove()


class Fault(case.Case):
    """One virtual service of both directors. `faulty` is the number of the server that has the fault. `slack` are
    seconds that its attempts take by themselves."""

    def __init__(self, name, number, place, method, faulty, rounds, checker, ask=traffic.web, family=4, port=None,
                 protocol="TCP", patience=2.0, slack=0.0):
        super().__init__(f"faults: {name}, {method}", None)
        self.number, self.place, self.faulty, self.family = number, place, faulty, family
        self.port = port or 8000 + number
        self.method, self.rounds, self.checker, self.ask = method, rounds, checker, ask
        self.protocol, self.patience, self.slack = protocol, patience, slack
        self.excused = []  # (since, until): what is lost then cannot be helped

    def address(self, server):
        return f"10.2.{server}.{self.number}" if self.family == 4 else f"fd02::{server:x}:{self.number:x}"

    def virtual(self, director):
        last = 100 + self.number
        return f"10.1.{director}.{last}" if self.family == 4 else f"fd01::{director:x}:{last:x}"

    def text(self, director):
        reals = [real(self.address(server), self.check_of(server), port=self.port) for server in (1, 2)]
        return service(*reals, head=f"{self.virtual(director)} {self.port}", method=self.method, protocol=self.protocol)

    def check_of(self, server):
        """The checker's text says SERVER for the number, and DIGEST for that of the server's page."""
        words = {"DIGEST": digest(f"server{server}\n"), "SERVER": str(server)}
        return [re.sub("DIGEST|SERVER", lambda found: words[found[0]], line) for line in self.checker]

    # What is seen

    def now(self, director):
        return self.place.watch.now(self.space(director), self.number)

    def space(self, director):
        return self.place.lan.namespace(f"director{director}")

    def tried(self, director, server, since=0.0):
        if self.checker[0].startswith("MISC"):
            files = (self.place.programs[director].folder / "run/starts").glob(f"script{server}-*")
            return sorted(at for at in (file.stat().st_mtime for file in files) if at >= since)
        return self.place.attempts.of(director, self.address(server), self.port, since)

    def changes(self, director, since):
        return [s for s in self.place.watch.history(self.space(director), self.number) if s.until > since]

    def becomes(self, words, line, seconds):
        """Both tables become that; the last one's, which is ours, must."""
        directors = self.place.lan.directors
        Watch.wait(lambda: all(self.now(d) == line for d in directors), seconds + scene.PATIENCE)
        self.equal(words, line, self.now(directors[-1]))

    # What is done

    def run(self):
        directors = self.place.lan.directors
        self.clients = [
            traffic.Client(self.place.lan.namespace(f"client{d}"), self.virtual(d), self.port, self.ask, 0.3,
                           self.patience)
            for d in directors]
        warm = Watch.wait(lambda: all(self.tried(d, s)[1:] for d in directors for s in (1, 2)), 60)
        self.check("both servers are tried", warm)
        self.becomes("both are well", BOTH, 20)
        self.served(time.time(), "at first")
        for words, fault, mend, seconds in self.rounds:
            self.round(words, fault, mend, seconds)
        for client in self.clients:
            client.end()

    def served(self, since, words):
        """Both servers answer the clients of ours."""
        def seen():
            return {"server1", "server2"} <= {r.answer for r in self.clients[-1].since(since)}
        self.check(f"{words}: clients are served by both", Watch.wait(seen, 8 + scene.PATIENCE),
                   sorted({r.answer or r.why for r in self.clients[-1].since(since)}))

    def round(self, words, fault, mend, seconds):
        began = time.time()
        self.excused = fault(self.place) or []
        if seconds is None:
            time.sleep(5 if not self.excused else 1)
        else:
            left = f"{3 - self.faulty}:1"
            self.becomes(f"{words}: the server is taken out", left, 12)
            time.sleep(1)
        mended = time.time()
        mend(self.place)
        self.becomes(f"{words}: and is back", BOTH, 12)
        back = time.time()
        self.served(back, f"{words}, and over")
        for director, program in enumerate(self.place.programs):
            self.judge(words, director, program.name, began, mended, seconds)

    def judge(self, words, director, name, began, mended, seconds):
        requests = self.clients[director].since(began - self.patience, time.time())
        lost = [r for r in requests if r.answer is None and r.ended > began]
        changes = self.changes(director, began)
        ours = director == 1
        if seconds is None:
            print(f"{self.name}: {words}: {name} keeps it, {len(lost)} of {len(requests)} requests lost")
            if ours:
                self.equal(f"{words}: the table stays", [], [s.line for s in changes])
            if ours and self.patience < 5:
                needless = [r.why for r in lost if not any(r.began < b and r.ended > a for a, b in self.excused)]
                self.equal(f"{words}: no request is lost that need not be", [], needless)
            return
        left = f"{3 - self.faulty}:1"
        lines = [s.line for s in changes]
        if not changes or lines[0] != left:
            self.check(f"{words}: {name}: the server is taken out first", not ours, lines)
            return
        gone, took, late = changes[0], None, 0
        tries = [at for at in self.tried(director, self.faulty, began - times.TOUCHED) if at < gone.until]
        if tries:
            took = times.took(gone, tries, seconds)
            late = times.lateness(self.place.watch, gone, seconds, took)
        after = [r for r in lost if r.began > gone.until]
        shown = "" if took is None else f"{took * 1000:.0f} ms after the first attempt that met it "
        whole = gone.until - began
        print(f"{self.name}: {words}: {name} takes it out {shown}({whole:.2f} s after the fault), "
              f"{len(lost)} of {len(requests)} requests lost")
        if not ours:
            return
        if took is not None:
            self.check(f"{words}: taken out {took * 1000:.0f} ms after the first attempt that met it, by the file "
                       f"{seconds * 1000:.0f} ms", times.is_kept(seconds, took, late, self.slack),
                       f"the machine was late by {late:.2f} s")
        self.equal(f"{words}: the table goes through", [left, BOTH], lines)
        self.equal(f"{words}: no request is lost once the server is out", [],
                   [f"{r.began - began:.2f} s: {r.why}" for r in after])
        early = [r for r in lost if r.ended < began]
        self.equal(f"{words}: nor before", [], early)

    def story(self):
        lines = []
        for director, program in enumerate(self.place.programs):
            lines.append(f"--- {program.name}")
            lines += [f"{s.until - self.began:8.3f} {s.line}" for s in self.changes(director, 0)]
            for server in (1, 2):
                tried = " ".join(f"{at - self.began:.2f}" for at in self.tried(director, server)[-14:])
                lines.append(f"         tried {server}: {tried}")
            text = program.log.read_text(errors="replace")
            lines += [line for line in text.splitlines() if f"[{self.virtual(director)}]" in line
                      or f".{self.number}]:" in line][-10:]
        return lines


class Together:
    """What several cases do at the same time: it is done once, when all of them are there."""

    def __init__(self, parties, *actions):
        self.place, self.turn = None, itertools.cycle(actions)
        self.barrier = threading.Barrier(parties, lambda: next(self.turn)(self.place))

    def __call__(self, place):
        self.place = place
        self.barrier.wait(60)


def dropped(server, port, kind="blackhole", protocol="tcp"):
    return (lambda p: p.lan.fault(f"server{server}", port, kind, protocol),
            lambda p: p.lan.fault(f"server{server}", port, None, protocol))


def flagged(name):
    return lambda p: p.flag(name, True), lambda p: p.flag(name, False)


def peer(name, *methods, node="server1"):
    return tuple(lambda p, m=method: getattr(p.peers[node, name], m)() for method in methods)


def answering(name, bad, good):
    return (lambda p: setattr(p.servers[name], "answer", bad)), (lambda p: setattr(p.servers[name], "answer", good))


def flapping(place):
    """The service goes and comes, and never stays away for as long as the retries last."""
    away = []
    for _ in range(3):
        place.lan.fault("server1", 8018, "prohibit")
        since = time.time()
        time.sleep(REFUSED / 3)
        place.lan.fault("server1", 8018)
        away.append((since, time.time()))
        time.sleep(1.5)
    return away


def restart(place):
    place.peers["server1", "killed"].start()


def cases(place, report):
    tcp, web = check("TCP_CHECK"), check("HTTP_GET", *page("/", "status_code 200"))
    killed = Together(3, lambda p: p.peers["server1", "killed"].kill(), restart) if report.wants_all else None
    death = killed or (lambda p: p.peers["server1", "killed"].kill())
    birth = killed or restart
    second = peer("killed", "kill", "start", node="server2")
    listing = [
        Fault("its process is killed", 1, place, "DR", 1, [("killed", death, birth, REFUSED)], web),
        Fault("its process is killed", 2, place, "NAT", 2, [("killed", *second, REFUSED)], tcp),
        Fault("its process is killed", 3, place, "TUN", 1, [("killed", death, birth, REFUSED)], tcp),
        Fault("its process is killed, IPv6", 4, place, "DR", 1, [("killed", death, birth, REFUSED)], tcp, family=6),
        Fault("the host drops packets", 5, place, "DR", 2, [("dropped", *dropped(2, 8005), SILENT)], tcp),
        Fault("the host drops packets", 6, place, "NAT", 2, [("dropped", *dropped(2, 8006), SILENT)], web),
        Fault("the host drops packets", 7, place, "TUN", 1, [("dropped", *dropped(1, 8007), SILENT)], tcp),
        Fault("a firewall forbids it", 8, place, "TUN", 1, [
            ("forbidden", *dropped(1, 8008, "prohibit"), REFUSED)], tcp),
        Fault("answers are slow", 9, place, "NAT", 1, [("slow", *answering(
            "slow", answers.web({"/": "server1\n"}, delay=2.5), answers.web({"/": "server1\n"})), SILENT)], web),
        Fault("it accepts and is silent", 10, place, "DR", 1, [
            ("stopped", *peer("stopped", "stop", "go_on"), SILENT)], web),
        Fault("its queue is full", 11, place, "TUN", 1, [("stopped", *peer("full", "stop", "go_on"), SILENT)], tcp),
        Fault("wrong status", 12, place, "NAT", 1, [("503", *flagged("main/bad-8012"), REFUSED)], web),
        Fault("its certificate", 13, place, "DR", 1, [
            ("expired", lambda p: p.certify(p.peers["server1", "main"], "expired"),
             lambda p: p.certify(p.peers["server1", "main"], "valid"), None),
            ("another page than the digest's", *flagged("main/other-8013"), REFUSED)],
            check("SSL_GET", *page("/", "digest DIGEST")), traffic.tls),
        Fault("its script hangs", 14, place, "NAT", 1, [
            ("hanging", lambda p: p.value("script1", "hang"), lambda p: p.value("script1", 0), HANGING)],
            check("MISC_CHECK", 'misc_path "/etc/keepalived/check scriptSERVER"', "misc_timeout 1", timeout=0)),
        Fault("a name server lies", 15, place, "NAT", 2, [
            (words, *answering("names", answer, answers.names()), seconds) for words, answer, seconds in (
                ("a wrong code", answers.names(5), REFUSED), ("a wrong number", answers.names(wrong_id=True), SILENT),
                ("an answer from elsewhere", answers.names(elsewhere=True), SILENT))],
            check("DNS_CHECK", "type A", "name www.example.com"), traffic.name, port=53, protocol="UDP",
            patience=1.0),
        Fault("a mail server refuses", 16, place, "NAT", 1, [
            ("550", *flagged("mail/deny"), REFUSED), ("451", *flagged("mail/defer"), REFUSED)],
            check("SMTP_CHECK", "helo_name lb.example.com"), traffic.mail, port=25,
            slack=3 * 0.5),  # exim makes a process for each connection
        Fault("30 % of its packets are lost", 17, place, "DR", 2, [
            ("loss", lambda p: p.lan.lose("server2", 8017, 30), lambda p: p.lan.mend_loss("server2"), None)],
            check("TCP_CHECK", retry=3, timeout=3), patience=8.0),
        Fault("it comes and goes", 18, place, "NAT", 1, [
            ("faster than the retries", flapping, lambda p: None, None),
            ("for long", *dropped(1, 8018, "prohibit"), REFUSED),
            ("again", *dropped(1, 8018, "prohibit"), REFUSED)], tcp),
    ]
    return [one for one in listing if report.wants(one.name)]


def run(report, ours):
    place = Place(("keepalived", ours), report.work)
    try:
        found = cases(place, report)
        if not found:
            return
        began = time.time()
        place.serve(found)
        for director, program in enumerate(place.programs):
            for name in ("told", "values", "starts"):
                (program.folder / "run" / name).mkdir(exist_ok=True)
            program.write(HEAD + "".join(one.text(director) for one in found))
            for name, lines in SCRIPTS.items():
                file = program.folder / "etc/keepalived" / name
                file.write_text("#!/bin/sh\n" + lines)
                file.chmod(0o755)
        place.value("script1", 0)
        place.value("script2", 0)
        started = time.time()
        print(f"{started - began:.0f} s to start {len(place.peers)} servers")
        for program in place.programs:
            program.start()
        half = len(found) // 2
        for some in (found[:half], found[half:]):  # all at once would be more than one processor can do in time
            report.run_scenes([(one, Fault.run) for one in some])
        lost = place.watch.lateness(started, time.time())
        print(f"of {time.time() - started:.0f} seconds, {lost:.1f} were lost to a busy machine")
    finally:
        place.close()
