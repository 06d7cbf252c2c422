"""python3 Tests/Lab/tools/web [--only TEXT] [--program keepalived|ours]: what checks make of servers' answers.

Every case has a server of its own, which is a real server of one configuration. keepalived and our program run on it in
turn; in the end the kernel's table says which servers passed. Both must have asked the same, and the verdicts are those
of the table in cases.py.

Environment: VRRPCTL, our program; KEEPALIVED, the folder where keepalived was unpacked. With KEEP, a folder where
configuration, logs and certificates stay. Prints a line for each check: ok or FAIL, a tabulator, its name.
"""
import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
import cases  # noqa: E402 pylint: disable=wrong-import-position
import certificates  # noqa: E402 pylint: disable=wrong-import-position
from server import Server  # noqa: E402 pylint: disable=wrong-import-position

# Each check is made once; then there is nothing left to be done before this has passed.
DELAY = 600
# The first checks are spread over that many seconds: the machine is small.
SPREAD = 18
LONGEST = 60


def place(case):
    return f"[{case.address}]:{case.port}" if ":" in case.address else f"{case.address}:{case.port}"


def lines_of(case):
    yield f"real_server {case.address} {case.port} {{"
    yield from case.outer
    yield case.keyword + " {"
    yield from case.check
    for page in case.pages:
        yield "url {"
        if not any(line.startswith("path ") for line in page):
            yield "path /"
        # keepalived compiles equal expressions once, and the checks that share one disturb each other.
        yield from (re.sub('^(regex ".*)"$', f'\\1(?#{case.port})"', line) for line in page)
        yield "}"
    yield from "}}"


def configuration(chosen, folder, group):
    lines = ["global_defs {", "router_id web", "}"]
    if group == "credentials":
        lines += ["SSL {", f"certificate {folder}/client.pem", f"key {folder}/client.locked",
                  f'password "{certificates.PASSWORD}"', f"ca {folder}/authority.pem", "}"]
    for family, address in ((4, "10.99.0.1"), (6, "fd99::1")):
        servers = [line for case in chosen if (":" in case.address) == (family == 6) for line in lines_of(case)]
        if servers:
            # Alpha: only a server that has passed is in the table.
            lines += [f"virtual_server {address} 80 {{", "alpha", f"delay_loop {DELAY}", f"delay_before_retry {DELAY}",
                      f"warmup {SPREAD}", "lb_algo rr", "lb_kind NAT", "protocol TCP", *servers, "}"]
    return "\n".join(lines) + "\n"


def command(program, path):
    if program == "keepalived":
        folder = os.environ["KEEPALIVED"]
        libraries = f"{folder}/lib/x86_64-linux-gnu:{folder}/usr/lib/x86_64-linux-gnu"
        return ([f"{folder}/usr/sbin/keepalived", "-n", "-l", "-G", "-D", "-C", "-f", path],
                {**os.environ, "LD_LIBRARY_PATH": libraries})
    # A socket of its own: what a run before it has found is not known to it.
    socket = f"{path}.{time.monotonic_ns()}.sock"
    return [os.environ["VRRPCTL"], "run", "-f", path, "--log-level", "info", "--socket", socket], None


def run(program, chosen, servers, folder, group):
    """Returns which places are in the table when every server was asked."""
    path = folder / f"{group}.conf"
    path.write_text(configuration(chosen, folder, group))
    for server in servers:
        server.forget()
    subprocess.run(["ipvsadm", "-C"], check=True)
    words, environment = command(program, str(path))
    with open(folder / f"{program}-{group}.log", "wb") as log:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        try:
            deadline = time.monotonic() + LONGEST
            while time.monotonic() < deadline and process.poll() is None:
                time.sleep(0.2)
                if all(server.is_done for server in servers):
                    # What the last one said is still on its way into the table.
                    time.sleep(1.5)
                    break
            table = subprocess.run(["ipvsadm", "-Sn"], check=True, capture_output=True, text=True).stdout
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
    subprocess.run(["ipvsadm", "-C"], check=True)
    return set(re.findall(r" -r (\S+)", table))


def observed(case, server, living):
    seen = {"verdict": "passes" if place(case) in living else "fails"}
    if server.begun < case.asked:
        seen["verdict"] = f"was asked {server.begun} times"
    if case.shows:
        seen["requests"] = b"".join(server.requests[:4])
        seen["server name"] = server.names[:1]
        seen["client"] = server.peers[:1]
    return seen


def compare(programs, triples, folder, group):
    """Has the programs check the servers in turn; `triples` are a case, its server and what is seen of it."""
    chosen, servers, _ = zip(*triples)
    for program in programs:
        living = run(program, chosen, servers, folder, group)
        for case, server, seen in triples:
            seen[program] = observed(case, server, living)


def expected(case, program):
    passes = case.passes if program == "keepalived" or case.ours is None else case.ours
    return "passes" if passes else "fails"


def faults_of(case, seen):
    faults = []
    for program, result in seen.items():
        if result["verdict"] != expected(case, program):
            faults.append(f"{program}: {result['verdict']}, and not {expected(case, program)}")
    if len(seen) == 2 and not case.differs:
        first, second = seen["keepalived"], seen["ours"]
        faults += [f"{key}: {first[key]!r} from keepalived, {second[key]!r} from ours"
                   for key in first if key != "verdict" and first[key] != second[key]]
    return faults


def report(case, seen):
    faults = faults_of(case, seen)
    print("FAIL" if faults else "ok", f"{case.name}{': ' if faults else ''}{'; '.join(faults)}", sep="\t", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="", help="only the cases with that in their name (a pattern)")
    parser.add_argument("--program", choices=["keepalived", "ours"], action="append")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("KEEP") or temporary)
        certificates.make(folder)
        for group in ("plain", "credentials", "alone"):
            chosen = [case for case in cases.cases() if case.group == group and re.search(options.only, case.name)]
            for number, case in enumerate(chosen):
                case.port = case.port or 20000 + number
            servers = [Server(case, folder) for case in chosen]
            seen = [{} for _ in chosen]
            triples = list(zip(chosen, servers, seen))
            # What a busy machine has spoiled is checked once more, by both.
            for _ in range(2):
                if triples:
                    compare(options.program or ["keepalived", "ours"], triples, folder, group)
                triples = [triple for triple in triples if faults_of(triple[0], triple[2])]
            for case, result in zip(chosen, seen):
                report(case, result)
            for server in servers:
                server.close()
    print("END")


main()
