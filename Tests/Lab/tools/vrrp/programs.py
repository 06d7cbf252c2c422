"""The programs that a node can run, all from one description of the virtual router."""
import contextlib
import datetime
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


# What a program finds in its /etc: names, and nothing of this machine's services.
ETC = ["passwd", "group", "nsswitch.conf", "hosts", "protocols", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
       "alternatives", "iproute2", "localtime"]

# Its own /run, /etc and /var, and then the program; `ip netns exec` has made a mount namespace already.
WRAPPER = 'for d in run etc var; do mount --bind "$0/$d" "/$d" || exit; done; exec "$@"'


@dataclass
class Router:
    """The virtual router that all nodes of a case share; intervals in seconds."""

    version: int = 2
    family: int = 4
    vrid: int = 51
    interval: float = 1
    addresses: tuple = ()
    authentication: tuple = ()
    unicast: bool = False
    lines: tuple = ()

    def __post_init__(self):
        if not self.addresses:
            self.addresses = ("10.9.0.100",) if self.family == 4 else ("fe80::64", "2001:db8::64")

    def skew(self, priority, interval=None):
        """Seconds from a priority 0 to the take-over; `interval` is the one that was learned (version 3)."""
        scale = 1 if self.version == 2 else interval or self.interval
        return (256 - priority) / 256 * scale

    def down(self, priority, interval=None):
        return 3 * (interval or self.interval) + self.skew(priority, interval)


@dataclass
class Settings:
    """What is one node's own of it."""

    priority: int
    interval: float = 0
    preempts: bool = True
    peers: tuple = ()
    source: str = ""
    lines: tuple = ()


def configuration(*instances):
    """As keepalived and vrrpctl read it; `instances` are pairs of a Router and the node's Settings."""
    texts = [instance(f"VI_{number}", *pair) for number, pair in enumerate(instances, 1)]
    return "global_defs {\n    router_id node\n}\n" + "".join(texts)


def instance(name, router, settings):
    seconds = settings.interval or router.interval
    prefix = "" if router.family == 4 else "/64"
    lines = [
        "interface eth0", "state BACKUP", f"version {router.version}", f"virtual_router_id {router.vrid}",
        f"priority {settings.priority}", f"advert_int {seconds:g}"]
    if not settings.preempts:
        lines.append("nopreempt")
    if router.authentication:
        kind, password = router.authentication
        lines += ["authentication {", f"    auth_type {kind}", f"    auth_pass {password}", "}"]
    if router.unicast:
        lines += [f"unicast_src_ip {settings.source}", "unicast_peer {", *settings.peers, "}"]
    lines += ["virtual_ipaddress {", *(address + prefix for address in router.addresses), "}"]
    lines += [*router.lines, *settings.lines]
    body = "\n".join("    " + line for line in lines)
    return f"vrrp_instance {name} {{\n{body}\n}}\n"


class Program:
    """A program on a node. `folder` is the node's: its /run, /etc and /var, its configuration and its log."""

    def __init__(self, net, node, work):
        self.net, self.node = net, node
        self.folder = Path(work) / net.label / node
        for name in ("run", "etc", "var"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "var/tmp").mkdir(exist_ok=True)
        (self.folder / "etc/keepalived").mkdir(exist_ok=True)
        for name in ETC:
            source, target = Path("/etc", name), self.folder / "etc" / name
            if source.is_dir():
                shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
            elif source.exists() and not target.exists():
                shutil.copy(source, target)
        self.file = self.folder / "etc/keepalived/keepalived.conf"
        self.log = self.folder / "log"
        self.process = None

    def spawn(self, *words, environment=None):
        """Starts it in the node; the process that is returned is the program itself."""
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                ["ip", "netns", "exec", self.net.namespace(self.node), "sh", "-c", WRAPPER, self.folder, *words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **(environment or {})},
                cwd="/", start_new_session=True)

    def write(self, text):
        self.file.write_text(text)

    def configure(self, router, settings):
        self.write(configuration((router, settings)))

    def start(self):
        self.started = time.time()
        self.process = self.spawn(*self.command(), environment=self.environment())

    def command(self):
        raise NotImplementedError

    def environment(self):
        return {}

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self, seconds=8):
        """As an operator stops it; gives the time of that."""
        at = time.time()
        self.signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return at

    def terminate(self):
        """The same without waiting for its end."""
        self.signal(signal.SIGTERM)

    def kill(self):
        """The node's power is off: nothing of it runs any more."""
        at = time.time()
        self.net.kill(self.node)
        self.process.wait()
        return at

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def memory(self):
        """KiB that all its processes have written to and have alone. Code that is used for the first time, such as that
        of an answer on the control socket, is no part of it."""
        total = 0
        for number in self.net.processes(self.node):
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines():
                    if line.startswith("Private_Dirty:"):
                        total += int(line.split()[1])
        return total

    def children(self, parent=None):
        parent = parent or self.process.pid
        found = []
        for number in self.net.processes(self.node):
            with contextlib.suppress(OSError):
                if int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(number)
        return found


class Keepalived(Program):
    name = "keepalived"

    def command(self):
        return [f"{os.environ['KEEPALIVED']}/usr/sbin/keepalived", "-n", "-l", "-G", "-D", "-P"]

    def environment(self):
        return libraries(os.environ["KEEPALIVED"])


class KeepalivedSessions(Keepalived):
    """With its process for BFD, too."""

    name = "keepalived with BFD"

    def command(self):
        return [word for word in super().command() if word != "-P"]


class Ours(Program):
    name = "ours"
    options = ()

    @property
    def socket(self):
        return self.folder / "run/vrrpctl/control.sock"

    def ask(self, request):
        """What it answers on its control socket."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(3)
            connection.connect(str(self.socket))
            connection.sendall(json.dumps({"version": 1, "request": request}).encode() + b"\n")
            return json.loads(connection.makefile().readline())

    def command(self):
        return [os.environ["VRRPCTL"], "run", "-f", "/etc/keepalived/keepalived.conf", *self.options]


class OursTelling(Ours):
    """Its log can be read by a program."""

    name = "ours, telling"
    options = ("--log-format", "json", "--log-level", "debug")

    def told(self, event, since=0.0, **fields):
        """The lines about that event, with the time as a number."""
        found = []
        for line in self.log.read_text(errors="replace").splitlines():
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                entry["time"] = datetime.datetime.fromisoformat(entry["time"].replace("Z", "+00:00")).timestamp()
                if entry["event"] == event and entry["time"] >= since and fields.items() <= entry.items():
                    found.append(entry)
        return found


class FRRDaemon(Program):
    """zebra and one more of FRR's daemons. Both run as root: there is no user frr here."""

    main = ""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        (self.folder / "run/frr").mkdir(exist_ok=True)
        (self.folder / "etc/frr").mkdir(exist_ok=True)
        with open(self.folder / "etc/group", "a", encoding="ascii") as groups:
            groups.write("frrvty:x:9999:root\nfrr:x:9998:root\n")

    def daemon(self, name, *words):
        folder = os.environ["FRR"]
        return self.spawn(
            f"{folder}/usr/lib/frr/{name}", "-u", "root", "-g", "root", "-f", f"/etc/frr/{name}.conf", "-P", "0",
            "-i", f"/run/frr/{name}.pid", "-z", "/run/frr/zserv.api", "--vty_socket", "/run/frr",
            "--log", "stdout", "--moduledir", f"{folder}/usr/lib/x86_64-linux-gnu/frr/modules", *words,
            environment=libraries(folder, "frr"))

    def start(self):
        if not (self.folder / "run/frr/zserv.api").exists():
            self.zebra = self.daemon("zebra")
            deadline = time.monotonic() + 10
            while not (self.folder / "run/frr/zserv.api").exists() and time.monotonic() < deadline:
                time.sleep(0.02)
        self.started = time.time()
        self.process = self.daemon(self.main)


class Bfdd(FRRDaemon):
    name = "bfdd"
    main = "bfdd"

    def configure_peers(self, peers):
        """`peers`: pairs of what follows `peer`, and the lines of that peer."""
        text = "".join(
            f" peer {words}\n" + "".join(f"  {line}\n" for line in lines) + " !\n" for words, lines in peers)
        (self.folder / "etc/frr/bfdd.conf").write_text(f"bfd\n{text}!\n")
        (self.folder / "etc/frr/zebra.conf").write_text("")

    def daemon(self, name, *words):
        return super().daemon(name, *words, *(["--bfdctl", "/run/frr/bfdd.sock"] if name == "bfdd" else []))

    def peers(self):
        """What it shows of its sessions, by the address of the other end; empty as long as it does not answer."""
        with contextlib.suppress(OSError, ValueError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(3)
            connection.connect(str(self.folder / "run/frr/bfdd.vty"))
            self.ask(connection, "enable")
            return {peer["peer"]: peer for peer in json.loads(self.ask(connection, "show bfd peers json"))}
        return {}

    @staticmethod
    def ask(connection, command):
        """As vtysh does: the command with a zero, then the answer, three zeros and a status."""
        connection.sendall(command.encode() + b"\0")
        answer = b""
        while answer[-4:-1] != b"\0\0\0":
            piece = connection.recv(65536)
            if not piece:
                break
            answer += piece
        return answer[:-4].decode()


class FRR(FRRDaemon):
    """vrrpd, and the macvlan that it expects to find."""

    name = "frr"
    main = "vrrpd"

    def configure(self, router, settings):
        family = "ip" if router.family == 4 else "ipv6"
        milliseconds = round((settings.interval or router.interval) * 1000)
        word = f"vrrp {router.vrid}"
        lines = [f"{word} version {router.version}", f"{word} priority {settings.priority}",
                 f"{word} advertisement-interval {milliseconds}"]
        if not settings.preempts:
            lines.append(f"no {word} preempt")
        lines += [f"{word} {family} {address}" for address in router.addresses]
        (self.folder / "etc/frr/vrrpd.conf").write_text("interface eth0\n" + "\n".join(f" {line}" for line in lines))
        (self.folder / "etc/frr/zebra.conf").write_text("")
        number = "01" if router.family == 4 else "02"
        prefix = 24 if router.family == 4 else 64
        own = [f"fe80::5:{ord(self.node)}"] if router.family == 6 else []  # what it is to send from
        addresses = [f"address add {address}/{prefix} dev vr0" + (" nodad" if prefix == 64 else "")
                     for address in (*router.addresses, *own)]
        self.net.batch(self.node, [
            "link add vr0 link eth0 type macvlan mode bridge",
            f"link set vr0 addrgenmode none address 00:00:5e:00:{number}:{router.vrid:02x}",
            *addresses, "link set vr0 up"])


def libraries(folder, *below):
    base = [f"{folder}/usr/lib/x86_64-linux-gnu", f"{folder}/lib/x86_64-linux-gnu"]
    return {"LD_LIBRARY_PATH": ":".join([*(f"{base[0]}/{name}" for name in below), *base])}


PROGRAMS = {program.name: program for program in (Keepalived, KeepalivedSessions, Ours, OursTelling, FRR, Bfdd)}

