#!/bin/bash
# where: guest
# packages: python3 openssl
# peers: keepalived
# HTTP_GET, SSL_GET and SMTP_CHECK judge servers as keepalived 2.2.7 does: the same scripted servers before both, the
# same verdicts in the kernel's table and the same bytes asked, but for what cases.py says; vrrpctl digest prints what
# genhash prints.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/lib/peers.sh
. "$repository/scripts/lib/peers.sh"

KEEPALIVED=$(peer_folder keepalived) VRRPCTL=$vrrpctl
export KEEPALIVED VRRPCTL
tool=$repository/Tests/Lab/tools/web
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

ended=
while IFS= read -r line; do
    words=${line#*$'\t'}
    case $line in
        ok$'\t'*) pass "$words" ;;
        FAIL$'\t'*) fail "$words" ;;
        END) ended=yes ;;
        *) printf '     | %s\n' "$line" ;;
    esac
done < <(timeout 400 python3 "$tool" 2>&1 </dev/null)
[[ -n $ended ]] || fail "the cases run to their end"

# What a page's digest is, by both. Pages of one server in the clear and one by TLS.
mkfifo "$scratch/ready"
timeout 120 python3 "$tool/pages.py" "$scratch" >"$scratch/ready" 2>"$scratch/log" </dev/null &
pages=$!
read -r -t 60 http https <"$scratch/ready" || fail "the pages are served" "$(<"$scratch/log")"

genhash() {
    LD_LIBRARY_PATH=$KEEPALIVED/lib/x86_64-linux-gnu:$KEEPALIVED/usr/lib/x86_64-linux-gnu \
        timeout 30 "$KEEPALIVED/usr/bin/genhash" "$@"
}

digest() {
    timeout 30 "$vrrpctl" digest "$@" 2>/dev/null
}

for page in / /empty /large /missing /chunked /long '/query?a=b&c=d' /host; do
    equal "the digest of $page" "$(genhash -s 127.0.0.1 -p "$http" -u "$page")" "$(digest "http://127.0.0.1:$http$page")"
    equal "the digest of $page by TLS" "$(genhash -S -s 127.0.0.1 -p "$https" -u "$page")" \
        "$(digest "https://127.0.0.1:$https$page")"
done
for version in 1.0 1.0C 1.1; do
    equal "the digest of what is asked with $version" \
        "$(genhash -P "${version/C/c}" -s 127.0.0.1 -p "$http" -u /asked)" \
        "$(digest --protocol "$version" "http://127.0.0.1:$http/asked")"
done
equal "the digest of a virtual host's page" "$(genhash -V www.example.com -s 127.0.0.1 -p "$http" -u /asked)" \
    "$(digest --virtual-host www.example.com "http://127.0.0.1:$http/asked")"
equal "a host's name is the virtual host" "$(genhash -V www.example.com -s 127.0.0.1 -p "$http" -u /asked)" \
    "$(digest --server 127.0.0.1 "http://www.example.com:$http/asked")"
equal "the digest of what SNI chooses" "$(genhash -S -I -V www.example.com -s 127.0.0.1 -p "$https" -u /name)" \
    "$(digest --server 127.0.0.1 "https://www.example.com:$https/name")"
refuses "another page has another digest" test "$(digest "http://127.0.0.1:$http/")" = "$(digest "http://127.0.0.1:$http/host")"
equal "the digest as JSON" '{"digest":"d41d8cd98f00b204e9800998ecf8427e","status":200,"bytes":0}' \
    "$(timeout 30 "$vrrpctl" digest --json "http://127.0.0.1:$http/empty" | sed 's/,"server":"127.0.0.1:[0-9]*"//')"

status_is "a page that is missing has a digest" 0 "$vrrpctl" digest "http://127.0.0.1:$http/missing"
status_is "nobody is there" 69 "$vrrpctl" digest http://127.0.0.1:1/
status_is "nobody has that name" 68 "$vrrpctl" digest http://nobody.invalid/
status_is "TLS is not spoken" 69 "$vrrpctl" digest "https://127.0.0.1:$http/"
status_is "what is no page" 76 "$vrrpctl" digest "http://127.0.0.1:$http/garbage"
status_is "nothing comes in time" 69 "$vrrpctl" digest --timeout 0.2 "http://127.0.0.1:$http/slow"
status_is "what is no URL" 2 "$vrrpctl" digest www.example.com
status_is "it needs no rights" 0 setpriv --reuid 65534 --regid 65534 --clear-groups "$vrrpctl" digest "http://127.0.0.1:$http/"
kill "$pages" 2>/dev/null || true
wait "$pages" 2>/dev/null || true
finish
