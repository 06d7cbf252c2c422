"""Certificates for one run, all for the same key: an authority's, an expired one, one of nobody's, a client's."""
import subprocess

PASSWORD = "secret word"


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def make(folder):
    for name in ("authority", "server", "client"):
        openssl("genrsa", "-out", folder / f"{name}.key", "2048")
    openssl("req", "-x509", "-new", "-key", folder / "authority.key", "-subj", "/CN=authority", "-days", "3000",
            "-out", folder / "authority.pem")
    sign(folder, "server", "127.0.0.1", "server")
    sign(folder, "expired", "127.0.0.1", "server", days=-1)
    sign(folder, "elsewhere", "elsewhere.example", "server")
    sign(folder, "nobody", "127.0.0.1", "server", authority=None)
    sign(folder, "client", "the client", "client")
    openssl("rsa", "-aes256", "-passout", f"pass:{PASSWORD}", "-in", folder / "client.key", "-out",
            folder / "client.locked")


def sign(folder, name, subject, key, authority="authority", days=3000):
    request = folder / f"{name}.csr"
    openssl("req", "-new", "-key", folder / f"{key}.key", "-subj", f"/CN={subject}", "-out", request)
    by = ["-signkey", folder / f"{key}.key"]
    if authority:
        by = ["-CA", folder / f"{authority}.pem", "-CAkey", folder / f"{authority}.key", "-CAcreateserial"]
    openssl("x509", "-req", "-in", request, *by, "-days", days, "-out", folder / f"{name}.pem")
