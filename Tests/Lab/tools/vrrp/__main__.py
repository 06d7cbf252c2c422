"""python3 Tests/Lab/tools/vrrp SUITE [--ours PROGRAM] [--only TEXT] [--jobs N]: runs the cases of a suite.

Environment: VRRPCTL, the program; KEEPALIVED, FRR, NGINX_FOLDER, HAPROXY_FOLDER and EXIM_FOLDER, where the peers were unpacked.
With KEEP set the folders of the nodes stay, with their logs.
"""
import argparse
import importlib
import os
import signal
import sys

sys.dont_write_bytecode = True
import network  # noqa: E402 pylint: disable=wrong-import-position
from case import Report  # noqa: E402 pylint: disable=wrong-import-position

PR_SET_PDEATHSIG = 1


def give_way(report):
    """Stopped from outside, or left alone: nothing stays behind."""
    def end(*_):
        for net in list(network.networks):
            net.remove()
        report.clean()
        os._exit(1)
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    network.libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "suite", choices=["matrix", "runbooks", "attack", "crash", "alike", "mails", "proxies", "sessions"])
    parser.add_argument("--ours", default="ours", help="what stands in for the program under test")
    parser.add_argument("--only", default="", help="only the cases with that in their name")
    parser.add_argument("--jobs", type=int, default=14)
    options = parser.parse_args()
    report = Report(options.only)
    give_way(report)
    suite = importlib.import_module(options.suite)

    def play():
        report.run(options.jobs, suite.cases(options.ours))
        if hasattr(suite, "cases_alone"):
            report.run(1, suite.cases_alone(options.ours))

    succeeded = report.rounds(play)
    report.clean()
    print("END")
    return 0 if succeeded else 1


sys.exit(main())
