import Glibc

/// Two network namespaces of a test's own, with an interface `wire` in each: a virtual cable. 192.0.2.1 and fe80::1 are
/// near, 192.0.2.2 and fe80::2 far. They go when `run` returns; nothing else on the machine sees them.
///
/// Works for root. `unshare` and `setns`, which Swift cannot import, are looked up by name.
struct PrivateNetwork {
    enum Side: Int {
        case near
        case far
    }

    private let namespaces: [Int32]
    /// CLONE_NEWNET
    private static let cloneNewNet: Int32 = 0x4000_0000

    /// Whether this process may make namespaces.
    static var isPossible: Bool { geteuid() == 0 }

    /// Runs `body` near, on a thread of its own, and returns what it returns; nil where the network could not be made,
    /// with the reason on standard error.
    static func run<Result: Sendable>(_ body: (PrivateNetwork) throws -> Result) throws -> Result? {
        var result: Swift.Result<Result, any Error>?
        withoutActuallyEscaping(body) { body in
            let thread = OwnThread {
                guard let network = PrivateNetwork() else { return }
                defer { for namespace in network.namespaces { close(namespace) } }
                result = Swift.Result { try body(network) }
            }
            thread.join()
        }
        return try result?.get()
    }

    private init?() {
        var opened: [Int32] = []
        for _ in 0..<2 {
            guard Self.callByName("unshare", Self.cloneNewNet) else { return nil }
            opened.append(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC))
        }
        namespaces = opened.reversed()
        let far = "/proc/\(getpid())/fd/\(namespaces[Side.far.rawValue])"
        let prepare = "set -e; echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad; ip link set lo up; "
        enter(.far)
        guard shell(prepare) else { return nil }
        enter(.near)
        guard shell(prepare + "ip link add wire mtu 9000 type veth peer name wire mtu 9000 netns \(far)") else {
            return nil
        }
        for (side, number) in [(Side.far, 2), (.near, 1)] {
            enter(side)
            let addresses =
                "ip link set wire addrgenmode none; ip addr add 192.0.2.\(number)/24 dev wire; "
                + "ip addr add fe80::\(number)/64 dev wire nodad; ip link set wire up"
            guard shell("set -e; " + addresses) else { return nil }
        }
        // The kernel lets packets through a moment after both ends are up.
        for side in [Side.far, .near] {
            enter(side)
            guard
                shell("for i in $(seq 500); do ip link show wire | grep -q 'state UP' && exit; sleep .01; done; exit 1")
            else { return nil }
        }
    }

    /// Which namespace this thread's new sockets and processes are in.
    func enter(_ side: Side) {
        precondition(Self.callByName("setns", namespaces[side.rawValue], Self.cloneNewNet))
    }

    /// The index of this side's interface.
    var wire: Int32 { Int32(if_nametoindex("wire")) }

    /// Runs a script in this side's namespace.
    @discardableResult
    func shell(_ script: String) -> Bool {
        let arguments = (["/bin/sh", "-c", script] as [String]).map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, "/bin/sh", nil, nil, arguments + [nil], environ) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }

    private static func callByName(_ name: String, _ numbers: Int32...) -> Bool {
        guard let address = dlsym(UnsafeMutableRawPointer(bitPattern: 0), name) else { return false }
        let function = unsafeBitCast(address, to: (@convention(c) (Int32, Int32) -> Int32).self)
        return function(numbers[0], numbers.count > 1 ? numbers[1] : 0) == 0
    }
}
