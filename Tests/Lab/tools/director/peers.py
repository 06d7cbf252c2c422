"""Real servers as Debian ships them, unpacked: nginx, haproxy, exim and dnsmasq, each with a file of a few lines."""
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from network import inside
from programs import libraries


class Peer:
    """A server on a node of the LAN; `folder` holds what it writes."""

    def __init__(self, lan, node, work, name):
        self.lan, self.node = lan, node
        self.folder = Path(work) / node / name
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o755)
        self.process = None

    package = ""

    def command(self):
        raise NotImplementedError

    def start(self):
        folder = os.environ[self.package]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.lan.namespace(self.node), *self.command()], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, cwd="/", start_new_session=True, env={**os.environ, **libraries(folder)})

    def path(self, program):
        return f"{os.environ[self.package]}/usr/sbin/{program}"

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """It holds its sockets, and answers nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def wait(self, address, port, seconds=40):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with inside(self.lan.namespace(self.node)):
                asking = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
            with asking:
                asking.settimeout(1)
                if asking.connect_ex((address, port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{self.package} does not listen on port {port}: {(self.folder / 'log').read_text()[-600:]}")


class Nginx(Peer):
    """One process. Files in its folder make a port do otherwise: `bad-PORT` answer 503, `other-PORT` show another page,
    `gone-PORT` have no /mrtg/. `slow` ports are passed on to 127.0.0.1:9000; `tls` ports read the certificate of the
    name `now` at every handshake; `host` is the only name that is known."""

    package = "NGINX_FOLDER"

    def configure(self, ports, slow=(), tls=(), options="", host=""):
        def server(port):
            # Everybody's page is the server's name.
            lines = [f"listen {port}{' ssl' if port in tls else ''}{options};",
                     f"listen [::]:{port}{' ssl' if port in tls else ''}{options};", "default_type text/plain;",
                     f'if (-f "{self.folder}/bad-{port}") {{ return 503; }}',
                     f'if (-f "{self.folder}/other-{port}") {{ return 200 "other\\n"; }}']
            if port in tls:
                lines += [f"ssl_certificate {self.folder}/$now.pem;", f"ssl_certificate_key {self.folder}/$now.pem;"]
            lines.append(f'location /mrtg/ {{ if (-f "{self.folder}/gone-{port}") {{ return 404; }} '
                         'return 200 "mrtg\\n"; }')
            if host:
                lines.append(f"if ($http_host !~ ^{host}) {{ return 404; }}")
            lines.append("location / { proxy_pass http://127.0.0.1:9000; }" if port in slow
                         else f'location / {{ return 200 "{self.node}\\n"; }}')
            return "server {\n" + "\n".join(lines) + "\n}\n"

        (self.folder / "nginx.conf").write_text(
            f"user root;\ndaemon off;\nmaster_process off;\npid {self.folder}/pid;\nerror_log stderr;\n"
            "events { worker_connections 512; }\nhttp {\naccess_log off;\nkeepalive_timeout 0;\n"
            "map $ssl_server_name $now { default now; } # only a name with a variable is read at each handshake\n"
            + "".join(f"{kind}_temp_path {self.folder}/{kind};\n"
                      for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
            + "".join(map(server, ports)) + "}\n")
        return self

    def command(self):
        return [self.path("nginx"), "-p", str(self.folder), "-c", f"{self.folder}/nginx.conf", "-e", "stderr"]


class HAProxy(Peer):
    package = "HAPROXY_FOLDER"

    def configure(self, ports, tls=()):
        binds = "".join(f"    bind :::{port} v4v6{f' ssl crt {self.folder}/now.pem' if port in tls else ''}\n"
                        for port in ports)
        (self.folder / "haproxy.cfg").write_text(
            "global\n    maxconn 400\n    nbthread 1\n    tune.ssl.default-dh-param 2048\n"
            "defaults\n    mode http\n    timeout client 10s\n    timeout http-request 10s\n"
            f"frontend all\n{binds}"
            f'    http-request return status 200 content-type text/plain string "{self.node}\\n"\n')
        return self

    def command(self):
        return [self.path("haproxy"), "-db", "-q", "-f", f"{self.folder}/haproxy.cfg"]


class Exim(Peer):
    """The file `deny` in its folder makes it answer 550 to everybody, `defer` 451."""

    package = "EXIM_FOLDER"

    def configure(self, port):
        self.port = port
        (self.folder / "exim.conf").write_text(
            f"primary_hostname = mail.example.com\nspool_directory = {self.folder}/spool\n"
            f"log_file_path = {self.folder}/%slog\npid_file_path = {self.folder}/pid\n"
            "exim_user = root\nexim_group = root\n"
            f"never_users =\nhost_lookup =\nrfc1413_query_timeout = 0s\ndaemon_smtp_ports = {port}\n"
            "acl_smtp_connect = greet\ntls_advertise_hosts =\nkeep_environment =\nqueue_only = true\n"
            f"begin acl\ngreet:\n  deny condition = ${{if exists{{{self.folder}/deny}}}}\n"
            f"  defer condition = ${{if exists{{{self.folder}/defer}}}}\n  accept\n")
        return self

    def command(self):
        """It wants to find its user, whom this machine does not have, though it is told to be somebody else."""
        for name in ("passwd", "group"):
            (self.folder / name).write_text(Path("/etc", name).read_text() + {
                "passwd": "Debian-exim:x:9997:9997::/:/bin/false\n", "group": "Debian-exim:x:9997:\n"}[name])
        return ["sh", "-c", 'for f in passwd group; do mount --bind "$0/$f" "/etc/$f" || exit; done; exec "$@"',
                str(self.folder), self.path("exim4"), "-bdf", "-C", f"{self.folder}/exim.conf"]


class Dnsmasq(Peer):
    package = "DNSMASQ_FOLDER"

    def configure(self, port):
        self.port = port
        return self

    def command(self):
        return [self.path("dnsmasq"), "-k", "-C", "/dev/null", "-p", str(self.port), "-u", "root", "-g", "root",
                "-R", "-h", "-x", f"{self.folder}/pid", "--log-facility=-", "--address=/www.example.com/192.0.2.1"]
