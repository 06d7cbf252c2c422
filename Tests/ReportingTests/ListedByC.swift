/// What the C program, ipvsadm 1.31, printed for `SampleTable` on Linux 6.1, with `$` at each line's end. Left out are the
/// two services that ours lists otherwise on purpose: flag-3 under sh, and a mark of 2³¹.
enum ListedByC {
    /// `ipvsadm -Ln`
    static let standard = """
        IP Virtual Server version 1.2.1 (size=4096)$
        Prot LocalAddress:Port Scheduler Flags$
          -> RemoteAddress:Port           Forward Weight ActiveConn InActConn$
        TCP  10.0.0.1:80 wlc$
          -> 10.0.0.2:80                  Masq    1      0          0         $
          -> 10.0.0.3:8080                Masq    100    0          0         $
          -> 10.0.0.4:80                  Route   0      0          0         $
          -> 10.0.0.5:80                  Tunnel  2147483647 0          0         $
          -> 10.0.0.6:80                  Tunnel  1      0          0         $
          -> 10.0.0.7:80                  Tunnel  1      0          0         $
          -> 10.0.0.8:80                  Tunnel  1      0          0         $
          -> 10.0.0.10:80                 Tunnel  1      0          0         $
          -> 10.0.0.11:80                 Tunnel  1      0          0         $
          -> [2001:db8::99]:80            Tunnel  1      0          0         $
        TCP  10.0.0.1:443 sh (sh-fallback,sh-port) persistent 360 mask 255.255.255.0$
        TCP  10.0.0.1:444 mh (mh-port) persistent 360$
        TCP  10.0.0.1:445 rr (flag-1,flag-2,flag-3)$
        UDP  255.255.255.255:65535 lblcr$
          -> 192.168.111.111:65535        Masq    1      0          0         $
        UDP  10.0.0.1:53 lblcr ops$
          -> 10.0.0.2:53                  Masq    1      0          0         $
        UDP  10.0.0.1:54 rr$
        UDP  10.0.0.1:5060 rr persistent 60 pe sip$
        SCTP 10.0.0.1:9000 wrr$
          -> 192.168.100.100:65535        Masq    3      0          0         $
        TCP  [2001:db8::1]:80 sed persistent 300 mask 64$
          -> [2001:db8::2]:8080           Masq    5      0          0         $
          -> [2001:db8:1111:2222:3333:4444:5555:6666]:8080 Masq    5      0          0         $
        TCP  [2001:db8:1111:2222:3333:4444:5555:6666]:65535 fo persistent 10 pe sip$
        FWM  5 wlc$
          -> 10.0.0.9:0                   Route   1      0          0         $
        FWM  8 IPv6 wlc persistent 100 mask 64$
          -> [2001:db8::2]:0              Route   1      0          0         $

        """

    /// `ipvsadm -Ln --tun-info`
    static let tunnels = """
        IP Virtual Server version 1.2.1 (size=4096)$
        Prot LocalAddress:Port Scheduler Flags$
          -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn$
        TCP  10.0.0.1:80 wlc$
          -> 10.0.0.2:80                  Masq    n/a           1      0          0         $
          -> 10.0.0.3:8080                Masq    n/a           100    0          0         $
          -> 10.0.0.4:80                  Route   n/a           0      0          0         $
          -> 10.0.0.5:80                  Tunnel  ipip          2147483647 0          0         $
          -> 10.0.0.6:80                  Tunnel  gue:6080:+c   1      0          0         $
          -> 10.0.0.7:80                  Tunnel  gre:-c        1      0          0         $
          -> 10.0.0.8:80                  Tunnel  gre:+c        1      0          0         $
          -> 10.0.0.10:80                 Tunnel  gue:65535:r+c 1      0          0         $
          -> 10.0.0.11:80                 Tunnel  gue:1:-c      1      0          0         $
          -> [2001:db8::99]:80            Tunnel  ipip          1      0          0         $
        TCP  10.0.0.1:443 sh (sh-fallback,sh-port) persistent 360 mask 255.255.255.0$
        TCP  10.0.0.1:444 mh (mh-port) persistent 360$
        TCP  10.0.0.1:445 rr (flag-1,flag-2,flag-3)$
        UDP  255.255.255.255:65535 lblcr$
          -> 192.168.111.111:65535        Masq    n/a           1      0          0         $
        UDP  10.0.0.1:53 lblcr ops$
          -> 10.0.0.2:53                  Masq    n/a           1      0          0         $
        UDP  10.0.0.1:54 rr$
        UDP  10.0.0.1:5060 rr persistent 60 pe sip$
        SCTP 10.0.0.1:9000 wrr$
          -> 192.168.100.100:65535        Masq    n/a           3      0          0         $
        TCP  [2001:db8::1]:80 sed persistent 300 mask 64$
          -> [2001:db8::2]:8080           Masq    n/a           5      0          0         $
          -> [2001:db8:1111:2222:3333:4444:5555:6666]:8080 Masq    n/a           5      0          0         $
        TCP  [2001:db8:1111:2222:3333:4444:5555:6666]:65535 fo persistent 10 pe sip$
        FWM  5 wlc$
          -> 10.0.0.9:0                   Route   n/a           1      0          0         $
        FWM  8 IPv6 wlc persistent 100 mask 64$
          -> [2001:db8::2]:0              Route   n/a           1      0          0         $

        """

    /// `ipvsadm -Ln --stats`
    static let statistics = """
        IP Virtual Server version 1.2.1 (size=4096)$
        Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes$
          -> RemoteAddress:Port$
        TCP  10.0.0.1:80                         0        0        0        0        0$
          -> 10.0.0.2:80                         0        0        0        0        0$
          -> 10.0.0.3:8080                       0        0        0        0        0$
          -> 10.0.0.4:80                         0        0        0        0        0$
          -> 10.0.0.5:80                         0        0        0        0        0$
          -> 10.0.0.6:80                         0        0        0        0        0$
          -> 10.0.0.7:80                         0        0        0        0        0$
          -> 10.0.0.8:80                         0        0        0        0        0$
          -> 10.0.0.10:80                        0        0        0        0        0$
          -> 10.0.0.11:80                        0        0        0        0        0$
          -> [2001:db8::99]:80                   0        0        0        0        0$
        TCP  10.0.0.1:443                        0        0        0        0        0$
        TCP  10.0.0.1:444                        0        0        0        0        0$
        TCP  10.0.0.1:445                        0        0        0        0        0$
        UDP  255.255.255.255:65535               0        0        0        0        0$
          -> 192.168.111.111:65535               0        0        0        0        0$
        UDP  10.0.0.1:53                         0        0        0        0        0$
          -> 10.0.0.2:53                         0        0        0        0        0$
        UDP  10.0.0.1:54                         0        0        0        0        0$
        UDP  10.0.0.1:5060                       0        0        0        0        0$
        SCTP 10.0.0.1:9000                       0        0        0        0        0$
          -> 192.168.100.100:65535               0        0        0        0        0$
        TCP  [2001:db8::1]:80                    0        0        0        0        0$
          -> [2001:db8::2]:8080                  0        0        0        0        0$
          -> [2001:db8:1111:2222:3333:4444:5555:6666]:8080        0        0        0        0        0$
        TCP  [2001:db8:1111:2222:3333:4444:5555:6666]:65535        0        0        0        0        0$
        FWM  5                                   0        0        0        0        0$
          -> 10.0.0.9:0                          0        0        0        0        0$
        FWM  8 IPv6                              0        0        0        0        0$
          -> [2001:db8::2]:0                     0        0        0        0        0$

        """

    /// `ipvsadm -Ln --rate`
    static let rates = """
        IP Virtual Server version 1.2.1 (size=4096)$
        Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS$
          -> RemoteAddress:Port$
        TCP  10.0.0.1:80                         0        0        0        0        0$
          -> 10.0.0.2:80                         0        0        0        0        0$
          -> 10.0.0.3:8080                       0        0        0        0        0$
          -> 10.0.0.4:80                         0        0        0        0        0$
          -> 10.0.0.5:80                         0        0        0        0        0$
          -> 10.0.0.6:80                         0        0        0        0        0$
          -> 10.0.0.7:80                         0        0        0        0        0$
          -> 10.0.0.8:80                         0        0        0        0        0$
          -> 10.0.0.10:80                        0        0        0        0        0$
          -> 10.0.0.11:80                        0        0        0        0        0$
          -> [2001:db8::99]:80                   0        0        0        0        0$
        TCP  10.0.0.1:443                        0        0        0        0        0$
        TCP  10.0.0.1:444                        0        0        0        0        0$
        TCP  10.0.0.1:445                        0        0        0        0        0$
        UDP  255.255.255.255:65535               0        0        0        0        0$
          -> 192.168.111.111:65535               0        0        0        0        0$
        UDP  10.0.0.1:53                         0        0        0        0        0$
          -> 10.0.0.2:53                         0        0        0        0        0$
        UDP  10.0.0.1:54                         0        0        0        0        0$
        UDP  10.0.0.1:5060                       0        0        0        0        0$
        SCTP 10.0.0.1:9000                       0        0        0        0        0$
          -> 192.168.100.100:65535               0        0        0        0        0$
        TCP  [2001:db8::1]:80                    0        0        0        0        0$
          -> [2001:db8::2]:8080                  0        0        0        0        0$
          -> [2001:db8:1111:2222:3333:4444:5555:6666]:8080        0        0        0        0        0$
        TCP  [2001:db8:1111:2222:3333:4444:5555:6666]:65535        0        0        0        0        0$
        FWM  5                                   0        0        0        0        0$
          -> 10.0.0.9:0                          0        0        0        0        0$
        FWM  8 IPv6                              0        0        0        0        0$
          -> [2001:db8::2]:0                     0        0        0        0        0$

        """

    /// `ipvsadm -Ln --thresholds`
    static let thresholds = """
        IP Virtual Server version 1.2.1 (size=4096)$
        Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn $
          -> RemoteAddress:Port$
        TCP  10.0.0.1:80 wlc$
          -> 10.0.0.2:80                  0          0          0          0         $
          -> 10.0.0.3:8080                500        100        0          0         $
          -> 10.0.0.4:80                  0          0          0          0         $
          -> 10.0.0.5:80                  0          0          0          0         $
          -> 10.0.0.6:80                  0          0          0          0         $
          -> 10.0.0.7:80                  0          0          0          0         $
          -> 10.0.0.8:80                  0          0          0          0         $
          -> 10.0.0.10:80                 0          0          0          0         $
          -> 10.0.0.11:80                 0          0          0          0         $
          -> [2001:db8::99]:80            0          0          0          0         $
        TCP  10.0.0.1:443 sh (sh-fallback,sh-port) persistent 360 mask 255.255.255.0$
        TCP  10.0.0.1:444 mh (mh-port) persistent 360$
        TCP  10.0.0.1:445 rr (flag-1,flag-2,flag-3)$
        UDP  255.255.255.255:65535 lblcr$
          -> 192.168.111.111:65535        0          0          0          0         $
        UDP  10.0.0.1:53 lblcr ops$
          -> 10.0.0.2:53                  0          0          0          0         $
        UDP  10.0.0.1:54 rr$
        UDP  10.0.0.1:5060 rr persistent 60 pe sip$
        SCTP 10.0.0.1:9000 wrr$
          -> 192.168.100.100:65535        0          0          0          0         $
        TCP  [2001:db8::1]:80 sed persistent 300 mask 64$
          -> [2001:db8::2]:8080           0          0          0          0         $
          -> [2001:db8:1111:2222:3333:4444:5555:6666]:8080 0          0          0          0         $
        TCP  [2001:db8:1111:2222:3333:4444:5555:6666]:65535 fo persistent 10 pe sip$
        FWM  5 wlc$
          -> 10.0.0.9:0                   0          0          0          0         $
        FWM  8 IPv6 wlc persistent 100 mask 64$
          -> [2001:db8::2]:0              0          0          0          0         $

        """

    /// `ipvsadm -Ln --persistent-conn`
    static let persistentConnections = """
        IP Virtual Server version 1.2.1 (size=4096)$
        Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn $
          -> RemoteAddress:Port$
        TCP  10.0.0.1:80 wlc$
          -> 10.0.0.2:80                  1         0           0          0         $
          -> 10.0.0.3:8080                100       0           0          0         $
          -> 10.0.0.4:80                  0         0           0          0         $
          -> 10.0.0.5:80                  2147483647 0           0          0         $
          -> 10.0.0.6:80                  1         0           0          0         $
          -> 10.0.0.7:80                  1         0           0          0         $
          -> 10.0.0.8:80                  1         0           0          0         $
          -> 10.0.0.10:80                 1         0           0          0         $
          -> 10.0.0.11:80                 1         0           0          0         $
          -> [2001:db8::99]:80            1         0           0          0         $
        TCP  10.0.0.1:443 sh (sh-fallback,sh-port) persistent 360 mask 255.255.255.0$
        TCP  10.0.0.1:444 mh (mh-port) persistent 360$
        TCP  10.0.0.1:445 rr (flag-1,flag-2,flag-3)$
        UDP  255.255.255.255:65535 lblcr$
          -> 192.168.111.111:65535        1         0           0          0         $
        UDP  10.0.0.1:53 lblcr ops$
          -> 10.0.0.2:53                  1         0           0          0         $
        UDP  10.0.0.1:54 rr$
        UDP  10.0.0.1:5060 rr persistent 60 pe sip$
        SCTP 10.0.0.1:9000 wrr$
          -> 192.168.100.100:65535        3         0           0          0         $
        TCP  [2001:db8::1]:80 sed persistent 300 mask 64$
          -> [2001:db8::2]:8080           5         0           0          0         $
          -> [2001:db8:1111:2222:3333:4444:5555:6666]:8080 5         0           0          0         $
        TCP  [2001:db8:1111:2222:3333:4444:5555:6666]:65535 fo persistent 10 pe sip$
        FWM  5 wlc$
          -> 10.0.0.9:0                   1         0           0          0         $
        FWM  8 IPv6 wlc persistent 100 mask 64$
          -> [2001:db8::2]:0              1         0           0          0         $

        """

    /// `ipvsadm -Sn`
    static let rules = """
        -A -t 10.0.0.1:80 -s wlc$
        -a -t 10.0.0.1:80 -r 10.0.0.2:80 -m -w 1$
        -a -t 10.0.0.1:80 -r 10.0.0.3:8080 -m -w 100$
        -a -t 10.0.0.1:80 -r 10.0.0.4:80 -g -w 0$
        -a -t 10.0.0.1:80 -r 10.0.0.5:80 -i -w 2147483647 --tun-type ipip$
        -a -t 10.0.0.1:80 -r 10.0.0.6:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum$
        -a -t 10.0.0.1:80 -r 10.0.0.7:80 -i -w 1 --tun-type gre --tun-nocsum$
        -a -t 10.0.0.1:80 -r 10.0.0.8:80 -i -w 1 --tun-type gre --tun-csum$
        -a -t 10.0.0.1:80 -r 10.0.0.10:80 -i -w 1 --tun-type gue --tun-port 65535 --tun-remcsum$
        -a -t 10.0.0.1:80 -r 10.0.0.11:80 -i -w 1 --tun-type gue --tun-port 1 --tun-nocsum$
        -a -t 10.0.0.1:80 -r [2001:db8::99]:80 -i -w 1 --tun-type ipip$
        -A -t 10.0.0.1:443 -s sh -p 360 -M 255.255.255.0 -b sh-fallback,sh-port$
        -A -t 10.0.0.1:444 -s mh -p 360 -b mh-port$
        -A -t 10.0.0.1:445 -s rr -b flag-1,flag-2,flag-3$
        -A -u 255.255.255.255:65535 -s lblcr$
        -a -u 255.255.255.255:65535 -r 192.168.111.111:65535 -m -w 1$
        -A -u 10.0.0.1:53 -s lblcr -o$
        -a -u 10.0.0.1:53 -r 10.0.0.2:53 -m -w 1$
        -A -u 10.0.0.1:54 -s rr --pe sip$
        -A -u 10.0.0.1:5060 -s rr -p 60 --pe sip$
        -A --sctp-service 10.0.0.1:9000 -s wrr$
        -a --sctp-service 10.0.0.1:9000 -r 192.168.100.100:65535 -m -w 3$
        -A -t [2001:db8::1]:80 -s sed -p 300 -M 64$
        -a -t [2001:db8::1]:80 -r [2001:db8::2]:8080 -m -w 5$
        -a -t [2001:db8::1]:80 -r [2001:db8:1111:2222:3333:4444:5555:6666]:8080 -m -w 5$
        -A -t [2001:db8:1111:2222:3333:4444:5555:6666]:65535 -s fo -p 10 --pe sip$
        -A -f 5 -s wlc$
        -a -f 5 -r 10.0.0.9:0 -g -w 1$
        -A -f 8 -6 -s wlc -p 100 -M 64$
        -a -f 8 -6 -r [2001:db8::2]:0 -g -w 1$

        """
}
