"""python3 Tests/Lab/tools/director SUITE [--ours PROGRAM] [--only TEXT]: runs the cases of a suite, in the guest.

Environment: VRRPCTL and IPVSADM, the programs under test; the folders where peers were unpacked by their names, as
KEEPALIVED and NGINX. With KEEP set the folders of the programs stay, with their logs.
"""
import argparse
import importlib
import os
import signal
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../vrrp"))
import case  # noqa: E402 pylint: disable=wrong-import-position
import network  # noqa: E402 pylint: disable=wrong-import-position


class Report(case.Report):
    def run_scenes(self, scenes):
        """`scenes`: (case, function of it); all at once."""
        threads = [threading.Thread(target=self.judge, args=pair) for pair in scenes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def give_way(report):
    """Stopped from outside, or left alone: nothing stays behind."""
    def end(*_):
        for seat in list(network.networks):
            seat.remove()
        report.clean()
        os._exit(1)
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    network.libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("suite", choices=["alike", "reloads", "faults", "notices", "runbooks"])
    parser.add_argument("--ours", default="ours", help="what stands in for the program under test")
    parser.add_argument("--only", default="", help="only the cases with that in their name")
    options = parser.parse_args()
    report = Report(options.only)
    give_way(report)
    suite = importlib.import_module(options.suite)
    succeeded = report.rounds(lambda: suite.run(report, options.ours))
    report.clean()
    print("END")
    return 0 if succeeded else 1


sys.exit(main())
