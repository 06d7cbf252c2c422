"""vrrp.py MEASUREMENT PAIRS: the daemon beside keepalived, each on networks of its own in namespaces of this kernel.

Prints rows for the table of scripts/bench: what was measured, ours, keepalived's, the unit, the target, the ratio.
Environment: VRRPCTL, the program; KEEPALIVED, the folder where it was unpacked. The two take turns, the first of each
pair changing. MEASUREMENT is one of those at the end.
"""
import contextlib
import os
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
LAB = Path(__file__).resolve().parents[2] / "Tests/Lab/tools/vrrp"
sys.path.insert(0, str(LAB))
import client  # noqa: E402 pylint: disable=wrong-import-position
import network  # noqa: E402 pylint: disable=wrong-import-position
from case import Case  # noqa: E402 pylint: disable=wrong-import-position
from programs import PROGRAMS, Router, Settings  # noqa: E402 pylint: disable=wrong-import-position

BOTH = ["ours", "keepalived"]
work = tempfile.mkdtemp(prefix="peers-")


def row(what, ours, theirs, unit, target="none"):
    print(f"{what}|{ours:.0f}|{theirs:.0f}|{unit}|{target}|{ours / theirs if theirs else 0}", flush=True)


def in_turn(pairs, measured):
    """{program: [what `measured(program)` gave, …]}"""
    found = {program: [] for program in BOTH}
    for number in range(pairs):
        for program in BOTH[::1 if number % 2 else -1]:
            found[program].append(measured(program))
    return found


@contextlib.contextmanager
def node(program, interfaces, text):
    """The program on a node of its own with that configuration, not started yet."""
    net = network.Network("a", switches=interfaces, deaf="a")
    try:
        placed = PROGRAMS[program](net, "a", work)
        placed.write(text)
        yield placed
    finally:
        net.remove()


def many(instances, interfaces, per_instance=1, state="BACKUP", priority=200, router=None):
    """That many, spread over the interfaces, each with addresses of its own."""
    lines = ["global_defs {", "    router_id node", "}"]
    for number in range(instances):
        vrid, switch = number // interfaces + 1, number % interfaces
        version, interval = router or (2, "1")
        lines += [
            f"vrrp_instance VI_{number + 1} {{", f"    state {state}", f"    interface eth{switch}",
            f"    version {version}", f"    virtual_router_id {vrid}", f"    priority {priority}",
            f"    advert_int {interval}", "    virtual_ipaddress {",
            *(f"        {address(number * per_instance + n)}" for n in range(per_instance)), "    }", "}"]
    return "\n".join(lines) + "\n"


def address(number):
    return f"10.{100 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"


def on(placed):
    return sum(line.split()[3].startswith("10.1") for line in placed.net.ip("a", "-o", "-4", "address").splitlines())


def wait_for_addresses(placed, count, seconds):
    deadline = time.monotonic() + seconds
    while on(placed) < count:
        if time.monotonic() > deadline:
            raise SystemExit(f"{placed.name}: only {on(placed)} of {count} addresses after {seconds} s; its log:\n"
                             + placed.log.read_text()[-2000:])
        time.sleep(0.05)


def cpu(placed):
    """Nanoseconds that all its processes have run."""
    total = 0
    for number in placed.net.processes("a"):
        for task in Path(f"/proc/{number}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
    return total


def memory(placed, field):
    """KiB of all its processes together."""
    total = 0
    for number in placed.net.processes("a"):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            if line.startswith(field + ":"):
                total += int(line.split()[1])
    return total


def instances(pairs, count=1000, interfaces=4, seconds=15):
    """CPU and memory of many active instances with an interval of one second."""
    def measured(program):
        with node(program, interfaces, many(count, interfaces)) as placed:
            placed.start()
            wait_for_addresses(placed, count, 20)
            time.sleep(7)  # the second announcement, five seconds after the first
            before, began = cpu(placed), time.monotonic()
            time.sleep(seconds)
            share = (cpu(placed) - before) / (time.monotonic() - began) / 1000
            return share, memory(placed, "Rss"), memory(placed, "Pss"), memory(placed, "Private_Dirty")

    found = in_turn(pairs, measured)
    words = [("CPU time in a second", "µs"), ("resident memory", "KiB"), ("proportional memory", "KiB"),
             ("memory of their own", "KiB")]
    for column, (what, unit) in enumerate(words):
        ours, theirs = (statistics.median(values[column] for values in found[program]) for program in BOTH)
        row(f"{count} active instances: {what}", ours, theirs, unit, "<=1.0" if column < 2 else "none")


def start(pairs, count=500, per_instance=2, interfaces=2):
    """From the start to all addresses."""
    wanted = count * per_instance

    def measured(program):
        with node(program, interfaces, many(count, interfaces, per_instance, "MASTER", 255)) as placed:
            placed.start()
            wait_for_addresses(placed, wanted, 20)
            placed.net.wait(lambda: len(added(placed)) >= wanted, 2)
            found = added(placed)
            return [(at - placed.started) * 1e6 for at in (found[0], found[-1])]

    found = in_turn(pairs, measured)
    for column, which in enumerate(["the first", "all"]):
        ours, theirs = (statistics.median(values[column] for values in found[program]) for program in BOTH)
        row(f"{count} instances, {wanted} addresses: start to {which}", ours, theirs, "µs", "<=1.0" if column else "none")


def added(placed):
    return [change.time for change in placed.net.changes if change.present and change.address.startswith("10.1")]


def intervals(pairs, count=250, seconds=4):
    """How late advertisements every 10 ms are, each against the one before it."""
    def measured(program):
        text = many(count, 1, router=(3, "0.01"))
        with node(program, 1, text) as placed:
            placed.start()
            wait_for_addresses(placed, count, 20)
            time.sleep(6)
            before, began = cpu(placed), time.monotonic()
            times = advertisement_times(placed.net, seconds)
            share = (cpu(placed) - before) / (time.monotonic() - began) / 1000
            late = sorted((b - a) / 1000 - 10_000 for each in times.values() for a, b in zip(each, each[1:]))
            missing = count * seconds * 100 - len(late)
            return late[int(len(late) * 0.5)], late[int(len(late) * 0.99)], late[-1], max(0, missing), share

    found = in_turn(pairs, measured)
    words = [("median lateness", "µs"), ("p99 lateness", "µs"), ("worst lateness", "µs"), ("advertisements short", "packets"),
             ("CPU time in a second", "µs")]
    for column, (what, unit) in enumerate(words):
        ours, theirs = (statistics.median(values[column] for values in found[program]) for program in BOTH)
        row(f"{count} instances every 10 ms: {what}", ours, theirs, unit, "<=1.0" if column == 1 else "none")


def advertisement_times(net, seconds):
    """{VRID: [nanoseconds, …]}; the kernel keeps the packets until the time is over, so that reading disturbs nobody."""
    with network.inside(net.namespace("switch")):
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    tap.setsockopt(socket.SOL_SOCKET, network.SO_RCVBUFFORCE, 1 << 29)
    tap.setsockopt(socket.SOL_SOCKET, network.SO_TIMESTAMPNS, 1)
    tap.setsockopt(network.SOL_PACKET, network.PACKET_IGNORE_OUTGOING, 1)
    tap.bind(("a0", network.ETH_P_ALL))  # before the bridge takes it
    time.sleep(seconds)
    tap.setblocking(False)
    times = {}
    with tap, contextlib.suppress(BlockingIOError):
        while True:
            frame, extra, _, _ = tap.recvmsg(128, 64)
            if frame[12:14] == b"\x08\0" and frame[23] == 112:
                whole, rest = struct.unpack("qq", extra[0][2][:16])
                times.setdefault(frame[35], []).append(whole * 1_000_000_000 + rest)
    return times


def client_gap(program, action):
    """(longest silence for a client, time with two owners), in microseconds, of a pair of that program."""
    case = Case(action, work)
    router = Router(2)
    case.network("abx", deaf="x")
    try:
        case.virtual = router.addresses
        for name, priority in (("a", 150), ("b", 100)):
            case.place(name, program, router, Settings(priority))
            case.nodes[name].start()
        assert case.net.wait(lambda: case.net.advertisements("a"), 8), case.nodes["a"].log.read_text()
        with asking(case.net, router.addresses[0]) as began:
            case.next_advertisement("a")
            at = time.time()
            ACTIONS[action](case.nodes["a"])
            case.net.wait(lambda: "b" in case.senders(at), 4.5)
            time.sleep(0.5)
            until = time.time()
        gap = client.longest_gap(case.net, router.addresses[0], max(began, at - 0.5), until)
        answered = [n for _, n in client.answers(case.net, router.addresses[0], until - 0.1, until)]
        return gap * 1e6, {"a", "b"} <= set(answered)
    finally:
        case.net.remove()


@contextlib.contextmanager
def asking(net, wanted):
    """A client asks a thousand times a second, in a process of its own."""
    frames = client.requests(net, "x", [wanted])
    process = subprocess.Popen(
        ["ip", "netns", "exec", net.namespace("x"), sys.executable, LAB / "flood.py", "eth0", "1000", "60"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    process.stdin.write("".join(frame.hex() + "\n" for frame in frames).encode())
    process.stdin.close()
    net.wait(lambda: client.answers(net, wanted), 5)
    try:
        yield time.time()
    finally:
        process.kill()
        process.wait()


def kill_child(program):
    os.kill(program.children()[0], signal.SIGKILL)


ACTIONS = {
    "kill -9 of the worker": kill_child,
    "kill -9 of the guardian": lambda program: os.kill(program.process.pid, signal.SIGKILL),
    "kill -9 of both": lambda program: program.kill(),
    "stop": lambda program: program.terminate(),
    "link loss": lambda program: program.net.port_down("a"),
}
LIMITS = {"kill -9 of the worker": "<700000", "kill -9 of the guardian": "<100000"}


def failover(pairs):
    """What a client notices; a backup of priority 100, version 2, one second."""
    for action in ACTIONS:
        found = {}
        for program in BOTH:
            with ThreadPoolExecutor(3) as pool:
                found[program] = list(pool.map(lambda _, p=program, a=action: client_gap(p, a), range(pairs)))
        ours, theirs = ([gap for gap, _ in found[program]] for program in BOTH)
        row(f"{action}: client waits, median", statistics.median(ours), statistics.median(theirs), "µs")
        row(f"{action}: client waits, worst", max(ours), max(theirs), "µs", LIMITS.get(action, "none"))
        ours, theirs = (sum(twice for _, twice in found[program]) for program in BOTH)
        row(f"{action}: two owners afterwards, of {pairs}", ours, theirs, "times")


MEASUREMENTS = {"instances": instances, "start": start, "intervals": intervals, "failover": failover}

if __name__ == "__main__":
    try:
        BOTH = os.environ.get("PROGRAMS", "ours keepalived").split()
        MEASUREMENTS[sys.argv[1]](int(sys.argv[2]))
    finally:
        for left in list(network.networks):
            left.remove()
        shutil.rmtree(work, ignore_errors=True)
