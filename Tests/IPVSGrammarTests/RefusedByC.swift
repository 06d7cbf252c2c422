/// Command lines that the C program, ipvsadm 1.31, refused before it asked the kernel anything: arguments, exit status
/// and what it said on standard error (`\n` is a line's end within it), as recorded.
enum RefusedByC {
    static let cases = #"""
        # nothing that says what to do
        -x | 255 | Try…
        --foo | 255 | Try…
        foo | 255 | Try…
        -t 10.0.0.1:80 | 255 | Try…
        -n | 255 | Try…
        -t 10.0.0.1:80 -A | 255 | Try…
        --lis | 255 | Try…
        -n=5 | 255 | Try…
        # unknown options and values of options
        -L --foo | 255 | --foo: unknown option
        -LnQ | 255 | -LnQ: unknown option
        -L --numer | 255 | --numer: unknown option
        -list | 2 | Illegal 'scheduler' option with the 'list' command
        -A -t | 255 | -t: missing argument
        -A --tcp-service | 255 | --tcp-service: missing argument
        -A -t 10.0.0.1:80 -s | 255 | -s: missing argument
        -a -t 10.0.0.1:80 -r | 255 | -r: missing argument
        -A -t 10.0.0.1:80 -p -1 | 255 | -1: unknown option
        -L -n=5 | 255 | -n=5: option does not take an argument
        -Ln=5 | 255 | -Ln=5: option does not take an argument
        -L --stats=foo | 255 | --stats=foo: option does not take an argument
        -L --rate= | 255 | --rate=: option does not take an argument
        -L --numeric=1 | 255 | --numeric=1: option does not take an argument
        --start-daemon | 255 | Try…
        # a second command
        -LA | 2 | invalid option `-LA'
        -Lh | 2 | invalid option `-Lh'
        -L -v | 2 | invalid option `-v'
        -L -A | 2 | invalid option `-A'
        -L --help | 2 | invalid option `--help'
        -A -t 10.0.0.1:80 --stop-daemon backup | 2 | invalid option `backup'
        -L --start-daemon=master | 2 | invalid option `--start-daemon=master'
        -L --version | 2 | invalid option `--version'
        # words that are no options
        -L foo | 2 | unexpected argument foo
        -C foo bar | 2 | unexpected argument foo
        -A -t 10.0.0.1:80 wlc | 2 | unexpected argument wlc
        --set 1 2 3 4 | 2 | unexpected argument 4
        -L - | 2 | unexpected argument -
        -L -- -n | 2 | unexpected argument -n
        # the same option twice
        -A -t 10.0.0.1:80 -t 10.0.0.2:80 | 2 | multiple 'service-address' options specified
        -A -t 10.0.0.1:80 -u 10.0.0.1:80 | 2 | multiple 'service-address' options specified
        -A -f 1 -t 10.0.0.1:80 | 2 | multiple 'service-address' options specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -g -m | 2 | multiple 'forwarding-method' options specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -w 1 -w 2 | 2 | multiple 'weight' options specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -r 10.0.0.2 | 2 | multiple 'real-server' options specified
        -A -t 10.0.0.1:80 -s rr -s rr | 2 | multiple 'scheduler' options specified
        -L -n -n | 2 | multiple 'numeric' options specified
        -Lnn | 2 | multiple 'numeric' options specified
        -L --exact -X | 2 | multiple 'exact' options specified
        # the service address
        -A -t 80 | 2 | illegal virtual server address[:port] specified
        -A -t 10.0.0.1: | 2 | illegal virtual server address[:port] specified
        -A -t 10.0.0.1:65536 | 2 | illegal virtual server address[:port] specified
        -A -t 10.0.0.1:-1 | 2 | illegal virtual server address[:port] specified
        -A -t 10.0.0.1:http2 | 2 | illegal virtual server address[:port] specified
        -A -t 10.0.0.256:80 | 2 | illegal virtual server address[:port] specified
        -A -t [2001:db8::1] | 2 | illegal virtual server address[:port] specified
        -A -t [2001:db8::1]80 | 2 | illegal virtual server address[:port] specified
        -A -t [2001:db8::1 | 2 | illegal virtual server address[:port] specified
        -A -t [2001:db8::1]: | 2 | illegal virtual server address[:port] specified
        -A -t no.such.host.invalid:80 | 2 | illegal virtual server address[:port] specified
        -A -t 2001:db8::1%eth0 | 2 | illegal virtual server address[:port] specified
        -A -u 1 | 2 | illegal virtual server address[:port] specified
        -D -t :80 | 2 | illegal virtual server address[:port] specified
        # the real server's
        -a -t 10.0.0.1:80 -r 80 | 2 | illegal real server address[:port] specified
        -a -t 10.0.0.1:80 -r 10.0.0.2:70000 | 2 | illegal real server address[:port] specified
        -a -t 10.0.0.1:80 -r [::1] | 2 | illegal real server address[:port] specified
        -d -t 10.0.0.1:80 -r no.such.host.invalid | 2 | illegal real server address[:port] specified
        # marks
        -A -f 0 | 2 | invalid fwmark value `0' specified
        -A -f -1 | 2 | invalid fwmark value `-1' specified
        -A -f 4294967296 | 2 | invalid fwmark value `4294967296' specified
        -A -f 0x5 | 2 | invalid fwmark value `0x5' specified
        -A -f five | 2 | invalid fwmark value `five' specified
        -A -6 | 2 | -6 used before -f\n
        -A -6 -f 5 | 2 | -6 used before -f\n
        -L -6 | 2 | -6 used before -f\n
        # ports, one-packet scheduling
        -A -t 10.0.0.1 | 2 | Zero port specified for non-persistent service
        -A -t 10.0.0.1:0 | 2 | Zero port specified for non-persistent service
        -E -t 10.0.0.1 | 2 | Zero port specified for non-persistent service
        -A -u 10.0.0.1 | 2 | Zero port specified for non-persistent service
        -A -t 10.0.0.1:80 -o | 2 | One-Packet Scheduling is only for UDP virtual services
        -A --sctp-service 10.0.0.1:80 -o | 2 | One-Packet Scheduling is only for UDP virtual services
        -E -t 10.0.0.1:80 --ops | 2 | One-Packet Scheduling is only for UDP virtual services
        # times
        -A -t 10.0.0.1:80 -p 0 | 2 | invalid timeout value `0' specified
        -A -t 10.0.0.1:80 -p 2678401 | 2 | invalid timeout value `2678401' specified
        -A -t 10.0.0.1:80 -p ten | 2 | invalid timeout value `ten' specified
        -A -t 10.0.0.1:80 -p= | 2 | invalid timeout value `' specified
        --set 1 2 | 2 | --set option requires 3 timeout values
        --set | 2 | --set option requires 3 timeout values
        --set -- -1 2 3 | 2 | invalid timeout value `-1' specified
        --set 1 2 2678401 | 2 | invalid timeout value `2678401' specified
        --set a 2 3 | 2 | invalid timeout value `a' specified
        # masks
        -A -t 10.0.0.1:80 -M 300.0.0.1 | 2 | illegal virtual server persistent mask specified
        -A -t 10.0.0.1:80 -M no.such.host.invalid | 2 | illegal virtual server persistent mask specified
        -A -t [2001:db8::1]:80 -M 0 | 2 | illegal ipv6 netmask specified
        -A -t [2001:db8::1]:80 -M 129 | 2 | illegal ipv6 netmask specified
        -A -t [2001:db8::1]:80 -M ffff:: | 2 | illegal ipv6 netmask specified
        -A -f 5 -6 -M 129 | 2 | illegal ipv6 netmask specified
        # numbers
        -a -t 10.0.0.1:80 -r 10.0.0.2 -w -1 | 2 | illegal weight specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -w 2147483648 | 2 | illegal weight specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -w 1x | 2 | illegal weight specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -w= | 2 | illegal weight specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -w 0x10 | 2 | illegal weight specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -x -1 | 2 | illegal u_threshold specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -x 2147483648 | 2 | illegal u_threshold specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -y x | 2 | illegal l_threshold specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -y 2147483648 | 2 | illegal l_threshold specified
        --start-daemon master --syncid 256 | 2 | illegal syncid specified
        --start-daemon master --syncid -1 | 2 | illegal syncid specified
        --start-daemon master --sync-maxlen 0 | 2 | illegal sync-maxlen specified
        --start-daemon master --sync-maxlen 65508 | 2 | illegal sync-maxlen specified
        --start-daemon master --mcast-port 0 | 2 | illegal mcast-port specified
        --start-daemon master --mcast-port 65536 | 2 | illegal mcast-port specified
        --start-daemon master --mcast-ttl 0 | 2 | illegal mcast-ttl specified
        --start-daemon master --mcast-ttl 256 | 2 | illegal mcast-ttl specified
        --start-daemon master --mcast-group 10.0.0.1 | 2 | invalid IPv4 mcast-group `10.0.0.1'
        --start-daemon master --mcast-group 224.1 | 2 | invalid IPv4 mcast-group `224.1'
        --start-daemon master --mcast-group 2001:db8::1 | 2 | invalid IPv6 mcast-group `2001:db8::1'
        --start-daemon master --mcast-group ff02::g | 2 | invalid IPv6 mcast-group `ff02::g'
        --start-daemon Master | 2 | illegal start-daemon parameter specified
        --start-daemon backupp | 2 | illegal start-daemon parameter specified
        --stop-daemon both | 2 | illegal start_daemon specified
        # scheduler flags
        -A -t 10.0.0.1:80 -b foo | 2 | invalid scheduler flag `foo'
        -A -t 10.0.0.1:80 -b flag-1,foo | 2 | invalid scheduler flag `foo'
        -A -t 10.0.0.1:80 -b sh-port | 2 | incompatible scheduler flag `sh-port'
        -A -t 10.0.0.1:80 -s sh -b mh-port | 2 | incompatible scheduler flag `mh-port'
        -A -t 10.0.0.1:80 -s mh -b sh-fallback | 2 | incompatible scheduler flag `sh-fallback'
        -A -t 10.0.0.1:80 -b sh-port -s rr | 2 | incompatible scheduler flag `sh-port'
        -L -b foo | 2 | invalid scheduler flag `foo'
        # families
        -a -t 10.0.0.1:80 -r 2001:db8::2 -m | 2 | Different address family is allowed only for tunneling servers
        -a -t [2001:db8::1]:80 -r 10.0.0.2 -g | 2 | Different address family is allowed only for tunneling servers
        -a -f 5 -6 -r 10.0.0.2 | 2 | Different address family is allowed only for tunneling servers
        -a -f 5 -r 2001:db8::2 | 2 | Different address family is allowed only for tunneling servers
        # tunnels
        -a -t 10.0.0.1:80 -r 10.0.0.2 -m --tun-type gue --tun-port 1 | 2 | Tunnel options conflict with forward method
        -a -t 10.0.0.1:80 -r 10.0.0.2 --tun-type ipip | 2 | Tunnel options conflict with forward method
        -a -t 10.0.0.1:80 -r 10.0.0.2 -g --tun-csum | 2 | Tunnel options conflict with forward method
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type GUE | 2 | illegal tunnel type specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gue | 2 | You need to supply the 'tun-port' option for the 'gue' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gue --tun-csum | 2 | You need to supply the 'tun-port' option for the 'gue' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-port 0 | 2 | illegal tunnel port specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-port 65536 | 2 | illegal tunnel port specified
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-port 6080 | 2 | Illegal 'tun-port' option with the 'ipip' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-nocsum | 2 | Illegal 'tun-nocsum' option with the 'ipip' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-csum | 2 | Illegal 'tun-csum' option with the 'ipip' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type ipip --tun-remcsum | 2 | Illegal 'tun-remcsum' option with the 'ipip' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gre --tun-port 6080 | 2 | Illegal 'tun-port' option with the 'gre' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gre --tun-remcsum | 2 | Illegal 'tun-remcsum' option with the 'gre' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gre --tun-nocsum --tun-csum | 2 | The option 'tun-csum' conflicts with the 'tun-nocsum' option in the 'gre' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gue --tun-port 1 --tun-nocsum --tun-csum | 2 | The option 'tun-csum' conflicts with the 'tun-nocsum' option in the 'gue' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gue --tun-port 1 --tun-remcsum --tun-csum | 2 | The option 'tun-remcsum' conflicts with the 'tun-csum' option in the 'gue' tunnel type
        -a -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gue --tun-port 1 --tun-remcsum --tun-nocsum | 2 | The option 'tun-remcsum' conflicts with the 'tun-nocsum' option in the 'gue' tunnel type
        # what a listing shows at a time
        -L --timeout --stats | 2 | options conflicts in the list command
        -L --daemon --rate | 2 | options conflicts in the list command
        -L -c --thresholds | 2 | options conflicts in the list command
        -L -c --stats | 2 | options conflicts in the list command
        -L --timeout --persistent-conn | 2 | options conflicts in the list command
        -L --daemon --persistent-conn | 2 | options conflicts in the list command
        -L --timeout --daemon | 2 | The option 'daemon' conflicts with the 'timeout' option in the 'list' command
        -L -c --timeout | 2 | The option 'timeout' conflicts with the 'connection' option in the 'list' command
        -L -c --daemon | 2 | The option 'daemon' conflicts with the 'connection' option in the 'list' command
        -L --daemon -c | 2 | The option 'daemon' conflicts with the 'connection' option in the 'list' command
        -L -t 10.0.0.1:80 --timeout | 2 | The option 'timeout' conflicts with the 'service-address' option in the 'list' command
        -L -f 5 --daemon | 2 | The option 'daemon' conflicts with the 'service-address' option in the 'list' command
        # which of two faults is named
        -C -n foo | 2 | unexpected argument foo
        -A -s | 255 | -s: missing argument
        -A -n -t 80 | 2 | illegal virtual server address[:port] specified
        -C -n -c | 2 | Illegal 'numeric' option with the 'flush' command
        -Z -w 1 -n | 2 | Illegal 'numeric' option with the 'zero' command
        -A -t 10.0.0.1 -o | 2 | Zero port specified for non-persistent service
        -a -t 10.0.0.1:80 -r 2001:db8::2 --tun-csum | 2 | Different address family is allowed only for tunneling servers
        -A -b foo | 2 | invalid scheduler flag `foo'
        -C -b foo | 2 | invalid scheduler flag `foo'
        -A -t 10.0.0.1:80 -b foo bar | 2 | unexpected argument bar
        --set 1 -n | 2 | --set option requires 3 timeout values
        """#
}
