"""One file and one series of faults for keepalived and for our daemon, each with a table and real servers of its own:
the tables go through the same states, and both keep what the file's times say of a failure and the change."""
import os
import socket
import time

from answers import echo, mail, names, nothing, say, web
from configuration import REFUSED, SILENT, block, check, digest, http, page, real, script, service, tcp
from rig import Rig

PAGES = {"/": "hello\n", "/two": "second\n"}
UP = web(PAGES)
TWO = {1: (80, UP), 2: (80, UP)}
SCENES = {}


def tell(*words):
    return f'"/etc/keepalived/tell NAME {" ".join(words)}"'


def scene(name, text, listeners=None, closed=()):
    """The function below it is what happens in that scene; `closed` are the servers that do not run at first."""
    def register(body):
        SCENES[name] = (text, TWO if listeners is None else listeners, closed, body)
        return body
    return register


@scene("TCP_CHECK", service(
    real("S1", tcp(), lines=[f"notify_up {tell('up', '1')}", f"notify_down {tell('down', '1')}"]),
    real("S2", tcp(), weight=3)))
def connections(s):
    s.warm()
    s.step("its process is killed", s.close(1), "rr 2:3", after=(1, REFUSED))
    s.step("it is back", s.open(1), "rr 1:1 2:3", after=(1, 0))
    s.step("its host drops packets", s.route("blackhole", 1), "rr 2:3", after=(1, SILENT), limit=9)
    s.step("it is back again", s.route(None, 1), "rr 1:1 2:3")
    s.step("its host cannot be reached", s.route("unreachable", 2), "rr 1:1", after=(2, REFUSED))
    s.step("and is back", s.route(None, 2), "rr 1:1 2:3", after=(2, 0))
    s.step("both die", s.close(1, 2), "rr", in_any_order=True)
    s.step("both are back", s.open(1, 2), "rr 1:1 2:3", in_any_order=True)
    s.same_words("the scripts", "NAME")


@scene("TCP_CHECK over IPv6", service(real("S1V6", tcp()), real("S2V6", tcp()), head="VIP6 80"),
       {61: (80, UP), 62: (80, UP)})
def connections6(s):
    s.warm()
    s.step("its process is killed", s.close(61), "rr 2:1", after=(61, REFUSED))
    s.step("it is back", s.open(61), "rr 1:1 2:1", after=(61, 0))
    s.step("its host drops packets", s.route("blackhole", 2, family=6), "rr 1:1", after=(62, SILENT), limit=9)
    s.step("it is back again", s.route(None, 2, family=6), "rr 1:1 2:1")


@scene("a failure that does not last", service(real("S1", tcp()), real("S2", http())))
def flapping(s):
    s.warm()
    for label in (1, 2):
        for turn in range(2):
            def fault(place, seat, label=label):
                s.servers[label][place].close()
                began = time.time()
                s.rig.watch.wait(lambda: s.attempts(seat, label, began), 4)
                s.servers[label][place].open()
            began = {}
            for place, seat in enumerate(s.rig.seats):
                began[seat] = time.time()
                fault(place, seat)
            time.sleep(REFUSED + 1.5)
            for seat in s.rig.seats:
                s.equal(f"server {label}, turn {turn}: nothing changes in {seat.program.name}'s table",
                        ["rr 1:1 2:1"], [state.line for state in s.history(seat, began[seat])])


@scene("HTTP_GET", service(
    real("S1", http(page("/", "status_code 200"))),
    real("S2", http(page("/"), page("/two", "digest DIGEST"), lines=["fast_recovery"]))))
def pages(s):
    s.warm()
    s.step("wrong status", s.answer(1, web(PAGES, 503)), "rr 2:1", after=(1, REFUSED))
    s.step("right again", s.answer(1, UP), "rr 1:1 2:1", after=(1, 0))
    s.step("another status that is not in the list", s.answer(1, web(PAGES, 204)), "rr 2:1", after=(1, REFUSED))
    s.step("right again", s.answer(1, UP), "rr 1:1 2:1", after=(1, 0))
    s.step("it accepts and is silent", s.answer(1, nothing), "rr 2:1", after=(1, SILENT), limit=9)
    s.step("it speaks", s.answer(1, UP), "rr 1:1 2:1", limit=9)
    s.step("an answer that is too late", s.answer(1, web(PAGES, delay=1.6)), "rr 2:1", after=(1, SILENT), limit=9)
    s.step("in time, though slow", s.answer(1, web(PAGES, delay=0.5)), "rr 1:1 2:1", after=(1, 0.5), limit=9)
    s.step("the second page changed", s.answer(2, web(PAGES | {"/two": "changed\n"})), "rr 1:1", limit=8)
    s.step("and back", s.answer(2, UP), "rr 1:1 2:1", limit=9)
    s.step("refused", s.close(2), "rr 1:1", after=(2, REFUSED))
    s.step("and back", s.open(2), "rr 1:1 2:1", limit=9)


@scene("HTTP_GET with a pattern", service(
    real("S1", http(page("/", 'regex "hel+o"'))), real("S2", http(page("/", 'regex "broken"', "regex_no_match")))))
def patterns(s):
    s.warm()
    s.step("what is wanted is missing", s.answer(1, web({"/": "bye\n"})), "rr 2:1", after=(1, REFUSED))
    s.step("and is there", s.answer(1, UP), "rr 1:1 2:1", after=(1, 0))
    s.step("what is not wanted is there", s.answer(2, web({"/": "is broken\n"})), "rr 1:1", after=(2, REFUSED))
    s.step("and is missing", s.answer(2, UP), "rr 1:1 2:1", after=(2, 0))


@scene("MISC_CHECK", service(real("S1", script("misc_dynamic"), weight=4), real("S2", tcp())), {2: (80, UP)})
def scripts(s):
    s.warm("NAME")
    s.step("fails", s.value(1), "rr 2:1", after=("NAME", REFUSED))
    s.step("succeeds", s.value(0), "rr 1:4 2:1", after=("NAME", 0))
    s.step("weight 10", s.value(12), "rr 1:10 2:1", after=("NAME", 0))
    s.step("weight 253", s.value(255), "rr 1:253 2:1", after=("NAME", 0))
    s.step("weight 0", s.value(2), "rr 1:0 2:1", after=("NAME", 0))
    s.step("fails", s.value(1), "rr 2:1", after=("NAME", REFUSED))
    s.step("weight 3", s.value(5), "rr 1:3 2:1", after=("NAME", 0))
    s.step("hangs", s.value("hang"), "rr 2:1", limit=9)
    # After a time-out keepalived forgets to take back what the script had said of the weight. That is no state of anything.
    s.step("well again", s.value(0), "rr 1:3 2:1", ours="rr 1:4 2:1", limit=9)


@scene("MISC_CHECK without dynamic weight", service(real("S1", script(), weight=4), real("S2", tcp())), {2: (80, UP)})
def plain_scripts(s):
    s.warm("NAME")
    s.step("7", s.value(7), "rr 2:1", after=("NAME", REFUSED))
    s.step("0", s.value(0), "rr 1:4 2:1", after=("NAME", 0))


FOUR = {label: (80, UP) for label in (1, 2, 3, 4)}
QUORUM = ("quorum 3", "hysteresis 1", f"quorum_up {tell('quorum', 'up')}", f"quorum_down {tell('quorum', 'down')}")


def four(*lines):
    return service(*(real(f"S{label}", tcp()) for label in (1, 2, 3, 4)), lines=[*QUORUM, *lines])


@scene("a quorum", four(), FOUR)
def quorum(s):
    s.warm()
    s.step("one dies", s.close(1), "rr 2:1 3:1 4:1", after=(1, REFUSED))
    s.step("the second", s.close(2), "rr 3:1 4:1", after=(2, REFUSED))
    s.step("the third: no quorum, the last one serves", s.close(3), "rr 4:1", after=(3, REFUSED))
    s.step("one is back", s.open(1), "rr 1:1 4:1", after=(1, 0))
    s.step("all", s.open(2, 3), "rr 1:1 2:1 3:1 4:1", in_any_order=True)
    s.same_words("the scripts", "NAME")


@scene("a quorum with a sorry server", four("sorry_server SORRY 80"), FOUR)
def sorry(s):
    s.warm()
    s.step("one dies", s.close(1), "rr 2:1 3:1 4:1", after=(1, REFUSED))
    s.step("the second", s.close(2), "rr 3:1 4:1", after=(2, REFUSED))
    s.step("the third: the sorry server for all", s.close(3), "rr s:1", after=(3, REFUSED))
    s.step("one is back: still below the hysteresis", s.open(1), limit=3)
    s.step("the second as well", s.open(2), limit=3)
    s.step("all", s.open(3), "rr 1:1 2:1 3:1 4:1", after=(3, 0))
    s.same_words("the scripts", "NAME")


@scene("a sorry server that is inhibited", service(
    real("S1", tcp(), weight=2), real("S2", tcp()), lines=["sorry_server SORRY 80", "sorry_server_inhibit"]))
def sorry_inhibited(s):
    s.warm()
    s.step("one dies", s.close(1), "rr 2:1 s:0", after=(1, REFUSED))
    s.step("both", s.close(2), "rr s:1", after=(2, REFUSED))
    s.step("one is back", s.open(1), "rr 1:2 s:0", after=(1, 0))
    s.step("both", s.open(2), "rr 1:2 2:1 s:0", after=(2, 0))


@scene("inhibit_on_failure", service(
    real("S1", tcp(), lines=["inhibit_on_failure"], weight=5), real("S2", tcp()), lines=["sorry_server SORRY 80"],
    scheduler="wlc", method="DR"))
def inhibit(s):
    s.warm()
    s.step("one dies", s.close(1), "wlc 1:0g 2:1g", after=(1, REFUSED))
    s.step("both", s.close(2), "wlc 1:0g s:1g", after=(2, REFUSED))
    s.step("one is back", s.open(1), "wlc 1:5g", after=(1, 0))
    s.step("both", s.open(2), "wlc 1:5g 2:1g", after=(2, 0))


@scene("inhibit_on_failure with sorry_server_inhibit", service(
    real("S1", tcp(), weight=5), real("S2", tcp()),
    lines=["sorry_server SORRY 80", "sorry_server_inhibit", "inhibit_on_failure"], method="TUN"))
def inhibit_all(s):
    s.warm()
    s.step("one dies", s.close(1), "rr 1:0i 2:1i s:0i", after=(1, REFUSED))
    s.step("both", s.close(2), "rr 1:0i 2:0i s:1i", after=(2, REFUSED))
    s.step("one is back", s.open(1), "rr 1:5i 2:0i s:0i", after=(1, 0))
    s.step("both", s.open(2), "rr 1:5i 2:1i s:0i", after=(2, 0))


@scene("alpha", service(real("S1", tcp(), lines=["alpha"]), real("S2", tcp(), lines=["alpha", "inhibit_on_failure"]),
                        lines=[f"quorum_up {tell('up')}", f"quorum_down {tell('down')}"]), closed=(1, 2))
def alpha(s):
    s.warm(1, 2)
    s.step("neither runs", None, limit=3)
    for seat in s.rig.seats:
        s.equal(f"{seat.program.name}: at first", "rr 2:0", s.now(seat))
    s.step("the first starts", s.open(1), "rr 1:1 2:0", after=(1, 0))
    s.step("the second starts", s.open(2), "rr 1:1 2:1", after=(2, 0))
    s.step("the first dies", s.close(1), "rr 2:1", after=(1, REFUSED))
    s.same_words("the scripts", "NAME")


@scene("dead at the start", service(real("S1", tcp()), real("S2", tcp())), closed=(1,))
def dead_at_first(s):
    s.warm()
    for seat in s.rig.seats:
        lines = [state.line for state in s.history(seat, s.rig.started)]
        # Ours may ask so soon that nobody has seen the table before; keepalived waits a second first.
        if seat.program.name == "ours" and lines == ["none", "rr 2:1"]:
            lines.insert(1, "rr 1:1 2:1")
        s.equal(f"{seat.program.name}: there until one attempt has failed", ["none", "rr 1:1 2:1", "rr 2:1"], lines)
    s.step("it starts", s.open(1), "rr 1:1 2:1", after=(1, 0))


@scene("two checks of one server", service(real("S1", tcp(), script()), real("S2", tcp())))
def several(s):
    s.warm()
    s.step("one fails", s.value(1), "rr 2:1", after=("NAME", REFUSED))
    s.step("both", s.close(1), limit=4)
    s.step("one is well", s.value(0), limit=3)
    s.step("both", s.open(1), "rr 1:1 2:1", after=(1, 0))


@scene("SMTP_CHECK", service(real("S1", check("SMTP_CHECK", "helo_name lb.example.com"), port=25), real("S2", tcp())),
       {1: (25, mail()), 2: (80, UP)})
def mails(s):
    s.warm()
    for words, answer in (("5xx at first", mail(554)), ("4xx", mail(421)), ("its HELO is refused", mail(hello=501)),
                          ("no SMTP at all", say(b"hello\r\n"))):
        s.step(words, s.answer(1, answer), "rr 2:1", after=(1, REFUSED))
        s.step("right again", s.answer(1, mail()), "rr 1:1 2:1", after=(1, 0))
    s.step("silent", s.answer(1, nothing), "rr 2:1", after=(1, SILENT), limit=9)
    s.step("right again", s.answer(1, mail()), "rr 1:1 2:1", limit=9)


DATAGRAM = socket.SOCK_DGRAM


@scene("DNS_CHECK", service(
    real("S1", check("DNS_CHECK", "type A", "name www.example.com"), port=53), real("S2", tcp()), head="VIP 53",
    protocol="UDP"), {1: (53, names(), DATAGRAM), 2: (80, UP)})
def name_servers(s):
    s.warm()
    s.step("a wrong code", s.answer(1, names(2)), "rr 2:1", after=(1, REFUSED))
    s.step("right again", s.answer(1, names()), "rr 1:1 2:1", after=(1, 0))
    s.step("no such name", s.answer(1, names(3)), "rr 2:1", after=(1, REFUSED))
    s.step("right again", s.answer(1, names()), "rr 1:1 2:1", after=(1, 0))
    s.step("silent", s.answer(1, nothing), "rr 2:1", after=(1, SILENT), limit=9)
    s.step("right again", s.answer(1, names()), "rr 1:1 2:1", limit=9)
    s.step("a wrong number", s.answer(1, names(wrong_id=True)), "rr 2:1", limit=9)
    s.step("right again", s.answer(1, names()), "rr 1:1 2:1", limit=9)
    s.step("answers from elsewhere", s.answer(1, names(elsewhere=True)), "rr 2:1", limit=9)
    s.step("right again", s.answer(1, names()), "rr 1:1 2:1", limit=9)
    s.step("refused", s.close(1), "rr 2:1", after=(1, REFUSED))
    s.step("right again", s.open(1), "rr 1:1 2:1", limit=9)


@scene("UDP_CHECK", service(
    real("S1", check("UDP_CHECK", "payload 686920686f", "require_reply 6869xx68"), port=7),
    real("S2", check("UDP_CHECK"), port=7),
    head="VIP 7", protocol="UDP"), {1: (7, echo, DATAGRAM), 2: (7, nothing, DATAGRAM)})
def datagrams(s):
    s.warm()
    s.step("another answer", s.answer(1, say(b"other")), "rr 2:1", after=(1, REFUSED))
    s.step("right again", s.answer(1, echo), "rr 1:1 2:1", limit=9)
    s.step("no answer", s.answer(1, nothing), "rr 2:1", after=(1, SILENT), limit=9)
    s.step("right again", s.answer(1, echo), "rr 1:1 2:1", limit=9)
    s.step("the port is closed", s.close(2), "rr 1:1", after=(2, REFUSED))
    s.step("and open", s.open(2), "rr 1:1 2:1", limit=9)


@scene("PING_CHECK", service(real("S1", check("PING_CHECK")), real("S2", tcp())), {2: (80, UP)})
def pings(s):
    s.warm()
    s.step("its host drops packets", s.route("blackhole", 1), "rr 2:1", after=((s.address(1), 0), SILENT), limit=9)
    s.step("it is back", s.route(None, 1), "rr 1:1 2:1", limit=9)


@scene("FILE_CHECK", "track_file NAME {\n    file /run/values/NAME\n    weight 2\n}\n" + service(
    real("S1", block("FILE_CHECK", "track_file NAME", "weight 1"), weight=10), real("S2", tcp())), {2: (80, UP)})
def files(s):
    s.warm()
    s.step("5", s.value(5), "rr 1:15 2:1")
    s.step("-4", s.value(-4), "rr 1:6 2:1")
    s.step("-300", s.value(-300), "rr 1:0 2:1")
    s.step("0", s.value(0), "rr 1:10 2:1")


@scene("a firewall mark", service(real("S1", tcp()), real("S2", tcp()), head="fwmark MARK", scheduler="wrr"))
def marks(s):
    s.warm()
    s.step("one dies", s.close(1), "wrr 2:1", after=(1, REFUSED))
    s.step("it is back", s.open(1), "wrr 1:1 2:1", after=(1, 0))


@scene("a group", "virtual_server_group NAME {\n    VIP 80\n    VIP 81\n    fwmark MARK\n}\n" + service(
    real("S1", tcp()), real("S2", tcp()), head="group NAME", lines=["persistence_timeout 50"]))
def groups(s):
    s.warm()
    whole, rest = "rr persistent FFFFFFFF 1:1 2:1", "rr persistent FFFFFFFF 2:1"
    s.step("one dies", s.close(1), " | ".join([rest] * 3), after=(1, REFUSED))
    s.step("it is back", s.open(1), " | ".join([whole] * 3), after=(1, 0))


@scene("ha_suspend", service(real("S1", tcp()), real("S2", tcp()), lines=["ha_suspend"]))
def suspended(s):
    s.appears()
    time.sleep(3)
    for seat in s.rig.seats:
        s.check(f"{seat.program.name} does not try without the virtual address", not s.attempts(seat, 1))
    s.step("it has the address", lambda _, seat: seat.batch("director", [f"address add {s.text('VIP')}/32 dev eth0"]),
           limit=2)
    s.warm()
    s.step("one dies", s.close(1), "rr 2:1", after=(1, REFUSED))
    s.step("the address leaves: the states stay",
           lambda _, seat: seat.batch("director", [f"address delete {s.text('VIP')}/32 dev eth0"]), limit=1)
    s.step("nobody looks", s.open(1), limit=3)
    s.step("until it is here again",
           lambda _, seat: seat.batch("director", [f"address add {s.text('VIP')}/32 dev eth0"]), "rr 1:1 2:1", limit=6)


ASKED = {label: (80, UP) for label in range(1, 6)} | {
    6: (8080, UP), 7: (25, mail()), 8: (53, names(), DATAGRAM), 9: (7, echo, DATAGRAM)}


@scene("what servers are asked", service(
    real("S1", http(page("/", "virtualhost url.example.com"), lines=["virtualhost check.example.com"])),
    real("S2", http(page("/two"), lines=["virtualhost check.example.com", "http_protocol 1.1"])),
    real("S3", http(page("/")), lines=["virtualhost server.example.com"]),
    real("S4", http(page("/"))),
    real("S5", http(page("/"), lines=["http_protocol 1.0C", "bindto 10.9.0.1", "fwmark 3"])),
    real("S9", http(page("/"), lines=["connect_ip S6", "connect_port 8080"]), port=99),
    real("S7", check("SMTP_CHECK", "helo_name lb.example.com"), port=25),
    real("S8", check("DNS_CHECK", "type MX", "name mail.example.com"), port=53),
    real("S9", check("UDP_CHECK", "payload 00ff6869"), port=7), lines=["virtualhost service.example.com"]), ASKED)
def questions(s):
    """The words of the first two attempts, without what identifies the program or the attempt."""
    heard = {}
    for label, places in s.servers.items():
        for place, one in enumerate(places):
            def noting(data, known=heard.setdefault((label, place), []), answer=one.answer):
                if data:
                    known.append(data)
                return answer(data)
            one.answer = noting
    s.warm()

    def words(label, place):
        lines = []
        for data in heard.get((label, place), []):
            if label == 8:
                lines.append(data[2:])
            elif label in (7, 9):
                lines.append(data)
            else:
                lines += [line for line in data.split(b"\r\n") if not line.lower().startswith(b"user-agent")]
        return sorted(set(lines))

    for label in s.servers:
        s.check(f"server {label} is asked", words(label, 0))
        s.equal(f"server {label} is asked the same", words(label, 0), words(label, 1))


def prepare(rig, names):
    """These scenes in one file."""
    parts, found = [], []
    for name in names:
        text, listeners, closed, body = SCENES[name]
        one = rig.scene(f"alike: {name}", listeners)
        parts.append(one.text(text).replace("DIGEST", digest(PAGES["/two"])))
        for label, servers in one.servers.items():
            for server in servers:
                label in closed or server.open()
        one.each(one.value(0))
        found.append((one, body))
    rig.write("".join(parts))
    return found


def run(report, ours):
    names = [name for name in SCENES if report.wants(f"alike: {name}")]
    for some in filter(None, (names[::2], names[1::2])):  # all at once is more than a look can tell
        rig = Rig(("keepalived", ours), report.work)
        try:
            found = prepare(rig, some)
            rig.start()
            report.run_scenes(found)
            lost = rig.watch.lateness(rig.started, time.time())
            print(f"of {time.time() - rig.started:.0f} seconds, {lost:.1f} were lost to a busy machine")
            print(f"seconds of processor time: {rig.spent()}; the lab itself {sum(os.times()[:2]):.1f}")
        finally:
            rig.close()
