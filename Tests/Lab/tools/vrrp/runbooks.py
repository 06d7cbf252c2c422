"""What operators run by the book, done as they do it: the configurations are those of the folder runbooks."""
import time
from pathlib import Path

import client
from programs import Router

FOLDER = Path(__file__).parent / "runbooks"
FIRST = Router(2)  # all of them are VRRP 2 with an interval of one second
A, B, VIRTUAL = 150, 100, "10.0.0.3"


def text(name, **changed):
    """That configuration; `changed` gives words in it new values, as `priority="100"`."""
    found = (FOLDER / f"{name}.conf").read_text()
    for word, value in changed.items():
        lines = found.splitlines()
        assert any(line.split()[:1] == [word] for line in lines), word
        found = "\n".join(f"{word} {value}" if line.split()[:1] == [word] else line for line in lines) + "\n"
    return found


def script(program, name, lines):
    file = program.folder / "etc/keepalived" / name
    file.write_text("#!/bin/sh\n" + lines)
    file.chmod(0o755)


def pair(case, programs, a, b, virtual=(VIRTUAL,), **network):
    case.network("abx", **{"prefixes": ["10.0.0"], "deaf": "x", **network})
    case.virtual = virtual
    for node, program, configuration in zip("ab", programs, (a, b)):
        case.place(node, program).write(configuration)


def start(case):
    for program in case.nodes.values():
        program.start()
        time.sleep(0.5)  # more than the two differ in what they need before their timers run


def moves_to(case, what, node, seconds, *others, addresses=None):
    """All the addresses come to the node within that time; gives the seconds it took."""
    began, wanted = time.time(), set(addresses or case.virtual)
    words = f"{what}: {' and '.join(sorted(wanted))} on {node}"
    case.expect(words, lambda: wanted <= case.net.addresses(node), seconds)
    for other in others:
        case.expect(f"{what}: and not on {other}", lambda: not wanted & case.net.addresses(other), 1)
    return time.time() - began


def book02(case, programs):
    pair(case, programs, text("02-master"), text("02-backup"))
    asking = client.Client(case.net, "x", case.virtual, 0.01)
    start(case)
    moves_to(case, "at first", "a", 5, "b")
    case.next_advertisement("a")
    died = case.power_off("a")
    moves_to(case, "a dies", "b", FIRST.down(B) + 0.5)
    case.expect("a dies: b answers clients", lambda: "b" in [n for _, n in client.answers(case.net, VIRTUAL, died)], 1)
    case.mend("a")
    case.nodes["a"].start()
    moves_to(case, "a returns", "a", FIRST.down(A) + 1.5, "b")
    asking.end()
    end(case)


def book03(case, programs):
    pair(case, programs, text("03"), text("03", priority="100"))
    start(case)
    moves_to(case, "at first", "a", 5, "b")
    case.next_advertisement("a")
    case.power_off("a")
    moves_to(case, "a dies", "b", FIRST.down(B) + 0.5)
    case.mend("a")
    case.nodes["a"].start()
    case.net.wait(lambda: VIRTUAL in case.net.addresses("a"), FIRST.down(A) + 2)
    moves_to(case, "a returns, the address stays", "b", 0.5, "a")
    end(case)


def book04(case, programs, weight):
    a = text("04") if weight else text("04").replace("    weight -60\n", "")
    pair(case, programs, a, text("02-backup", auth_pass="password"))
    service = case.nodes["a"].folder / "run/web"
    script(case.nodes["a"], "check_web.sh", "exec test -e /run/web\n")
    service.touch()
    start(case)
    moves_to(case, "at first", "a", 6, "b")
    service.unlink()
    limit = 4 + (FIRST.down(B) if weight else FIRST.skew(B)) + 1
    moves_to(case, "the service fails", "b", limit, "a")
    service.touch()
    moves_to(case, "it recovers", "a", 2 + FIRST.down(A) + 1, "b")
    case.active_were("a", "b", "a")
    end(case)


def book05(case, programs):
    pair(case, programs, text("02-master"), text("05"))
    b = case.nodes["b"]
    script(b, "check_split.sh", f"""
ip -o address show dev eth0 | grep -q ' {VIRTUAL}/' || exit 0
timeout 1 bash -c ': </dev/tcp/10.0.0.1/9' 2>/dev/null # refused at once by a node that is alive
[ $? -ne 124 ] || exit 0
echo 'SPLIT BRAIN: 10.0.0.1 is alive and {VIRTUAL} is here'
echo split >>/run/split
""")
    start(case)
    moves_to(case, "at first", "a", 5, "b")
    case.net.block_vrrp("a")
    case.net.block_vrrp("b")
    began = time.time()
    case.troubled.append((began, float("inf")))
    moves_to(case, "VRRP is blocked", "b", FIRST.down(B) + 1)
    moves_to(case, "VRRP is blocked", "a", 0.1)
    case.expect("the script on b finds the second owner", (b.folder / "run/split").exists, 4.5)
    if b.name == "ours":
        case.expect("and its words are in the log", lambda: "SPLIT BRAIN" in b.log.read_text(), 1)
    case.net.allow_vrrp("a")
    case.net.allow_vrrp("b")
    case.settle("a", time.time())
    moves_to(case, "VRRP passes again", "a", 1.5, "b")
    end(case)


def book07(case, programs):
    virtual = ("203.0.113.10", "10.1.0.100")
    lower = text("07", priority="100")
    pair(case, programs, text("07"), lower, virtual, switches=2, prefixes=["203.0.113", "10.1.0"])
    for program in case.nodes.values():
        script(program, "notify.sh", 'echo "$1" >>/run/states\n')
    start(case)
    states = {node: case.nodes[node].folder / "run/states" for node in "ab"}
    moves_to(case, "at first", "a", 6, "b")
    case.next_advertisement("a")
    for switch in (1, 0):
        case.net.port_down("a", switch)
        took = moves_to(case, f"a's eth{switch} loses its link", "b", FIRST.down(B) + 1, "a")
        case.check(f"both come to b, {took:.2f} s later", True)
        case.expect("a's script is told of the fault", lambda: states["a"].read_text().split()[-1:] == ["fault"], 2)
        case.expect("and b's of the take-over", lambda: states["b"].read_text().split()[-1:] == ["master"], 2)
        case.net.port_up("a", switch)
        moves_to(case, "the link is back", "a", FIRST.down(120) + 2, "b")
    case.active_were(*"ababa", vrid=60)
    end(case)


def book09(case, programs):
    one = text("09")
    two = one.replace("MASTER", "swap").replace("BACKUP", "MASTER").replace("swap", "BACKUP")
    two = two.replace("priority 150", "swap").replace("priority 100", "priority 150").replace("swap", "priority 100")
    pair(case, programs, one, two, (VIRTUAL, "10.0.0.4"))
    start(case)
    moves_to(case, "at first", "a", 6, addresses=[VIRTUAL])
    moves_to(case, "at first", "b", 6, addresses=["10.0.0.4"])
    for dead, alive in ("ab", "ba"):
        case.next_advertisement(dead)
        case.power_off(dead)
        moves_to(case, f"{dead} dies", alive, FIRST.down(B) + 0.5)
        shown = case.net.ip(alive, "-o", "address", "show", "dev", "eth0")
        case.check(f"{dead} dies: the labels are there", "eth0:1" in shown and "eth0:2" in shown, shown)
        case.mend(dead)
        case.nodes[dead].start()
        own = VIRTUAL if dead == "a" else "10.0.0.4"
        moves_to(case, f"{dead} returns", dead, FIRST.down(A) + 1.5, alive, addresses=[own])
    end(case)


def end(case):
    """Both stop as asked, and nothing of theirs stays."""
    for node, program in case.nodes.items():
        program.stop()
        case.check(f"{node} stops", not program.is_running())
        case.equal(f"{node} has no address left", set(), set(case.virtual) & case.net.addresses(node))
    case.in_order()


BOOKS = {
    "02": book02, "03": book03, "04": lambda c, p: book04(c, p, True),
    "04 without weight": lambda c, p: book04(c, p, False), "05": book05, "07": book07, "09": book09}


def cases(ours):
    pairs = dict.fromkeys([(ours, ours), (ours, "keepalived"), ("keepalived", ours)])
    return [(f"runbook {name}, {' / '.join(programs)}", lambda c, b=book, p=programs: b(c, p))
            for name, book in BOOKS.items() for programs in pairs]
