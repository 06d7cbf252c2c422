#!/usr/bin/env python3
"""director.py MEASUREMENT PAIRS SERVICES SERVERS: many real servers with TCP_CHECK, checked by ours and by keepalived.

table    How long each takes from its start until IPVS has all of them, and its memory. Needs IPVS: scripts/lab.
checks   CPU, memory and how punctual the checks are. User-Mode Linux is too slow for thousands of connections in a
         second, so this is for the running kernel; keepalived, which will not run without IPVS, gets NO_IPVS there.

Prints rows for the table of scripts/bench: what was measured, ours, keepalived's, the unit, the target, the ratio.
Environment: VRRPCTL, the program; KEEPALIVED, the folder where it was unpacked; DIRECTOR and NO_IPVS, director.c and
no-ipvs.c built. The two take turns, the first of each pair changing, each in a network namespace of its own with one
listener that is all real servers. Needs root.
"""
import collections
import json
import os
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BOTH = ["ours", "keepalived"]
DELAY_LOOP = 5.0
# Seconds after the start: all have been checked, and what only the start needed is given back.
SETTLED = 15
# Seconds.
WATCHED = 30


def configuration(services, servers):
    lines = ["global_defs {", "    router_id director", "}"]
    for service in range(services):
        lines += [
            f"virtual_server 10.99.{service // 250}.{service % 250 + 1} 80 {{", f"    delay_loop {DELAY_LOOP:g}",
            "    lvs_sched rr", "    lvs_method NAT", "    protocol TCP"]
        for server in range(servers):
            lines += [
                f"    real_server {address(service * servers + server)} 80 {{", "        weight 1", "        TCP_CHECK {",
                "            connect_timeout 3", "            retry 1", "            delay_before_retry 1",
                "        }", "    }"]
        lines.append("}")
    return "\n".join(lines) + "\n"


def address(number):
    return f"127.{100 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"


class Run:
    """One program from its start to its end, in this network namespace, which is its own."""

    def __init__(self, program, services, servers):
        self.program, self.servers = program, services * servers
        self.folder = Path(tempfile.mkdtemp(prefix="director-"))
        self.file = self.folder / "keepalived.conf"
        self.file.write_text(configuration(services, servers))

    def start(self):
        """Gives the instant of it."""
        for command in ["ip link set lo up", "mount -t tmpfs run /run"]:
            subprocess.run(command.split(), check=True)
        environment = {}
        if self.program == "ours":
            words = [os.environ["VRRPCTL"], "run", "-f", self.file]
        else:
            folder = os.environ["KEEPALIVED"]
            words = [f"{folder}/usr/sbin/keepalived", "-n", "-l", "-G", "-C", "-f", self.file]
            environment = {"LD_LIBRARY_PATH": f"{folder}/usr/lib/x86_64-linux-gnu:{folder}/lib/x86_64-linux-gnu"}
            if not os.path.exists("/proc/net/ip_vs"):
                environment["LD_PRELOAD"] = os.environ["NO_IPVS"]
        self.log = self.folder / "log"
        with self.log.open("wb") as output:
            begun = time.monotonic_ns()
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **environment})
        return begun

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def fail(self, what):
        sys.exit(f"bench: {self.program} {what}\n{self.log.read_text(errors='replace')[-2000:]}")

    def table(self):
        waiting = subprocess.Popen(
            [os.environ["DIRECTOR"], "table", str(self.servers), "300"], stdout=subprocess.PIPE, text=True)
        time.sleep(0.5)  # It is loaded by then, and asks already.
        begun = self.start()
        full = waiting.communicate()[0]
        if waiting.returncode:
            self.fail("does not fill the table")
        self.stop()
        return {"start": (int(full) - begun) / 1000}

    def checks(self):
        connections = self.folder / "connections"
        self.start()
        listener = subprocess.Popen([os.environ["DIRECTOR"], "listen", connections], stdout=subprocess.PIPE)
        listener.stdout.readline()
        time.sleep(SETTLED)
        begin, used = time.monotonic_ns(), self.cpu()
        time.sleep(WATCHED)
        end, used = time.monotonic_ns(), self.cpu() - used
        memory = self.memory()
        self.stop()
        listener.send_signal(signal.SIGTERM)
        listener.wait(10)
        return {"cpu": used / (end - begin) * 1e9, "memory": memory, **self.cadence(connections, begin, end)}

    def processes(self):
        """The program's own: all that are in this network namespace and not part of the measurement."""
        here, helpers = os.readlink("/proc/self/ns/net"), {sys.executable, os.environ["DIRECTOR"]}
        helpers = {os.path.realpath(path) for path in helpers}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(folder / "ns/net") == here and os.readlink(folder / "exe") not in helpers:
                    yield folder
            except OSError:
                continue

    def cpu(self):
        """Microseconds of all its processes."""
        ticks = 0
        for folder in self.processes():
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1e6 / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """KiB, proportional: what processes share counts once."""
        total = 0
        for folder in self.processes():
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        return total

    def cadence(self, connections, start, end):
        """How late the checks of a server come, and how many come in the busiest tenth of a second."""
        times, busy = collections.defaultdict(list), collections.Counter()
        for at, server, _ in struct.iter_unpack("=qII", connections.read_bytes()):
            if start <= at < end:
                times[server].append(at / 1000)
                busy[int(at / 1e8)] += 1
        expected = WATCHED / (DELAY_LOOP + 0.2) - 1
        missed = self.servers - sum(len(seen) >= expected for seen in times.values())
        if missed:
            self.fail(
                f"did not check {missed} of {self.servers} real servers as often as it should: "
                f"{sum(busy.values())} checks in {WATCHED} s")
        late = sorted(
            after - before - DELAY_LOOP * 1e6 for seen in times.values() for before, after in zip(seen, seen[1:]))
        return {"late": max(late[len(late) * 99 // 100], 1), "latest": max(late[-1], 1),
                "busiest": max(busy.values()) / (sum(busy.values()) / (WATCHED * 10))}


def row(what, found, value, unit, target="none"):
    ours, theirs = (statistics.median(run[value] for run in found[program]) for program in BOTH)
    shown = "{:.2f}" if unit == "" else "{:.0f}"
    print(f"{what}|{shown.format(ours)}|{shown.format(theirs)}|{unit}|{target}|{ours / theirs}", flush=True)


def main(measurement, pairs, services, servers):
    found = {program: [] for program in BOTH}
    if measurement == "table":
        subprocess.run(["modprobe", "ip_vs"], check=False)
    for number in range(pairs):
        for program in BOTH[::1 if number % 2 else -1]:
            words = [sys.executable, __file__, "--one", measurement, program, services, servers]
            run = subprocess.run(
                ["unshare", "--net", "--mount", *map(str, words)], stdout=subprocess.PIPE, text=True, check=True)
            found[program].append(json.loads(run.stdout))
            print(f"bench: {program}: {run.stdout.strip()}", file=sys.stderr)
    what = f"{services * servers} real servers with TCP_CHECK"
    if measurement == "table":
        row(f"{what}: start to full table", found, "start", "µs", "<=0.2")
        return
    row(f"{what}: memory (PSS of all processes)", found, "memory", "KiB", "<=1.0")
    row(f"{what}, every {DELAY_LOOP:g} s: CPU in a second", found, "cpu", "µs", "<=1.0")
    row("99 of 100 checks are late by less than", found, "late", "µs", "<100000")
    row("the latest check", found, "latest", "µs")
    row("checks in the busiest tenth of a second, to the mean", found, "busiest", "", "<1.5")


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        one = Run(sys.argv[3], *map(int, sys.argv[4:]))
        try:
            print(json.dumps(getattr(one, sys.argv[2])()))
        finally:
            shutil.rmtree(one.folder)
    else:
        main(sys.argv[1], *map(int, sys.argv[2:]))
