"""Somebody on the link sends what would take the address away, if anything of it were believed."""
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from matrix import HIGH, LOW
from programs import Router, Settings, configuration
from wire import Message

PASSWORD = b"1111"
FIRST = Router(2, authentication=("PASS", "1111"))
SECOND = Router(3, vrid=52, interval=0.1, addresses=("10.9.0.101",))
GOOD = Message(2, 51, 255, authentication=1, password=PASSWORD)
GOOD3 = Message(3, 52, 255, 0.1, ("10.9.0.101",))

# Why it is rejected, by the name of the counter, and the messages.
ATTACKS = {
    "checksum-error": [replace(GOOD, checksum_error=1), replace(GOOD3, checksum_error=0x8000)],
    "ip-ttl-error": [replace(GOOD, hop_limit=254), replace(GOOD3, hop_limit=1)],
    "authentication-failure": [replace(GOOD, password=b"1112"), replace(GOOD, password=b"")],
    "auth-type-mismatch": [replace(GOOD, authentication=0, password=b"")],
    "vrid-error": [replace(GOOD, vrid=99), replace(GOOD3, vrid=200), replace(GOOD, vrid=0)],
    "packet-length-error": [replace(GOOD, cut=cut) for cut in (1, 4, 8, 12, 16)] + [
        replace(GOOD3, cut=cut) for cut in (1, 4, 7, 11)],
    "version-error": [replace(GOOD3, vrid=51, interval=1), replace(GOOD, vrid=52)],
    "invalid-type": [replace(GOOD, type=2), replace(GOOD3, type=15)],
    "interval-error": [replace(GOOD, interval=2), replace(GOOD3, interval=0)],
    "own-source": [replace(GOOD, source="10.9.0.1"), replace(GOOD3, source="10.9.0.1")],
    "destination-error": [replace(GOOD, destination="10.9.0.1")],
}


def attacked(case, programs):
    case.network("abx", deaf="x")
    case.virtual = FIRST.addresses + SECOND.addresses
    for node, program, priority in zip("ab", programs, (HIGH, LOW)):
        settings = Settings(priority)
        case.place(node, program).write(configuration((FIRST, settings), (SECOND, settings)))
        case.nodes[node].start()
    for vrid in (51, 52):
        case.expect(f"a is active for {vrid}", lambda v=vrid: case.net.advertisements("a", vrid=v), 6)
    case.owns("a", "b")


def frames(messages):
    own = b"\x02\0\0\0\0\x01"  # node a's, for what is sent to it alone
    found = []
    for message in messages:
        frame = message.frame()
        found.append(frame if message.destination == "224.0.0.18" else own + frame[6:])
    return found


def send(case, sent, rate, seconds):
    """Starts sending those frames."""
    process = subprocess.Popen(
        ["ip", "netns", "exec", case.net.namespace("x"), sys.executable, Path(__file__).with_name("flood.py"),
         "eth0", str(rate), str(seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write("".join(frame.hex() + "\n" for frame in sent))
    process.stdin.close()
    return process


def unmoved(case, since, until, tolerance):
    """Nothing that was sent changed anything, nor held it up."""
    case.expect("a is still heard afterwards", lambda: all(
        case.net.advertisements("a", until, vrid=vrid) for vrid in (51, 52)), 5)  # and all before that as well
    case.equal("only a was active", ["a"], case.senders(since, until))
    for vrid, interval in ((51, FIRST.interval), (52, SECOND.interval)):
        times = [s.time for s in case.net.advertisements("a", since, until, vrid)]
        wanted = int((until - since) / interval)
        counted = f"{len(times)} of {wanted}"
        case.check(f"all advertisements of {vrid} are there", len(times) >= wanted * 0.99 - 1, counted)
        late = max((b - a - interval for a, b in zip(times, times[1:])), default=9)
        limit = f"{tolerance * 1000:.0f} ms"
        case.check(f"none of {vrid} is late by more than {limit}: {late * 1000:.1f} ms", late <= tolerance)
    case.owns("a", "b")


def rejected(case, reason, messages):
    since = time.time()
    process = send(case, frames(messages), 200, 3)
    process.wait()
    unmoved(case, since, time.time(), 0.02)
    if reason == "own-source":
        return  # the kernel has dropped it as a martian
    for node in "ab" if reason != "destination-error" else "a":
        if case.nodes[node].name == "ours":
            case.expect(f"{node}'s log names the reason", lambda n=node: reason in case.nodes[n].log.read_text(), 1)
            found = counted(case.nodes[node])
            case.check(f"and {node} has counted it", found.get(reason, 0) > 100, found)


def counted(program):
    """How often each reason was one to reject a packet, of whatever virtual router."""
    answer, total = program.ask("counters"), {}
    for part in [answer.get("rejectedByAll", {}), *(each["rejected"] for each in answer["instances"])]:
        for reason, count in part.items():
            total[reason] = total.get(reason, 0) + count
    return total


def one_kind(case, programs, reason):
    attacked(case, programs)
    rejected(case, reason, ATTACKS[reason])
    case.in_order()


def flood(case, programs, seconds=15):
    attacked(case, programs)
    messages = [message for some in ATTACKS.values() for message in some]
    before = case.nodes["a"].memory()
    since = time.time()
    process = send(case, frames(messages), 50_000, seconds)
    case.net.wait(lambda: False, 3)
    warm = case.nodes["a"].memory()
    sent = int(process.stdout.read())
    rate = sent / (time.time() - since)
    case.check(f"the attack had its 50,000 packets a second: {rate:.0f}", rate > 45_000)
    unmoved(case, since, time.time(), 0.02)
    if case.nodes["a"].name == "ours":
        found = counted(case.nodes["a"])
        case.check(f"of {sent} packets {sum(found.values())} are counted, for {len(found)} reasons",
                   sum(found.values()) > sent // 2 and set(ATTACKS) - {"own-source"} <= set(found), found)
    after = case.nodes["a"].memory()
    case.check(f"memory is flat: {before} KiB before, {warm} while, {after} after", after - warm <= 256)
    case.in_order()


def cases(ours):
    return [(f"attack {reason}, {ours}", lambda c, r=reason: one_kind(c, (ours, ours), r)) for reason in ATTACKS]


def cases_alone(ours):
    return [(f"50,000 packets a second, {ours}", lambda c: flood(c, (ours, ours)))]
