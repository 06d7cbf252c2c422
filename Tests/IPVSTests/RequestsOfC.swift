/// What the C program, ipvsadm 1.31, sends on x86_64, as strace recorded it, without the netlink header: the
/// generic-netlink header, then attributes, each with its length, its type (0x8000: nested), its payload and the bytes
/// that fill it up to four. After `;` stands what it is.
enum RequestsOfC {
    /// `ipvsadm -A -t 10.0.0.9:80 -s sh -p 360 -M 255.255.255.0 -b sh-fallback,sh-port`
    static let addService = """
        01010000  ; IPVS_CMD_NEW_SERVICE, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          07000600 73680000  ; SCHED_NAME: "sh", with its zero byte
          0c000700 19000000ffffffff  ; FLAGS: flags 0x19, mask 0xffffffff
          08000800 68010000  ; TIMEOUT: 360
          08000900 ffffff00  ; NETMASK: 255.255.255.0
        """

    /// `ipvsadm -E -t 10.0.0.9:80 -s rr`
    static let editService = """
        02010000  ; IPVS_CMD_SET_SERVICE, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          07000600 72720000  ; SCHED_NAME: "rr", with its zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        """

    /// `ipvsadm -A -u [2001:db8::9]:53 -s rr -o -p 60 -M 64 --pe sip`
    static let addServiceOn6 = """
        01010000  ; IPVS_CMD_NEW_SERVICE, version 1
        5c000180  ; SERVICE
          06000100 0a000000  ; AF: AF_INET6
          06000200 11000000  ; PROTOCOL: 17
          14000300 20010db8000000000000000000000009  ; ADDR: 2001:db8::9
          06000400 00350000  ; PORT: 53
          07000600 72720000  ; SCHED_NAME: "rr", with its zero byte
          08000b00 73697000  ; PE_NAME: "sip", with its zero byte
          0c000700 05000000ffffffff  ; FLAGS: flags 0x05, mask 0xffffffff
          08000800 3c000000  ; TIMEOUT: 60
          08000900 40000000  ; NETMASK: /64
        """

    /// `ipvsadm -A -f 4294967295 -s wlc`
    static let addLargestMark = """
        01010000  ; IPVS_CMD_NEW_SERVICE, version 1
        38000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          08000500 ffffffff  ; FWMARK: 4294967295
          08000600 776c6300  ; SCHED_NAME: "wlc", with its zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        """

    /// `ipvsadm -A -f 7 -6`
    static let addMarkOn6 = """
        01010000  ; IPVS_CMD_NEW_SERVICE, version 1
        38000180  ; SERVICE
          06000100 0a000000  ; AF: AF_INET6
          08000500 07000000  ; FWMARK: 7
          08000600 776c6300  ; SCHED_NAME: "wlc", with its zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 80000000  ; NETMASK: /128
        """

    /// `ipvsadm -D -t 10.0.0.9:80`
    static let deleteService = """
        03010000  ; IPVS_CMD_DEL_SERVICE, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        """

    /// `ipvsadm -D -f 7 -6`
    static let deleteMarkOn6 = """
        03010000  ; IPVS_CMD_DEL_SERVICE, version 1
        38000180  ; SERVICE
          06000100 0a000000  ; AF: AF_INET6
          08000500 07000000  ; FWMARK: 7
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 80000000  ; NETMASK: /128
        """

    /// `ipvsadm -a -t 10.0.0.9:80 -r 10.0.0.2:8080 -m -w 5 -x 500 -y 100`
    static let addServer = """
        05010000  ; IPVS_CMD_NEW_DEST, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        60000280  ; DEST
          06000b00 02000000  ; ADDR_FAMILY: AF_INET
          14000100 0a000002000000000000000000000000  ; ADDR: 10.0.0.2
          06000200 1f900000  ; PORT: 8080
          08000300 00000000  ; FWD_METHOD: 0
          08000400 05000000  ; WEIGHT: 5
          05000d00 00000000  ; TUN_TYPE: 0
          06000e00 00000000  ; TUN_PORT: 0
          06000f00 00000000  ; TUN_FLAGS: 0
          08000500 f4010000  ; U_THRESH: 500
          08000600 64000000  ; L_THRESH: 100
        """

    /// `ipvsadm -e -t 10.0.0.9:80 -r 10.0.0.2:8080 -m -w 0`
    static let editServer = """
        06010000  ; IPVS_CMD_SET_DEST, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        60000280  ; DEST
          06000b00 02000000  ; ADDR_FAMILY: AF_INET
          14000100 0a000002000000000000000000000000  ; ADDR: 10.0.0.2
          06000200 1f900000  ; PORT: 8080
          08000300 00000000  ; FWD_METHOD: 0
          08000400 00000000  ; WEIGHT: 0
          05000d00 00000000  ; TUN_TYPE: 0
          06000e00 00000000  ; TUN_PORT: 0
          06000f00 00000000  ; TUN_FLAGS: 0
          08000500 00000000  ; U_THRESH: 0
          08000600 00000000  ; L_THRESH: 0
        """

    /// `ipvsadm -a -t 10.0.0.9:80 -r 10.0.0.5 -i --tun-type gue --tun-port 6080 --tun-remcsum`
    static let addServerByGUE = """
        05010000  ; IPVS_CMD_NEW_DEST, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        60000280  ; DEST
          06000b00 02000000  ; ADDR_FAMILY: AF_INET
          14000100 0a000005000000000000000000000000  ; ADDR: 10.0.0.5
          06000200 00500000  ; PORT: 80
          08000300 02000000  ; FWD_METHOD: 2
          08000400 01000000  ; WEIGHT: 1
          05000d00 01000000  ; TUN_TYPE: 1
          06000e00 17c00000  ; TUN_PORT: 6080
          06000f00 02000000  ; TUN_FLAGS: 2
          08000500 00000000  ; U_THRESH: 0
          08000600 00000000  ; L_THRESH: 0
        """

    /// `ipvsadm -a -t 10.0.0.9:80 -r 2001:db8::5 -i --tun-type gre --tun-csum`
    static let addServerOn6ByGRE = """
        05010000  ; IPVS_CMD_NEW_DEST, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        60000280  ; DEST
          06000b00 0a000000  ; ADDR_FAMILY: AF_INET6
          14000100 20010db8000000000000000000000005  ; ADDR: 2001:db8::5
          06000200 00500000  ; PORT: 80
          08000300 02000000  ; FWD_METHOD: 2
          08000400 01000000  ; WEIGHT: 1
          05000d00 02000000  ; TUN_TYPE: 2
          06000e00 00000000  ; TUN_PORT: 0
          06000f00 01000000  ; TUN_FLAGS: 1
          08000500 00000000  ; U_THRESH: 0
          08000600 00000000  ; L_THRESH: 0
        """

    /// `ipvsadm -d -t 10.0.0.9:80 -r 10.0.0.2:8080`
    static let deleteServer = """
        07010000  ; IPVS_CMD_DEL_DEST, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        60000280  ; DEST
          06000b00 02000000  ; ADDR_FAMILY: AF_INET
          14000100 0a000002000000000000000000000000  ; ADDR: 10.0.0.2
          06000200 1f900000  ; PORT: 8080
          08000300 03000000  ; FWD_METHOD: 3
          08000400 01000000  ; WEIGHT: 1
          05000d00 00000000  ; TUN_TYPE: 0
          06000e00 00000000  ; TUN_PORT: 0
          06000f00 00000000  ; TUN_FLAGS: 0
          08000500 00000000  ; U_THRESH: 0
          08000600 00000000  ; L_THRESH: 0
        """

    /// `ipvsadm -Z -t 10.0.0.9:80`
    static let zeroService = """
        10010000  ; IPVS_CMD_ZERO, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 ffffffff  ; NETMASK: 255.255.255.255
        """

    /// `ipvsadm -Z -f 7 -6`
    static let zeroMarkOn6 = """
        10010000  ; IPVS_CMD_ZERO, version 1
        38000180  ; SERVICE
          06000100 0a000000  ; AF: AF_INET6
          08000500 07000000  ; FWMARK: 7
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 80000000  ; NETMASK: /128
        """

    /// `ipvsadm -Z`
    static let zeroAll = """
        10010000  ; IPVS_CMD_ZERO, version 1
        """

    /// `ipvsadm --set 900 120 300`
    static let setTimeouts = """
        0c010000  ; IPVS_CMD_SET_CONFIG, version 1
        08000400 84030000  ; TIMEOUT_TCP: 900
        08000500 78000000  ; TIMEOUT_TCP_FIN: 120
        08000600 2c010000  ; TIMEOUT_UDP: 300
        """

    /// `ipvsadm --start-daemon master --mcast-interface lo --syncid 5`
    /// `--sync-maxlen 1000 --mcast-group 224.0.0.81 --mcast-port 8848 --mcast-ttl 1`
    static let startMaster = """
        09010000  ; IPVS_CMD_NEW_DAEMON, version 1
        3c000380  ; DAEMON
          08000100 01000000  ; STATE: 1
          07000200 6c6f0000  ; MCAST_IFN: "lo", with its zero byte
          08000300 05000000  ; SYNC_ID: 5
          06000400 e8030000  ; SYNC_MAXLEN: 1000
          06000700 90220000  ; MCAST_PORT: 8848
          05000800 01000000  ; MCAST_TTL: 1
          08000500 e0000051  ; MCAST_GROUP: 224.0.0.81
        """

    /// `ipvsadm --start-daemon backup --mcast-interface lo --mcast-group ff02::81`
    static let startBackupOn6 = """
        09010000  ; IPVS_CMD_NEW_DAEMON, version 1
        30000380  ; DAEMON
          08000100 02000000  ; STATE: 2
          07000200 6c6f0000  ; MCAST_IFN: "lo", with its zero byte
          08000300 00000000  ; SYNC_ID: 0
          14000600 ff020000000000000000000000000081  ; MCAST_GROUP6: ff02::81
        """

    /// `ipvsadm --stop-daemon master`
    static let stopMaster = """
        0a010000  ; IPVS_CMD_DEL_DAEMON, version 1
        1c000380  ; DAEMON
          08000100 01000000  ; STATE: 1
          05000200 00000000  ; MCAST_IFN: empty: one zero byte
          08000300 00000000  ; SYNC_ID: 0
        """

    /// `ipvsadm -Ln -t 10.0.0.9:80`, first
    static let readService = """
        04010000  ; IPVS_CMD_GET_SERVICE, version 1
        54000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
          05000600 00000000  ; SCHED_NAME: empty: one zero byte
          0c000700 00000000ffffffff  ; FLAGS: flags 0x00, mask 0xffffffff
          08000800 00000000  ; TIMEOUT: 0
          08000900 00000000  ; NETMASK: 0.0.0.0
        """

    /// `ipvsadm -Ln -t 10.0.0.9:80`, then
    static let readServers = """
        08010000  ; IPVS_CMD_GET_DEST, version 1
        30000180  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000400 00500000  ; PORT: 80
        """
}
