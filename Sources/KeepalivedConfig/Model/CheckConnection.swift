package import Addresses

/// Where a check connects to and from. Nil stands for the real server's address and port, and for what the kernel
/// chooses.
package struct CheckConnection: Hashable, Sendable {
    package var address = Setting<IPAddress?>(nil)
    package var port = Setting<Int?>(nil)
    package var sourceAddress = Setting<IPAddress?>(nil)
    package var sourceInterface = Setting<String?>(nil)
    package var sourcePort = Setting<Int?>(nil)
    package var mark = Setting<Int?>(nil)

    package init() {}
}
