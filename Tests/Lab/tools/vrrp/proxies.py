"""nginx and HAProxy made highly available without LVS: the process dies, the address moves, and a client waits.

Every node is a host of its own, with its processes: the same proxy runs on both, and what tracks it must see the one
of its own node only.
"""
import os
import signal
import subprocess
import time
from pathlib import Path

import asking
from programs import PROGRAMS, WRAPPER, libraries
from runbooks import A, B, FIRST, VIRTUAL, script, text

# The node's first process: everything else of the node is started into its namespaces.
FIRST_PROCESS = WRAPPER.replace("exec", "mount -t proc proc /proc; exec") + " sleep infinity"


class Host:
    """A node with processes of its own: /proc shows them and no others."""

    def __init__(self, case, node, program):
        self.case, self.node = case, node
        self.program = PROGRAMS[program](case.net, node, case.work)
        case.nodes[node] = self.program
        for name in ("var/log/nginx", "var/lib/nginx"):
            (self.program.folder / name).mkdir(parents=True, exist_ok=True)
        self.first = subprocess.Popen(
            ["ip", "netns", "exec", case.net.namespace(node), "unshare", "--pid", "--mount", "--fork", "--kill-child",
             "sh", "-c", FIRST_PROCESS.replace('"$@"', ""), self.program.folder],
            stdin=subprocess.DEVNULL, cwd="/", start_new_session=True)
        self.init = self.wait_for(lambda: self.children(self.first.pid))[0]
        self.wait_for(lambda: Path(f"/proc/{self.init}/comm").read_text().strip() == "sleep")
        self.program.spawn = self.spawn
        self.program.signal = lambda number: self.signal(self.program.process, number)

    @staticmethod
    def wait_for(found):
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            if result := found():
                return result
            time.sleep(0.01)
        raise TimeoutError

    @staticmethod
    def children(process):
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]

    def enter(self, *words):
        return ["nsenter", "-t", str(self.init), "--net", "--pid", "--mount", "--wd=/", *map(str, words)]

    def spawn(self, *words, environment=None):
        with open(self.program.log, "ab") as log:
            return subprocess.Popen(
                self.enter(*words), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **(environment or {})}, cwd="/", start_new_session=True)

    def signal(self, process, number):
        """To the program, which is the child of the one that went into the namespaces."""
        for child in self.wait_for(lambda: self.children(process.pid)):
            os.kill(child, number)

    def run(self, *words, environment=None):
        done = subprocess.run(
            self.enter(*words), text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False, env={**os.environ, **(environment or {})})
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.stdout.strip()}")

    def processes(self, name):
        """Their numbers here, whatever they are in the node."""
        return [number for number in self.case.net.processes(self.node) if comm(number) == name]


def comm(number):
    try:
        return Path(f"/proc/{number}/comm").read_text().strip()
    except OSError:
        return None


class Proxy:
    """One of the two on a host; it answers every request with the node's letter."""

    def __init__(self, host):
        self.host = host
        (host.program.folder / f"etc/{self.name}.conf").write_text(self.configuration(host.node))

    def start(self):
        self.host.run(self.binary, *self.options, environment=libraries(self.folder))

    @property
    def folder(self):
        return os.environ[f"{self.name.upper()}_FOLDER"]

    @property
    def binary(self):
        return f"{self.folder}/usr/sbin/{self.name}"

    def master(self):
        return int((self.host.program.folder / "run/proxy.pid").read_text().split()[0])

    def kill(self):
        """All its processes at once, as when memory is short: gives the time of that."""
        at = time.time()
        for process in self.host.processes(self.name):
            os.kill(process, signal.SIGKILL)
        return at


class Nginx(Proxy):
    name = "nginx"
    options = ("-c", "/etc/nginx.conf")

    @staticmethod
    def configuration(node):
        return f"""user root;
pid /run/proxy.pid;
worker_processes 2;
error_log /var/log/nginx/error.log;
events {{ }}
http {{
    access_log off;
    server {{
        listen 80;
        location / {{ return 200 "{node}"; }}
    }}
}}
"""

    def reload(self):
        self.host.run(self.binary, *self.options, "-s", "reload", environment=libraries(self.folder))


class HAProxy(Proxy):
    name = "haproxy"
    options = ("-W", "-D", "-f", "/etc/haproxy.conf", "-p", "/run/proxy.pid")

    @staticmethod
    def configuration(node):
        return f"""global
    stats socket /run/haproxy.sock expose-fd listeners
defaults
    mode http
    timeout client 5s
    timeout connect 5s
    timeout server 5s
frontend web
    bind :80
    http-request return status 200 content-type text/plain string "{node}"
"""

    def reload(self):
        self.host.run("kill", "-USR2", self.master())


PROXIES = {proxy.name: proxy for proxy in (Nginx, HAProxy)}


def configuration_of(tracking, proxy, priority):
    """Two nodes that differ in their priority, one second between advertisements."""
    kinds = {
        "track_process": (
            f"vrrp_track_process proxy {{\n    process {proxy}\n}}\n", "track_process {\n        proxy\n    }"),
        "track_script": (
            'vrrp_script proxy {\n    script "/etc/keepalived/check_web.sh"\n    interval 1\n}\n',
            "track_script {\n        proxy\n    }"),
    }
    definition, use = kinds[tracking]
    return f"""global_defs {{
    router_id node
    script_user root
    enable_script_security
}}
{definition}
vrrp_instance VI_1 {{
    interface eth0
    virtual_router_id 50
    priority {priority}
    advert_int 1
    {use}
    virtual_ipaddress {{
        {VIRTUAL}
    }}
}}
"""


class Site:
    """Two hosts with the proxy and the program under test, and a client that asks all the time."""

    def __init__(self, case, program, proxy, a, b):
        self.case = case
        case.network("abx", prefixes=["10.0.0"], deaf="x")
        case.virtual = (VIRTUAL,)
        self.hosts = {node: Host(case, node, program) for node in "ab"}
        self.proxies = {node: PROXIES[proxy](host) for node, host in self.hosts.items()}
        for (node, host), words in zip(self.hosts.items(), (a, b)):
            host.program.write(words)
            script(host.program, "check_web.sh", f"exec pidof {proxy}\n")
            self.proxies[node].start()
        for host in self.hosts.values():
            host.program.start()
        self.asking = None

    def serve(self, node, seconds):
        case = self.case
        case.expect(f"the address is on {node}", lambda: {VIRTUAL} <= case.net.addresses(node), seconds)
        if self.asking is None:
            self.asking = asking.Requests(case.net, "x", VIRTUAL)
        case.expect(f"clients are answered by {node}", lambda: self.asking.last() == node, 2)

    def arrivals(self, node, since):
        """When the address came to the node."""
        return [c.time for c in list(self.case.net.changes)
                if c.node == node and c.address == VIRTUAL and c.present and c.time >= since]

    def dies(self, what, seconds):
        """a's proxy is killed; tells what the client saw."""
        case = self.case
        died = self.proxies["a"].kill()
        case.expect(f"{what}: the address comes to b", lambda: self.arrivals("b", died), seconds)
        case.expect(f"{what}: b answers", lambda: self.asking.answered("b", died), 2)
        moved, first = self.arrivals("b", died)[0] - died, self.asking.answered("b", died)[0] - died
        case.expect(f"{what}: it is not on a any more", lambda: VIRTUAL not in case.net.addresses("a"), 1)
        case.check(f"{what}: the address is on b after {moved * 1000:.0f} ms, its first answer comes after "
                   f"{first * 1000:.0f} ms", first < seconds)
        return died

    def returns(self, what, seconds):
        case = self.case
        began = time.time()
        self.proxies["a"].start()
        case.expect(f"{what}: the address comes back", lambda: VIRTUAL in case.net.addresses("a"), seconds)
        case.expect(f"{what}: a answers again", lambda: self.asking.answered("a", began), 2)
        took = self.asking.answered("a", began)[0] - began
        time.sleep(0.2)
        lost = self.asking.lost(began + 0.05)
        case.check(f"{what}: a's first answer comes {took * 1000:.0f} ms after the start, {len(lost)} requests fail",
                   len(lost) <= 3, lost)

    def end(self):
        self.asking.end()
        for node, host in self.hosts.items():
            host.program.stop()
            self.case.check(f"{node} stops", not host.program.is_running())
            host.first.kill()
            host.first.wait()
        self.case.in_order()


def runbook(case, program, proxy):
    """04 as it stands: the script is asked every 2 s, two failures take 60 from the priority."""
    site = Site(case, program, proxy, text("04"), text("02-backup", auth_pass="password"))
    site.serve("a", 8)
    # Two failures 2 s apart, then b waits until a, which is weaker now, is to be down.
    site.dies("the process dies", 4 + FIRST.down(B) + 1)
    site.returns("the process is back", 2 + FIRST.down(A) + 1)
    site.end()


def tracked(case, program, proxy, tracking):
    site = Site(case, program, proxy, *(configuration_of(tracking, proxy, priority) for priority in (A, B)))
    site.serve("a", 8)
    began = time.time()
    for _ in range(3):
        site.proxies["a"].reload()
        time.sleep(1.2)
    changes = [c for c in list(case.net.changes) if c.address == VIRTUAL and c.time >= began]
    case.equal(f"{proxy} is reloaded three times: the address stays", [], changes)
    case.check("and clients notice nothing of it", not site.asking.lost(began), site.asking.lost(began))
    case.check("and a goes on answering", site.asking.answered("a", began))
    # A second until it is noticed, and b takes over when it hears a resign.
    site.dies("the process dies", 1 + FIRST.skew(B) + 1)
    site.returns("the process is back", 1 + FIRST.down(A) + 1.5)
    site.end()


def cases(ours):
    found = []
    for proxy in PROXIES:
        for program in dict.fromkeys([ours, "keepalived"]):
            found.append((f"runbook 04, {proxy}, {program}", lambda c, p=program, x=proxy: runbook(c, p, x)))
            found.append((f"track_script, {proxy}, {program}",
                          lambda c, p=program, x=proxy: tracked(c, p, x, "track_script")))
        # The kernel tells of processes in its first network namespace only. keepalived's track_process stays in FAULT
        # in any other, as in a container.
        found.append((f"track_process, {proxy}, {ours}", lambda c, x=proxy: tracked(c, ours, x, "track_process")))
    return found
