/// What Linux 6.1 on x86_64 answers ipvsadm, as strace recorded it: attributes as in `RequestsOfC`.
enum AnswersOfKernel {
    /// A UDP service over IPv6 with a persistence engine, after one packet
    static let serviceOn6 = """
        01010000  ; IPVS_CMD_NEW_SERVICE, version 1
        5c010100  ; SERVICE
          06000100 0a000000  ; AF: AF_INET6
          06000200 11000000  ; PROTOCOL: 17
          14000300 20010db8000000000000000000000001  ; ADDR: 2001:db8::1
          06000400 13c40000  ; PORT: 5060
          07000600 72720000  ; SCHED_NAME: "rr", with its zero byte
          08000b00 73697000  ; PE_NAME: "sip", with its zero byte
          0c000700 03000000ffffffff  ; FLAGS: flags 0x03, mask 0xffffffff
          08000800 3c000000  ; TIMEOUT: 60
          08000900 80000000  ; NETMASK: /128
          60000a00  ; STATS
            08000100 01000000  ; CONNS: 1
            08000200 01000000  ; INPKTS: 1
            08000300 00000000  ; OUTPKTS: 0
            0c000400 9000000000000000  ; INBYTES: 144
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            08000600 00000000  ; CPS: 0
            08000700 00000000  ; INPPS: 0
            08000800 00000000  ; OUTPPS: 0
            08000900 12000000  ; INBPS: 18
            08000a00 00000000  ; OUTBPS: 0
          a0000c00  ; STATS64
            0c000100 0100000000000000  ; CONNS: 1
            04000b00  ; PAD
            0c000200 0100000000000000  ; INPKTS: 1
            04000b00  ; PAD
            0c000300 0000000000000000  ; OUTPKTS: 0
            04000b00  ; PAD
            0c000400 9000000000000000  ; INBYTES: 144
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            04000b00  ; PAD
            0c000600 0000000000000000  ; CPS: 0
            04000b00  ; PAD
            0c000700 0000000000000000  ; INPPS: 0
            04000b00  ; PAD
            0c000800 0000000000000000  ; OUTPPS: 0
            04000b00  ; PAD
            0c000900 1200000000000000  ; INBPS: 18
            04000b00  ; PAD
            0c000a00 0000000000000000  ; OUTBPS: 0
        """

    /// A TCP service over IPv4 with persistence and a mask, after one connection
    static let persistentService = """
        01010000  ; IPVS_CMD_NEW_SERVICE, version 1
        54010100  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          06000200 06000000  ; PROTOCOL: 6
          14000300 0a000001000000000000000000000000  ; ADDR: 10.0.0.1
          06000400 00510000  ; PORT: 81
          07000600 72720000  ; SCHED_NAME: "rr", with its zero byte
          0c000700 03000000ffffffff  ; FLAGS: flags 0x03, mask 0xffffffff
          08000800 68010000  ; TIMEOUT: 360
          08000900 ffffff00  ; NETMASK: 255.255.255.0
          60000a00  ; STATS
            08000100 01000000  ; CONNS: 1
            08000200 02000000  ; INPKTS: 2
            08000300 01000000  ; OUTPKTS: 1
            0c000400 7000000000000000  ; INBYTES: 112
            04000b00  ; PAD
            0c000500 3c00000000000000  ; OUTBYTES: 60
            08000600 00000000  ; CPS: 0
            08000700 00000000  ; INPPS: 0
            08000800 00000000  ; OUTPPS: 0
            08000900 0e000000  ; INBPS: 14
            08000a00 07000000  ; OUTBPS: 7
          a0000c00  ; STATS64
            0c000100 0100000000000000  ; CONNS: 1
            04000b00  ; PAD
            0c000200 0200000000000000  ; INPKTS: 2
            04000b00  ; PAD
            0c000300 0100000000000000  ; OUTPKTS: 1
            04000b00  ; PAD
            0c000400 7000000000000000  ; INBYTES: 112
            04000b00  ; PAD
            0c000500 3c00000000000000  ; OUTBYTES: 60
            04000b00  ; PAD
            0c000600 0000000000000000  ; CPS: 0
            04000b00  ; PAD
            0c000700 0000000000000000  ; INPPS: 0
            04000b00  ; PAD
            0c000800 0000000000000000  ; OUTPPS: 0
            04000b00  ; PAD
            0c000900 0e00000000000000  ; INBPS: 14
            04000b00  ; PAD
            0c000a00 0700000000000000  ; OUTBPS: 7
        """

    /// A firewall mark under `sh` with a scheduler flag
    static let markService = """
        01010000  ; IPVS_CMD_NEW_SERVICE, version 1
        3c010100  ; SERVICE
          06000100 02000000  ; AF: AF_INET
          08000500 05000000  ; FWMARK: 5
          07000600 73680000  ; SCHED_NAME: "sh", with its zero byte
          0c000700 13000000ffffffff  ; FLAGS: flags 0x13, mask 0xffffffff
          08000800 64000000  ; TIMEOUT: 100
          08000900 ffffffff  ; NETMASK: 255.255.255.255
          64000a00  ; STATS
            08000100 00000000  ; CONNS: 0
            08000200 00000000  ; INPKTS: 0
            08000300 00000000  ; OUTPKTS: 0
            04000b00  ; PAD
            0c000400 0000000000000000  ; INBYTES: 0
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            08000600 00000000  ; CPS: 0
            08000700 00000000  ; INPPS: 0
            08000800 00000000  ; OUTPPS: 0
            08000900 00000000  ; INBPS: 0
            08000a00 00000000  ; OUTBPS: 0
          a0000c00  ; STATS64
            0c000100 0000000000000000  ; CONNS: 0
            04000b00  ; PAD
            0c000200 0000000000000000  ; INPKTS: 0
            04000b00  ; PAD
            0c000300 0000000000000000  ; OUTPKTS: 0
            04000b00  ; PAD
            0c000400 0000000000000000  ; INBYTES: 0
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            04000b00  ; PAD
            0c000600 0000000000000000  ; CPS: 0
            04000b00  ; PAD
            0c000700 0000000000000000  ; INPPS: 0
            04000b00  ; PAD
            0c000800 0000000000000000  ; OUTPPS: 0
            04000b00  ; PAD
            0c000900 0000000000000000  ; INBPS: 0
            04000b00  ; PAD
            0c000a00 0000000000000000  ; OUTBPS: 0
        """

    /// A real server behind NAT, with one connection
    static let server = """
        05010000  ; IPVS_CMD_NEW_DEST, version 1
        7c010200  ; DEST
          14000100 0a000002000000000000000000000000  ; ADDR: 10.0.0.2
          06000200 1f900000  ; PORT: 8080
          08000300 00000000  ; FWD_METHOD: 0
          08000400 01000000  ; WEIGHT: 1
          05000d00 00000000  ; TUN_TYPE: 0
          06000e00 00000000  ; TUN_PORT: 0
          06000f00 00000000  ; TUN_FLAGS: 0
          08000500 00000000  ; U_THRESH: 0
          08000600 00000000  ; L_THRESH: 0
          08000700 01000000  ; ACTIVE_CONNS: 1
          08000800 00000000  ; INACT_CONNS: 0
          08000900 01000000  ; PERSIST_CONNS: 1
          06000b00 02000000  ; ADDR_FAMILY: AF_INET
          64000a00  ; STATS
            08000100 01000000  ; CONNS: 1
            08000200 02000000  ; INPKTS: 2
            08000300 01000000  ; OUTPKTS: 1
            04000b00  ; PAD
            0c000400 7000000000000000  ; INBYTES: 112
            04000b00  ; PAD
            0c000500 3c00000000000000  ; OUTBYTES: 60
            08000600 00000000  ; CPS: 0
            08000700 00000000  ; INPPS: 0
            08000800 00000000  ; OUTPPS: 0
            08000900 0e000000  ; INBPS: 14
            08000a00 07000000  ; OUTBPS: 7
          a0000c00  ; STATS64
            0c000100 0100000000000000  ; CONNS: 1
            04000b00  ; PAD
            0c000200 0200000000000000  ; INPKTS: 2
            04000b00  ; PAD
            0c000300 0100000000000000  ; OUTPKTS: 1
            04000b00  ; PAD
            0c000400 7000000000000000  ; INBYTES: 112
            04000b00  ; PAD
            0c000500 3c00000000000000  ; OUTBYTES: 60
            04000b00  ; PAD
            0c000600 0000000000000000  ; CPS: 0
            04000b00  ; PAD
            0c000700 0000000000000000  ; INPPS: 0
            04000b00  ; PAD
            0c000800 0000000000000000  ; OUTPPS: 0
            04000b00  ; PAD
            0c000900 0e00000000000000  ; INBPS: 14
            04000b00  ; PAD
            0c000a00 0700000000000000  ; OUTBPS: 7
        """

    /// A real server behind a GUE tunnel, with thresholds
    static let serverByGUE = """
        05010000  ; IPVS_CMD_NEW_DEST, version 1
        7c010200  ; DEST
          14000100 0a000009000000000000000000000000  ; ADDR: 10.0.0.9
          06000200 00000000  ; PORT: 0
          08000300 02000000  ; FWD_METHOD: 2
          08000400 07000000  ; WEIGHT: 7
          05000d00 01000000  ; TUN_TYPE: 1
          06000e00 17c00000  ; TUN_PORT: 6080
          06000f00 01000000  ; TUN_FLAGS: 1
          08000500 f4010000  ; U_THRESH: 500
          08000600 64000000  ; L_THRESH: 100
          08000700 00000000  ; ACTIVE_CONNS: 0
          08000800 00000000  ; INACT_CONNS: 0
          08000900 00000000  ; PERSIST_CONNS: 0
          06000b00 02000000  ; ADDR_FAMILY: AF_INET
          64000a00  ; STATS
            08000100 00000000  ; CONNS: 0
            08000200 00000000  ; INPKTS: 0
            08000300 00000000  ; OUTPKTS: 0
            04000b00  ; PAD
            0c000400 0000000000000000  ; INBYTES: 0
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            08000600 00000000  ; CPS: 0
            08000700 00000000  ; INPPS: 0
            08000800 00000000  ; OUTPPS: 0
            08000900 00000000  ; INBPS: 0
            08000a00 00000000  ; OUTBPS: 0
          a0000c00  ; STATS64
            0c000100 0000000000000000  ; CONNS: 0
            04000b00  ; PAD
            0c000200 0000000000000000  ; INPKTS: 0
            04000b00  ; PAD
            0c000300 0000000000000000  ; OUTPKTS: 0
            04000b00  ; PAD
            0c000400 0000000000000000  ; INBYTES: 0
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            04000b00  ; PAD
            0c000600 0000000000000000  ; CPS: 0
            04000b00  ; PAD
            0c000700 0000000000000000  ; INPPS: 0
            04000b00  ; PAD
            0c000800 0000000000000000  ; OUTPPS: 0
            04000b00  ; PAD
            0c000900 0000000000000000  ; INBPS: 0
            04000b00  ; PAD
            0c000a00 0000000000000000  ; OUTBPS: 0
        """

    /// An IPv6 server behind an IPv4 firewall mark
    static let serverOn6 = """
        05010000  ; IPVS_CMD_NEW_DEST, version 1
        7c010200  ; DEST
          14000100 20010db8000000000000000000000099  ; ADDR: 2001:db8::99
          06000200 00000000  ; PORT: 0
          08000300 02000000  ; FWD_METHOD: 2
          08000400 01000000  ; WEIGHT: 1
          05000d00 00000000  ; TUN_TYPE: 0
          06000e00 00000000  ; TUN_PORT: 0
          06000f00 00000000  ; TUN_FLAGS: 0
          08000500 00000000  ; U_THRESH: 0
          08000600 00000000  ; L_THRESH: 0
          08000700 00000000  ; ACTIVE_CONNS: 0
          08000800 00000000  ; INACT_CONNS: 0
          08000900 00000000  ; PERSIST_CONNS: 0
          06000b00 0a000000  ; ADDR_FAMILY: AF_INET6
          64000a00  ; STATS
            08000100 00000000  ; CONNS: 0
            08000200 00000000  ; INPKTS: 0
            08000300 00000000  ; OUTPKTS: 0
            04000b00  ; PAD
            0c000400 0000000000000000  ; INBYTES: 0
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            08000600 00000000  ; CPS: 0
            08000700 00000000  ; INPPS: 0
            08000800 00000000  ; OUTPPS: 0
            08000900 00000000  ; INBPS: 0
            08000a00 00000000  ; OUTBPS: 0
          a0000c00  ; STATS64
            0c000100 0000000000000000  ; CONNS: 0
            04000b00  ; PAD
            0c000200 0000000000000000  ; INPKTS: 0
            04000b00  ; PAD
            0c000300 0000000000000000  ; OUTPKTS: 0
            04000b00  ; PAD
            0c000400 0000000000000000  ; INBYTES: 0
            04000b00  ; PAD
            0c000500 0000000000000000  ; OUTBYTES: 0
            04000b00  ; PAD
            0c000600 0000000000000000  ; CPS: 0
            04000b00  ; PAD
            0c000700 0000000000000000  ; INPPS: 0
            04000b00  ; PAD
            0c000800 0000000000000000  ; OUTPPS: 0
            04000b00  ; PAD
            0c000900 0000000000000000  ; INBPS: 0
            04000b00  ; PAD
            0c000a00 0000000000000000  ; OUTBPS: 0
        """

    /// The master daemon
    static let master = """
        09010000  ; IPVS_CMD_NEW_DAEMON, version 1
        3c000300  ; DAEMON
          08000100 01000000  ; STATE: 1
          07000200 76300000  ; MCAST_IFN: "v0", with its zero byte
          08000300 05000000  ; SYNC_ID: 5
          06000400 e8030000  ; SYNC_MAXLEN: 1000
          06000700 90220000  ; MCAST_PORT: 8848
          05000800 01000000  ; MCAST_TTL: 1
          08000500 e0000051  ; MCAST_GROUP: 224.0.0.81
        """

    /// The backup daemon, with an IPv6 group
    static let backupOn6 = """
        09010000  ; IPVS_CMD_NEW_DAEMON, version 1
        48000300  ; DAEMON
          08000100 02000000  ; STATE: 2
          07000200 76300000  ; MCAST_IFN: "v0", with its zero byte
          08000300 00000000  ; SYNC_ID: 0
          06000400 ac050000  ; SYNC_MAXLEN: 1452
          06000700 90220000  ; MCAST_PORT: 8848
          05000800 01000000  ; MCAST_TTL: 1
          14000600 ff020000000000000000000000000081  ; MCAST_GROUP6: ff02::81
        """
}
