"""Both seats with one file, and what watches them."""
import os
import time
from contextlib import suppress
from pathlib import Path

import scene
import seat
from attempts import Attempts
from farm import Farm, Server
from table import Watch

# Scripts that a file of both may name: a check that ends as the value of its name says (or hangs), and one that notes
# what it was told.
SCRIPTS = {
    "check": """: >"/run/starts/$1-$$"
read -r value <"/run/values/$1"
[ "$value" != hang ] || exec sleep 60
exit "$value"
""",
    "tell": """name=$1; shift; echo "$*" >>"/run/told/$name"
""",
}
HEAD = "global_defs {\n    router_id lab\n    script_user root\n    enable_script_security\n}\n"


class Rig:
    def __init__(self, programs, work):
        self.seats = seat.seats(programs, work)
        self.farm = Farm()
        self.attempts = Attempts([
            (s.servers, "eth0", dict.fromkeys(("10.9.0.1", "fd09::1"), s.label)) for s in self.seats])
        self.watch = Watch([s.director for s in self.seats], scene.part, scene.told)
        self.scenes = []

    def scene(self, name, listeners):
        """`listeners`: label → (port, answer[, kind]); a label above 10 is the same host's over IPv6."""
        found = scene.Scene(name, len(self.scenes) + 1, self)
        self.scenes.append(found)
        for label, (port, answer, *kind) in listeners.items():
            address = found.address(label) if label < 60 or label == 99 else found.address(label - 60, 6)
            found.servers[label] = [
                Server(self.farm, s.servers, address, port, answer, *kind) for s in self.seats]
        return found

    def write(self, text):
        for s in self.seats:
            self.write_one(s, text)

    @staticmethod
    def write_one(place, text):
        place.write(HEAD + text, SCRIPTS)

    def start(self):
        for s in self.seats:
            s.program.start()
        self.started = time.time()

    def spent(self):
        """Seconds of processor time that each program took so far, with all that it started and waited for."""
        found = []
        for s in self.seats:
            ticks = 0
            for number in s.processes("director"):
                with suppress(OSError):
                    words = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
                    ticks += sum(int(word) for word in words[11:15])
            found.append(f"{s.program.name} {ticks / os.sysconf('SC_CLK_TCK'):.1f}")
        return ", ".join(found)

    def close(self):
        self.watch.close()
        self.attempts.close()
        self.farm.close()
        for s in self.seats:
            s.remove()
