"""Mail about virtual routers: from both programs the same, and from ours whatever happens to the mail server."""
import os
import time

from post import Exim, Post

HEAD = """global_defs {
    router_id node
    notification_email {
        admin@example.org
        grey@example.org
    }
    smtp_server %s
    smtp_connect_timeout %d
    %s
}
"""
GROUP = "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n    %s\n}\n"


def head(*lines, server="127.0.0.1 25", patience=5):
    return HEAD % (server, patience, "\n    ".join(lines))


def instance(number, *lines):
    body = "".join(f"    {line}\n" for line in (
        "interface eth0", "state BACKUP", f"virtual_router_id {50 + number}", "priority 150", "version 3",
        "advert_int 0.2", "virtual_ipaddress {", f"    10.9.0.{100 + number}/24", "}", *lines))
    return f"vrrp_instance VI_{number} {{\n{body}}}\n"


# Both programs

def same(case, ours, text, later=None):
    """Through a start, a fault and its end, and a reload to the text `later`."""
    case.network("ab")
    nodes, posts = {"a": ours, "b": "keepalived"}, {}
    for node, program in nodes.items():
        case.net.cut(node)
        case.place(node, program).write(text)
        posts[node] = Post(case.net.namespace(node))

    def compare(words, least):
        def settled():
            found = [posts[node].told() for node in nodes]
            return len(found[1]) >= least and found[0] == found[1]
        case.net.wait(settled, 5)
        for place, lines in enumerate(zip(*(posts[node].told() for node in nodes))):
            case.equal(f"{words}: mail {place + 1} in the order of the alphabet", lines[1], lines[0])
        case.equal(f"{words}: so many mails", len(posts["b"].mails), len(posts["a"].mails))
        case.check(f"{words}: there are mails at all", len(posts["b"].mails) >= least)
        for node in nodes:
            posts[node].mails.clear()

    try:
        for node in nodes:
            case.nodes[node].start()
        for node in nodes:
            case.expect(f"{nodes[node]} becomes active", lambda n=node: case.net.advertisements(n, vrid=51), 8)
        time.sleep(0.5)
        compare("started", 2)
        for words, event in (("without a link", case.net.port_down), ("with it again", case.net.port_up)):
            for node in nodes:
                event(node)
            time.sleep(2)
            compare(words, 0 if "no_email_faults" in text and words == "without a link" else 2)
        if later:
            for node in nodes:
                case.nodes[node].write(later)
                case.nodes[node].signal(1)
            time.sleep(2)
            # Without notify_deleted it is told as a fault.
            compare("an instance less", 0 if "no_email_faults" in text else 1)
        case.equal("both say the same name", set(posts["b"].hellos), set(posts["a"].hellos))
        case.check("ours needs fewer connections", posts["a"].connections <= posts["b"].connections,
                   f"{posts['a'].connections} against {posts['b'].connections}")
    finally:
        for post in posts.values():
            post.stop()


THREE = instance(1) + instance(2) + instance(3, "notify_deleted")
SAME = {
    "all alerts": (head("smtp_alert") + GROUP % "" + THREE, head("smtp_alert") + GROUP % "" + instance(1) + instance(2)),
    "some alerts": (
        head("notification_email_from director@example.org", "smtp_helo_name lb1.example.org", "smtp_alert_vrrp")
        + GROUP % "smtp_alert off" + instance(1) + instance(2, "smtp_alert off") + instance(3), None),
    "no faults": (
        head("no_email_faults") + instance(1, "smtp_alert") + instance(2, "smtp_alert on") + instance(3, "smtp_alert"),
        head("no_email_faults") + instance(1, "smtp_alert") + instance(2, "smtp_alert")),
}


# Ours, and mail servers as they are

def alone(case, ours, text, node="a"):
    case.network(node)
    placed = case.place(node, ours)
    placed.write(text)
    return placed


def subjects(post):
    return [mail.subject for mail in post.mails]


def states(*words):
    return [f"[node] VRRP Instance VI_1 - Entering {word} state" for word in words]


def late_server(case, ours):
    """The server is not there at first, and goes away in between."""
    program = alone(case, ours, head("smtp_alert") + instance(1))
    program.start()
    case.expect("it becomes active", lambda: case.net.advertisements("a"), 8)
    time.sleep(1.5)
    post = Post(case.net.namespace("a"))
    case.expect("what was told before the server came", lambda: len(post.mails) >= 2, 8)
    case.equal("it is all of it, in order", states("BACKUP", "MASTER"), subjects(post))
    post.stop()
    case.net.port_down("a")
    time.sleep(1)
    case.net.port_up("a")
    post.start()
    case.expect("what was told while it was away", lambda: len(post.mails) >= 5, 12)
    case.equal("in order", states("BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER"), subjects(post))
    log = program.log.read_text()
    case.check("the log has it", "refused the connection" in log and "takes mail again" in log, log)
    program.stop()
    case.check("the end is told too", subjects(post)[5:] == ["[node] VRRP Instance VI_1 - Stopping"], subjects(post))
    post.stop()


def silent_server(case, ours):
    """In turn it hangs at every step; the first attempt of each mail is lost."""
    program = alone(case, ours, head("smtp_alert", patience=1) + instance(1))
    post = Post(case.net.namespace("a"))
    hung = []

    def fault(command):
        if command.split(" ")[0] in ("DATA", ".") and command not in hung:
            hung.append(command)
            return "hang"
        return None
    post.fault = fault
    program.start()
    case.expect("both mails in spite of it", lambda: len(post.mails) >= 2, 40)
    case.equal("each of them once", sorted(states("BACKUP", "MASTER")), sorted(subjects(post)))
    case.equal("it hung in DATA and behind the mail", ["DATA", "."], hung)
    program.stop()
    post.stop()


def slow_server(case, ours):
    """Each of its answers takes 300 ms, and the name server none at all: advertisements leave as if there were no mail."""
    program = alone(case, ours, head("smtp_alert", server="mail.example.org 25", patience=10) + instance(1) + instance(2))
    with open(program.folder / "etc/hosts", "a", encoding="ascii") as hosts:
        hosts.write("127.0.0.1 mail.example.org\n")
    post = Post(case.net.namespace("a"))
    post.fault = lambda command: (0.3, None)
    program.start()
    case.expect("all mails", lambda: len(post.mails) >= 4, 20)
    (program.folder / "etc/hosts").write_text("127.0.0.1 localhost\n")
    (program.folder / "etc/resolv.conf").write_text("nameserver 10.9.0.77\n")
    case.net.port_down("a")
    time.sleep(1)
    case.net.port_up("a")
    time.sleep(6)
    heard = [s.time for s in case.net.advertisements("a", vrid=51)]
    gaps = sorted(after - before for before, after in zip(heard, heard[1:]))[:-1]  # the longest is the link's
    case.check(f"advertisements leave every 200 ms, the longest gap is {gaps[-1] * 1000:.0f} ms", gaps[-1] < 0.3)
    began = time.monotonic()
    program.stop()
    case.check("the end waits no longer than a second for mail", time.monotonic() - began < 2.5)
    post.stop()


def refused(case, ours):
    program = alone(case, ours, head("smtp_alert") + instance(1))
    post = Post(case.net.namespace("a"))
    post.fault = lambda command: "550 nobody" if "admin" in command else None
    program.start()
    case.expect("the mails for the other", lambda: len(post.mails) >= 2, 8)
    case.equal("only for the other", {("grey@example.org",)}, {mail.recipients for mail in post.mails})
    case.check("the log has it", "refuses mail for admin@example.org: 550" in program.log.read_text())
    program.stop()
    post.stop()


def exim(case, ours):
    """A real one with greylisting, and with a recipient that it does not know."""
    text = (head("smtp_alert") + instance(1)).replace("grey@example.org\n", "grey@example.org\n        nobody@example.org\n")
    program = alone(case, ours, text)
    os.chmod(case.work, 0o711)  # it becomes another user
    server = Exim(case.net.namespace("a"), os.path.join(case.work, case.net.label, "exim"))
    server.start()
    try:
        program.start()
        wanted = states("BACKUP", "MASTER")
        case.expect("who is known has the mails", lambda: len(server.mail("admin")) >= 2, 15)
        case.equal("all of them, in order", wanted, server.mail("admin"))
        server.know()
        case.expect("who was put off has them later", lambda: len(server.mail("grey")) >= 2, 40)
        case.equal("all of them", wanted, sorted(server.mail("grey")))
        case.equal("and nobody anything twice", wanted, server.mail("admin"))
        case.equal("who is not known is asked for once with each mail", 2,
                   sum(who.startswith("nobody") for _, who in server.rejected()))
        program.stop()
        case.expect("the end is told too", lambda: len(server.mail("admin")) >= 3, 10)
        case.check("as such", server.mail("admin")[2].endswith("VI_1 - Stopping"), server.mail("admin"))
    finally:
        server.stop()


ALONE = {"the server is away": late_server, "the server hangs": silent_server, "the server is slow": slow_server,
         "a refused recipient": refused, "exim": exim}


def cases(ours):
    found = [(f"mail: {name}", lambda c, t=texts: same(c, ours, *t)) for name, texts in SAME.items()]
    return found + [(f"mail: {name}", lambda c, b=body: b(c, ours)) for name, body in ALONE.items()]
