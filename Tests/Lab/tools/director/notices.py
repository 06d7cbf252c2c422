"""What is told of servers and quorums: lines of FIFOs, scripts and mail are with ours what they are with keepalived, through
a start, faults, reloads and a stop."""
import os
import re
import signal
import threading
import time

from alike import block, check, real
from answers import web
from post import Post
from rig import SCRIPTS, Rig

UP = web({"/": "hello\n"})
LISTENERS = {label: (80, UP) for label in (1, 2, 3, 4, 5, 6, 61)}
HEAD = """global_defs {
    router_id lab
    notification_email {
        admin@example.org
    }
    notification_email_from lab@example.org
    smtp_server 127.0.0.1 25
    %s
    notify_fifo /run/all.fifo
    lvs_notify_fifo /run/lvs.fifo
    script_user root
    enable_script_security
}
"""
# The reader of a FIFO writes down what it reads, and scripts what they are called with.
READER = """while read -r line; do echo "$line" >>/run/told/lvs; done <"$1"
"""
TRIES = {"retry": 1, "between": 0.3, "timeout": 5}  # what fails here is refused; time-outs are for busy machines


def tell(*words):
    return f'"/etc/keepalived/tell NAME {" ".join(words)}"'


def service(head, *reals, lines=(), protocol="TCP"):
    """A script of each of its servers and of its quorum says who it is."""
    name = head.replace(" ", "-")
    return "\n".join(block(
        f"virtual_server {head}", "delay_loop 1", "warmup 0.3", "lb_algo rr", "lb_kind NAT", f"protocol {protocol}",
        f"quorum_up {tell(name, 'up')}", f"quorum_down {tell(name, 'down')}", *lines,
        *(line for one in reals for line in one))) + "\n"


def server(label, *checks, name="", lines=()):
    checks = checks or (check("TCP_CHECK", **TRIES),)
    return real(label, *checks, lines=[
        f"notify_up {tell(name, label, 'up')}", f"notify_down {tell(name, label, 'down')}", *lines])


GROUP = "virtual_server_group POOL {\n    VIP 90\n    VIP 91\n    fwmark 77\n}\n"
HYSTERESIS = ("quorum 2", "hysteresis 1", "omega", "sorry_server SORRY 80")


def everything(third=True):
    return GROUP + service(
        "VIP 80", server("S1", name="q"), server("S2", name="q"), *([server("S3", name="q")] if third else []),
        lines=HYSTERESIS
    ) + service("VIP 81", server("S1", check(
        "MISC_CHECK", 'misc_path "/etc/keepalived/check NAME"', "misc_timeout 10", retry=0, timeout=0), name="m",
                                 lines=["smtp_alert off"])) + service(
        "fwmark MARK", server("S4", name="f")) + service(
        "group POOL", server("S5", check("HTTP_GET", *block("url", "path /", "status_code 200"), **TRIES), name="g")) + service(
        "VIP6 80", server("S1V6", name="v6")) + service(
        "VIP 82", server("S6", name="a"), lines=["alpha", "smtp_alert off"]) + service(
        "VIP 83", server("S7", name="a"), lines=["alpha"])


class Ears:
    """What one seat's program tells. With a reader, lvs_notify_fifo is read by a script of the program."""

    def __init__(self, seat, reader):
        self.seat = seat
        self.post = Post(seat.director)
        self.lines, self.lvs, self.known = [], [], {}
        self.hear("all", self.lines)
        if not reader:
            self.hear("lvs", self.lvs)

    def hear(self, name, lines):
        path = self.seat.program.folder / f"run/{name}.fifo"
        os.mkfifo(path, 0o600)
        threading.Thread(target=self.read, args=(os.open(path, os.O_RDWR), lines), daemon=True).start()

    @staticmethod
    def read(fifo, lines):
        rest = b""
        while True:
            rest += os.read(fifo, 65536)
            *whole, rest = rest.split(b"\n")
            lines += [line.decode() for line in whole]

    def heard(self, names):
        """What is new: lines of both FIFOs in order for each service, what scripts were called with, and mail."""
        def ordered(lines):
            found = {}
            for line in lines:
                found.setdefault(self.service(line, names), []).append(line)
            return dict(sorted(found.items()))
        all_lines, lvs, scripts, mails = self.everything(names)
        return {"notify_fifo": ordered(all_lines), "lvs_notify_fifo": ordered(lvs), "scripts": sorted(scripts),
                "mail": sorted(mail.told() for mail in mails)}

    def everything(self, names):
        """Without what is known already."""
        told = (self.lines, self.lvs + self.seat.told("lvs"), self.seat.told(names["NAME"]), self.post.mails)
        return [list(words)[self.known.get(place, 0):] for place, words in enumerate(told)]

    def learn(self, names):
        for place, words in enumerate(self.everything(names)):
            self.known[place] = self.known.get(place, 0) + len(words)

    @staticmethod
    def service(line, names):
        end = re.sub(r" (UP|DOWN)$", "", line)
        return next((name for name in names.values() if end.endswith(name)), "")


def names(s):
    return {key: s.text(words) for key, words in {
        "q": "[VIP]:tcp:80", "m": "[VIP]:tcp:81", "f": "FWM MARK", "g": "[POOL]:0", "v6": "[VIP6]:tcp:80",
        "a": "[VIP]:tcp:82", "dead": "[VIP]:tcp:83", "NAME": "NAME"}.items()}


def compare(s, ears, words, without=()):
    """What both tell since the last time is the same; what keepalived told is given."""
    known = names(s)

    def both():
        return [one.heard(known) for one in ears]
    s.rig.watch.wait(lambda: all(both()[0][what] == both()[1][what] for what in both()[0] if what not in without), 15)
    first, second = both()
    for what, expected in first.items():
        if what not in without:
            s.equal(f"{words}: {what}", expected, second[what])
    for one in ears:
        one.learn(known)
    return first


def told(s, ears, setting, reader):
    if reader:
        setting += '\n    lvs_notify_fifo_script "/etc/keepalived/read"'
    for place, seat in enumerate(s.rig.seats):
        seat.write(HEAD % setting + s.text(everything()), SCRIPTS | {"read": READER})
        seat.value(s.text("NAME"), "0\n")
        for label in s.servers:
            s.servers[label][place].open()
    for one in s.rig.seats:
        one.program.start()
    s.warm(seconds=60)
    s.rig.watch.wait(lambda: all(len(one.lines) >= 8 for one in ears), 20)
    time.sleep(2)
    compare(s, ears, "started")

    def step(words, *actions, told=True, seconds=25):
        """Something is told by both FIFOs, or nothing."""
        before = [len(one.lines) for one in ears]
        for action in actions:
            s.each(action)
        if told:
            s.rig.watch.wait(lambda: all(len(one.lines) > count for one, count in zip(ears, before)), seconds)
        time.sleep(1.5 if told else 3)
        first = compare(s, ears, words)
        s.check(f"{words}: told by FIFO as it should be", bool(first["notify_fifo"]) == told, first)

    step("one of three dies", s.close(3))
    step("a second one: the quorum is lost", s.close(2))
    step("the last one", s.close(1))
    step("one is back", s.open(1))
    step("the second: within the hysteresis", s.open(2))
    step("all three: the quorum is there", s.open(3))
    step("a script fails", s.value(1))
    step("and succeeds", s.value(0))
    step("a page is wrong", s.answer(5, web({"/": "x"}, 404)))
    step("and right", s.answer(5, UP))
    step("the alpha server dies", s.close(6))
    step("and is back", s.open(6))

    if reader:
        return
    for seat in s.rig.seats:
        seat.write(HEAD % setting + s.text(everything(third=False)), SCRIPTS | {"read": READER})
        seat.program.signal(signal.SIGHUP)
    time.sleep(3)
    # After a reload keepalived does not always write to its FIFOs any more; what it should have told is known from when
    # it does. At the end it gives up its mail, and its scripts may end before they have done anything.
    fifos = ("notify_fifo", "lvs_notify_fifo")
    words = "a reload without the third"
    ours_tells(s, ears, words, ["RS [S3]:tcp:80 [VIP]:tcp:80 DOWN"])
    compare(s, ears, words, without=fifos)
    for seat in s.rig.seats:
        seat.program.stop()
    last = ours_tells(s, ears, "stopped", [f"RS [{label}]:tcp:80 [VIP]:tcp:80 DOWN" for label in ("S1", "S2")]
                      + ["VS [VIP]:tcp:80 DOWN"])
    # They have a second, which may not be enough for all of them on a busy machine.
    wanted = {s.text(words) for words in ("VIP-80 down", "q S1 down", "q S2 down")}
    s.check("stopped: ours runs the scripts of omega", last["scripts"] and set(last["scripts"]) <= wanted, last["scripts"])
    log = s.rig.seats[1].program.log.read_text(errors="replace")
    s.check("stopped: and mails it, or says what it could not mail", "not sent: the mail server took no more" in log or any(
        "Shutting down" in mail for mail in last["mail"]), last["mail"])


def ours_tells(s, ears, words, lines):
    known, expected = names(s), {s.text("[VIP]:tcp:80"): [s.text(line) for line in lines]}
    s.rig.watch.wait(lambda: ears[1].heard(known)["notify_fifo"] == expected, 5)
    found = ears[1].heard(known)
    for fifo in ("notify_fifo", "lvs_notify_fifo"):
        s.equal(f"{words}: ours to {fifo}", expected, found[fifo])
    return found


SETTINGS = {"all alerts": "smtp_alert", "told at the start": "rs_init_notifies\n    no_checker_emails"}  # the second has a reader


def one(rig, name, setting):
    s = rig.scene(f"notices: {name}", LISTENERS)
    reader = "rs_init_notifies" in setting
    ears = [Ears(seat, reader) for seat in rig.seats]
    return s, lambda s: told(s, ears, setting, reader)


def run(report, ours):
    rigs, found = [], []
    for name, setting in SETTINGS.items():
        if report.wants(f"notices: {name}"):
            rigs.append(Rig(("keepalived", ours), report.work))
            found.append(one(rigs[-1], name, setting))
    try:
        report.run_scenes(found)
    finally:
        for rig in rigs:
            rig.close()
