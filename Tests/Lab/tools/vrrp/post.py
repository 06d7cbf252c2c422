"""Mail servers on a node: one that keeps all it is told and misbehaves when asked to, and Debian's exim."""
import os
import re
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from network import inside
from programs import libraries


@dataclass(frozen=True)
class Mail:
    """At `time` the server had taken `text` for `recipients`; what is the machine's own in it is left out."""

    time: float
    sender: str
    recipients: tuple
    text: str

    @property
    def subject(self):
        return next((line[9:] for line in self.text.split("\n") if line.startswith("Subject: ")), "")

    def told(self):
        """What must be the same from everybody: everything but the date."""
        text = re.sub(r"^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$", "Date: DATE", self.text, flags=re.M)
        return f"{self.sender} > {' '.join(self.recipients)}\n{text}"


class Post:
    """`fault` is asked what to answer to a command, `""` for the greeting and `.` for a whole mail: words to send, None for
    the usual, "hang" to say nothing more, "end" to close; or a pair of seconds to wait first and one of these."""

    USUAL = {"": "220 post ESMTP", "DATA": "354 go on", "QUIT": "221 bye"}

    def __init__(self, namespace, address="127.0.0.1", port=25):
        self.namespace, self.place = namespace, (address, port)
        self.mails, self.hellos, self.connections = [], [], 0
        self.fault = lambda command: None
        self.listener, self.open = None, set()
        self.start()

    def start(self):
        with inside(self.namespace):
            listener = socket.socket(socket.AF_INET6 if ":" in self.place[0] else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(self.place)
        listener.listen(64)
        self.listener = listener
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()

    def stop(self):
        """Nobody is there any more: connections end, new ones are refused."""
        listener, self.listener = self.listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            self.open.add(connection)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with connection, connection.makefile("rb") as lines:
                if self.answer(connection, ""):
                    self.talk(connection, lines)
        except OSError:
            pass
        self.open.discard(connection)

    def talk(self, connection, lines):
        sender, recipients, text = "", [], None
        for line in lines:
            words = line.decode("utf-8", "replace").rstrip("\r\n")
            if text is None:
                answer = self.answer(connection, words)
                if not answer or words == "QUIT":
                    return
                if words.startswith("HELO"):
                    self.hellos.append(words[5:])
                elif words.startswith("MAIL"):
                    sender, recipients = words[10:].strip("<> "), []
                elif words.startswith("RCPT") and answer.startswith("2"):
                    recipients.append(words[8:].strip("<> "))
                elif answer.startswith("354"):
                    text = []
            elif words != ".":
                text.append(words[1:] if words.startswith(".") else words)
            else:
                answer = self.answer(connection, words)
                if not answer:
                    return
                if answer.startswith("2"):
                    self.mails.append(Mail(time.time(), sender, tuple(recipients), "\n".join(text)))
                text = None

    def answer(self, connection, command):
        """What was said; nothing if that was the end."""
        words = self.fault(command)
        if isinstance(words, tuple):
            time.sleep(words[0])
            words = words[1]
        if words == "hang":
            connection.recv(1)
            return None
        if words == "end":
            return None
        words = words or self.USUAL.get(command, "250 well")
        connection.sendall(f"{words}\r\n".encode())
        return words

    def told(self):
        """What was mailed, however the mails overtook each other."""
        return sorted(mail.told() for mail in self.mails)


class Exim:
    """Debian's exim on port 25 of 127.0.0.1 of a node. It takes mail to example.org and keeps it in its queue; it does not
    know `nobody`, and does not take mail for `grey` before it is told to."""

    def __init__(self, namespace, work):
        self.namespace, self.folder = namespace, Path(work)
        self.process = None
        for name in ("spool", "log"):
            (self.folder / name).mkdir(parents=True)
            os.chown(self.folder / name, 9997, 9997)
        for name in ("passwd", "group"):  # it wants to find its user, whom this machine does not have
            (self.folder / name).write_text(Path("/etc", name).read_text() + {
                "passwd": "Debian-exim:x:9997:9997::/:/bin/false\n", "group": "Debian-exim:x:9997:\n"}[name])
        (self.folder / "exim.conf").write_text(f"""
exim_path = {self.program}
spool_directory = {self.folder}/spool
log_file_path = {self.folder}/log/%slog
pid_file_path = {self.folder}/log/pid
primary_hostname = mail.example.org
keep_environment =
queue_only = true
never_users =
host_lookup =
rfc1413_query_timeout = 0s
tls_advertise_hosts =
local_interfaces = 127.0.0.1
daemon_smtp_ports = 25
acl_smtp_rcpt = recipients
acl_smtp_data = all
begin acl
recipients:
  deny local_parts = nobody
  defer local_parts = grey
    condition = ${{if !exists{{{self.folder}/known}}}}
  accept domains = example.org
all:
  accept
""")

    @property
    def program(self):
        return f"{os.environ['EXIM_FOLDER']}/usr/sbin/exim4"

    def start(self):
        with open(self.folder / "output", "ab") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.namespace, "sh", "-c",
                 'for f in passwd group; do mount --bind "$0/$f" "/etc/$f" || exit; done; exec "$@"', str(self.folder),
                 self.program, "-bdf", "-C", f"{self.folder}/exim.conf"], stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, cwd="/", start_new_session=True,
                env={**os.environ, **libraries(os.environ["EXIM_FOLDER"])})

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def know(self):
        (self.folder / "known").touch()

    def mail(self, local_part):
        """The subjects of what it has taken for it, in order."""
        files = sorted((self.folder / "spool/input").glob("*-H"), key=lambda file: file.stat().st_mtime_ns)
        texts = [file.read_text() for file in files]
        return [re.search(r"^\d+ +Subject: (.*)$", text, flags=re.M)[1] for text in texts
                if re.search(rf"^{local_part}@example.org$", text, flags=re.M)]

    def rejected(self):
        """What its log says of recipients that it did not take."""
        file = self.folder / "log/mainlog"
        return re.findall(r" (rejected|temporarily rejected) RCPT <([^>]*)>", file.read_text() if file.exists() else "")
