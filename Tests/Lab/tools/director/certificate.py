"""Certificates of the lab's own making, by openssl: one that is valid and one that was."""
from network import run

SETTINGS = """[ca]
default_ca = lab
[lab]
new_certs_dir = {0}
database = {0}/index
serial = {0}/serial
default_md = sha256
policy = any
rand_serial = no
[any]
commonName = supplied
"""


def make(folder):
    """`valid.pem` and `expired.pem` in that folder, each with the key in it."""
    folder.mkdir()
    (folder / "index").touch()
    (folder / "serial").write_text("01\n")
    (folder / "settings").write_text(SETTINGS.format(folder))
    key, request = folder / "key", folder / "request"
    run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(key))
    run("openssl", "req", "-new", "-key", str(key), "-subj", "/CN=www.example.com", "-out", str(request))
    for name, year in (("expired", 2021), ("valid", 2090)):
        run("openssl", "ca", "-batch", "-notext", "-selfsign", "-config", str(folder / "settings"),
            "-keyfile", str(key), "-in", str(request), "-startdate", "20200101000000Z",
            "-enddate", f"{year}0101000000Z", "-out", str(folder / f"{name}.crt"))
        (folder / "index").write_text("")
        (folder / f"{name}.pem").write_text(key.read_text() + (folder / f"{name}.crt").read_text())
