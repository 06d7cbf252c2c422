"""Hosts on one Ethernet segment, each a network namespace: what the labs of the director stand on."""
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import network
from network import inside, run


class Ground:
    """The switch is a bridge in a namespace of its own; hosts have eth0 on it, and more if they ask for it.

    It is what vrrp's Program asks of the place where it lives.
    """

    def __init__(self, label):
        self.label, self.names = label, []
        network.networks.add(self)

    def switch(self):
        self.add("switch")
        self.batch("switch", ["link add lan type bridge forward_delay 0 mcast_snooping 0", "link set lan up"])

    def host(self, name, *interfaces):
        """For each interface the list of its addresses. Its port at the switch has the host's name and that number."""
        self.add(name)
        self.settings(name, {
            f"{family}/conf/{which}/{what}": 0 for which in ("all", "default") for family, what in (
                ("ipv6", "accept_dad"), ("ipv6", "accept_ra"), ("ipv6", "accept_redirects"), ("ipv4", "rp_filter"),
                ("ipv4", "accept_redirects"))})
        lines = ["link set lo up"]
        for number, addresses in enumerate(interfaces):
            port = f"{name}{number}"
            self.batch("switch", [f"link add {port} type veth peer name eth{number} netns {self.namespace(name)}",
                                  f"link set {port} master lan up"])
            lines += [f"link set eth{number} up", *(
                f"address add {one} dev eth{number}" + (" nodad" if ":" in one else "") for one in addresses)]
        self.batch(name, lines)

    def add(self, name):
        run("ip", "netns", "add", self.namespace(name))
        self.names.append(name)

    def settings(self, name, values):
        with inside(self.namespace(name)):
            for key, value in values.items():
                Path("/proc/sys/net", key).write_text(str(value), encoding="ascii")

    def batch(self, node, lines):
        run("ip", "-n", self.namespace(node), "-batch", "-", input="\n".join(lines) + "\n")

    def do(self, node, command):
        """As an operator types it on that host."""
        return run("ip", "netns", "exec", self.namespace(node), "sh", "-c", command)

    def namespace(self, node):
        return f"{self.label}-{node}"

    def addresses(self, node):
        lines = run("ip", "-n", self.namespace(node), "-o", "address", "show").splitlines()
        return {line.split()[3].split("/")[0] for line in lines}

    def processes(self, node):
        return [int(word) for word in run("ip", "netns", "pids", self.namespace(node)).split()]

    def kill(self, node):
        """All processes of the node, so that none can start another one before its own turn comes."""
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in self.processes(node):
                with suppress(ProcessLookupError):
                    os.kill(process, number)

    def remove(self):
        for name in reversed(self.names):
            with suppress(RuntimeError):
                self.kill(name)
        time.sleep(0.05)
        for name in reversed(self.names):
            subprocess.run(["ip", "netns", "delete", self.namespace(name)], check=False)
        network.networks.discard(self)
