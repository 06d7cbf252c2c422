"""Starts, reloads, stops and crashes: what becomes of the table, with keepalived and with ours."""
import signal
import time

from answers import web
from configuration import real, service, tcp
from rig import Rig

UP = web({"/": "hello\n"})
FOREIGN = "10.6.0.1:99"  # somebody else's service
LISTENERS = {label: (80, UP) for label in (1, 2, 3, 4)}


def listing(seat):
    """The whole table as ipvsadm saves it, without counters."""
    return seat.ipvsadm("-Sn").strip().splitlines()


def reload(scene, text):
    """That file in place of the one before."""
    def action(_, seat):
        scene.rig.write_one(seat, scene.text(text))
        seat.program.signal(signal.SIGHUP)
    return action


def same_listing(scene, words):
    def both():
        return [listing(seat) for seat in scene.rig.seats]
    scene.rig.watch.wait(lambda: both()[0] == both()[1], 6)
    scene.equal(f"{words}: ipvsadm lists the same", *both())


def begin(scene, text, closed=(), before=None):
    for label, servers in scene.servers.items():
        for server in servers:
            label in closed or server.open()
    scene.rig.write(scene.text(text))
    if before:
        scene.each(before)
    scene.rig.start()


def services(*wanted, scheduler="rr", method="NAT", lines=()):
    """`wanted`: a port and its real servers, for each service."""
    return "".join(service(*reals, head=f"VIP {port}", lines=lines, scheduler=scheduler, method=method)
                   for port, *reals in wanted)


def server(label, *lines, weight=1):
    return real(f"S{label}", tcp(), lines=lines, weight=weight)


def foreign(_, seat):
    seat.ipvsadm("-A", "-t", FOREIGN, "-s", "rr")


def reloads(s):
    base = services((80, server(1), server(2, weight=2)), (81, server(3)))
    begin(s, base, closed=(4,), before=foreign)
    s.warm(1, 2, 3)
    same_listing(s, "at first")
    s.step("one dies", s.close(1), "rr 2:2 | rr 3:1", limit=8)
    s.step("another weight and scheduler: the dead one stays out", reload(
        s, services((80, server(1), server(2, weight=5)), (81, server(3)), scheduler="wrr")), "wrr 2:5 | wrr 3:1")
    same_listing(s, "another weight")
    s.step("a server more, one less", reload(
        s, services((80, server(1), server(3)), (81, server(3)), scheduler="wrr")), "wrr 3:1 | wrr 3:1")
    s.step("the dead one returns", s.open(1), "wrr 1:1 3:1 | wrr 3:1", limit=8)
    s.step("a service less, another one more", reload(
        s, services((80, server(1), server(3)), (82, server(2)), scheduler="wrr")), "wrr 1:1 3:1 | wrr 2:1")
    s.step("direct routing in place of NAT", reload(
        s, services((80, server(1), server(3)), (82, server(2)), scheduler="wrr", method="DR")),
        "wrr 1:1g 3:1g | wrr 2:1g")
    same_listing(s, "direct routing")
    lasting = services((80, server(1), server(3)), (82, server(2)), scheduler="wrr", method="DR",
                       lines=["persistence_timeout 60"])
    s.step("persistence", reload(s, lasting), "wrr persistent FFFFFFFF 1:1g 3:1g | wrr persistent FFFFFFFF 2:1g")
    same_listing(s, "persistence")
    s.step("nothing new", reload(s, lasting), limit=3)
    s.step("a server that must prove itself", reload(
        s, services((80, server(1), server(3), server(4, "alpha")), scheduler="wrr", method="DR")), "wrr 1:1g 3:1g")
    s.step("it does", s.open(4), "wrr 1:1g 3:1g 4:1g", limit=8)
    s.step("and fails", s.close(4), "wrr 1:1g 3:1g", limit=8)
    s.step("a sorry server", reload(
        s, services((80, server(4)), scheduler="wrr", method="DR", lines=["sorry_server SORRY 80"])), "wrr s:1g")
    same_listing(s, "a sorry server")
    s.step("stop", lambda _, seat: seat.program.stop(), "none")
    same_listing(s, "stop")
    for seat in s.rig.seats:
        s.equal(f"{seat.program.name} leaves what is not its own", [f"-A -t {FOREIGN} -s rr"], listing(seat))


def crashes(s):
    base = services((80, server(1), server(2)))
    begin(s, base, before=foreign)
    s.warm(1, 2)
    s.step("one dies", s.close(1), "rr 2:1", limit=8)
    s.step("killed: the table stays", lambda _, seat: seat.kill("director"), limit=1)
    same_listing(s, "killed")
    again = time.time()
    for seat in s.rig.seats:
        seat.program.process.wait()
        seat.program.start()
    s.rig.watch.wait(lambda: all(s.attempts(seat, label, again)[1:] for seat in s.rig.seats for label in (1, 2)), 60)
    time.sleep(2)
    seen = [[state.line for state in s.history(seat, again)] for seat in s.rig.seats]
    # keepalived trusts every server until a check says otherwise.
    s.equal("keepalived puts the dead one in again until it is checked", ["rr 2:1", "rr 1:1 2:1", "rr 2:1"], seen[0])
    if s.rig.seats[1].program.name == "ours":
        s.equal("ours goes on where it was", ["rr 2:1"], seen[1])
    s.step("it returns", s.open(1), "rr 1:1 2:1")
    s.step("stop", lambda _, seat: seat.program.stop(), "none")
    same_listing(s, "stop")


def flushes(s):
    base = services((80, server(1), server(2)))
    begin(s, "global_defs {\n    lvs_flush\n    lvs_flush_on_stop\n}\n" + base, before=foreign)
    s.warm(1, 2)
    same_listing(s, "lvs_flush")
    for seat in s.rig.seats:
        s.check(f"lvs_flush: {seat.program.name} removes what others made",
                not any(FOREIGN in line for line in listing(seat)))
    s.each(foreign)
    s.step("lvs_flush_on_stop", lambda _, seat: seat.program.stop(), "none")
    for seat in s.rig.seats:
        s.equal(f"lvs_flush_on_stop: {seat.program.name} removes what others made", [], listing(seat))


# Every word of a service that the kernel knows.
EVERYTHING = """
virtual_server 10.7.1.1 80 { delay_loop 60
 lb_algo sh
 sh-port
 sh-fallback
 lb_kind NAT
 protocol TCP
 real_server 10.8.1.1 8080 { weight 0 }
 real_server 10.8.1.2 80 { weight 65535
  uthreshold 100
  lthreshold 50 } }
virtual_server 10.7.1.1 81 { lb_algo mh
 mh-port
 mh-fallback
 lb_kind DR
 protocol TCP
 persistence_timeout 33
 persistence_granularity 255.255.255.0
 real_server 10.8.1.1 81 { weight 1 } }
virtual_server 10.7.1.1 53 { lb_algo rr
 lb_kind NAT
 protocol UDP
 ops
 real_server 10.8.1.1 53 { } 
 real_server 10.8.1.2 5353 { lvs_method DR } }
virtual_server 10.7.1.1 5060 { lb_algo rr
 lb_kind NAT
 protocol UDP
 persistence_engine sip
 persistence_timeout
 real_server 10.8.1.1 5060 { } }
virtual_server 10.7.1.1 132 { lb_algo wlc
 lb_kind NAT
 protocol SCTP
 real_server 10.8.1.1 132 { } }
virtual_server 10.7.1.1 82 { lvs_sched wlc
 flag-1
 flag-2
 lvs_method TUN
 protocol TCP
 sorry_server 10.8.1.99 82
 sorry_server_inhibit
 sorry_server_lvs_method DR
 real_server 10.8.1.1 82 { lvs_method TUN type gue port 4242 }
 real_server 10.8.1.2 82 { lvs_method TUN type gre csum } 
 real_server 10.8.1.3 82 { lvs_method TUN type gue port 4243 remcsum } }
virtual_server fd07::1:1 83 { lb_algo rr
 lb_kind DR
 protocol TCP
 persistence_timeout 20
 persistence_granularity 64
 real_server fd08::1:1 83 { weight 7 } }
virtual_server fwmark 1 { lb_algo rr
 lb_kind DR
 protocol TCP
 real_server 10.8.1.1 0 { } }
virtual_server fwmark 1001 { lb_algo rr
 lb_kind DR
 protocol TCP
 ip_family inet6
 real_server fd08::1:1 0 { } }
virtual_server_group ranges {
 10.7.1.10-12 80
 10.7.1.20 443
 fwmark 1002 }
virtual_server group ranges { lb_algo wrr
 lb_kind DR
 protocol TCP
 real_server 10.8.1.1 80 { weight 2 } }
"""


def everything(s):
    begin(s, EVERYTHING)
    s.rig.watch.wait(lambda: all(len(listing(seat)) > 20 for seat in s.rig.seats), 60)
    time.sleep(0.5)
    same_listing(s, "every word")
    found = listing(s.rig.seats[0])
    s.check("all of it is there", len(found) > 25, found)
    s.step("stop", lambda _, seat: seat.program.stop(), "none")


def scenes(report, ours):
    """(scene, what happens in it); each has seats of its own, which end with `close`."""
    found = []
    for name, body, listeners in (("reloads", reloads, LISTENERS), ("crashes", crashes, LISTENERS),
                                  ("flushes", flushes, LISTENERS), ("every word of a service", everything, {})):
        if report.wants(f"alike: {name}"):
            found.append((Rig(("keepalived", ours), report.work).scene(f"alike: {name}", listeners), body))
    return found


def run(report, ours):
    found = scenes(report, ours)
    try:
        report.run_scenes(found)
    finally:
        for scene, _ in found:
            scene.rig.close()
