"""Runs a program on a terminal of its own: terminal.py ROWS COLUMNS TRANSCRIPT STEP… -- CMD ARG…

The steps are carried out in order: `see:TEXT` waits until the program has written that text (again), `type:KEYS` types,
`resize:ROWSxCOLUMNS` makes the terminal another size, `signal:NAME` sends a signal, `run:COMMAND` runs a shell command.
`screen:TEXT` waits until the screen shows that text, `gone:TEXT` until it does not, `shot:FILE` writes what it shows to
a file, `stopped:` waits until the program has stopped, `within:SECONDS` bounds each step that follows.
All that the program wrote goes to the file TRANSCRIPT. Prints the steps that failed, how the program ended, and whether
it left the terminal as it was.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time

from screen import Screen

rows, columns, transcript = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
end = sys.argv.index("--")
steps, command = sys.argv[4:end], sys.argv[end + 1 :]
deadline = time.monotonic() + 60
patience = 60
written = b""
seen = 0
shown = 0


def resize(rows, columns):
    screen.resize(rows, columns)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read(seconds):
    """Takes what the program writes; False when it has closed the terminal."""
    global written
    ready, _, _ = select.select([master], [], [], seconds)
    if ready:
        try:
            part = os.read(master, 65536)
        except OSError:
            return False
        written += part
        return bool(part)
    return True


def until(condition):
    """Reads until the screen is so; False if it does not become so in time."""
    global shown
    end = min(deadline, time.monotonic() + patience)
    while True:
        screen.write(written[shown:])
        shown = len(written)
        if condition(screen.text()):
            return True
        if time.monotonic() > end or not read(0.05):
            return False


def has_stopped(_):
    with open(f"/proc/{child}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] == "T"


def carry_out(step):
    global seen, patience
    kind, value = step.split(":", 1)
    if kind == "type":
        os.write(master, value.encode())
    elif kind == "resize":
        resize(*map(int, value.split("x")))
    elif kind == "signal":
        os.kill(child, getattr(signal, value))
    elif kind == "run":
        subprocess.run(value, shell=True, check=True)
    elif kind == "see":
        while (found := written.find(value.encode(), seen)) < 0:
            if time.monotonic() > deadline or not read(0.1):
                return False
        seen = found + len(value)
    elif kind == "within":
        patience = float(value)
    elif kind == "screen":
        return until(lambda text: value in text)
    elif kind == "gone":
        return until(lambda text: value not in text)
    elif kind == "stopped":
        return until(has_stopped)
    elif kind == "shot":
        until(lambda text: True)
        with open(value, "w") as file:
            file.write(screen.text() + "\n")
    return True


master, terminal = pty.openpty()
screen = Screen(rows, columns)
resize(rows, columns)
before = termios.tcgetattr(terminal)
child = os.fork()
if child == 0:
    os.close(master)
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(terminal, descriptor)
    os.execv(command[0], command)

for step in steps:
    if not carry_out(step):
        print(f"not done: {step}")
        break
status = None
while status is None and time.monotonic() < deadline:
    read(0.1)
    ended, code = os.waitpid(child, os.WNOHANG)
    if ended:
        status = code
if status is None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("it did not end")
else:
    print("status", os.waitstatus_to_exitcode(status))
while select.select([master], [], [], 0)[0] and read(0):
    pass
print("terminal", "as before" if termios.tcgetattr(terminal) == before else "changed")
with open(transcript, "wb") as file:
    file.write(written)
