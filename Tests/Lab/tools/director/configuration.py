"""Files of keepalived in pieces, with the times that all suites share and what follows from them."""
import hashlib

LOOP, RETRY, BETWEEN, TIMEOUT = 1.5, 2, 0.6, 1  # seconds; retries after the first failure
REFUSED = RETRY * BETWEEN  # from the first failed attempt to the change, where each fails at once
SILENT = RETRY * (BETWEEN + TIMEOUT) + TIMEOUT  # where each attempt has to wait
HANGING = RETRY * max(BETWEEN, 1) + 1  # a script's delays count from its start, and it may run for a second


def block(head, *lines):
    return [f"{head} {{", *("    " + line for line in lines), "}"]


def check(kind, *lines, retry=RETRY, between=BETWEEN, timeout=TIMEOUT):
    times = [f"retry {retry}", f"delay_before_retry {between}"]
    if timeout:
        times.append(f"connect_timeout {timeout}")
    return block(kind, *times, *lines)


def page(path="/", *lines):
    return block("url", f"path {path}", *lines)


def http(*urls, lines=()):
    return check("HTTP_GET", *(line for url in urls or [page()] for line in url), *lines)


def script(*lines, timeout=1):
    return check("MISC_CHECK", 'misc_path "/etc/keepalived/check NAME"', f"misc_timeout {timeout}", *lines, timeout=0)


def real(label, *checks, lines=(), port=80, weight=1):
    return block(f"real_server {label} {port}", f"weight {weight}", *lines, *(line for one in checks for line in one))


def service(*reals, lines=(), head="VIP 80", protocol="TCP", scheduler="rr", method="NAT", loop=LOOP):
    return "\n".join(block(
        f"virtual_server {head}", f"delay_loop {loop}", "warmup 0.5", f"lb_algo {scheduler}", f"lb_kind {method}",
        f"protocol {protocol}", *lines, *(line for one in reals for line in one))) + "\n"


def tcp():
    return check("TCP_CHECK")


def digest(body):
    """As `vrrpctl digest` and keepalived's genhash print it."""
    return hashlib.md5(body.encode()).hexdigest()
