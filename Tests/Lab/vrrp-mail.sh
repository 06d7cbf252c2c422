#!/bin/bash
# where: host
# packages: iproute2
# peers: keepalived exim4-daemon-light
# Mail about virtual routers is keepalived's to the letter, and gets there whatever becomes of the mail server meanwhile.
# shellcheck source=Tests/Lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=Tests/Lab/tools/vrrp.sh
. "$repository/Tests/Lab/tools/vrrp.sh"

judged mails
finish
