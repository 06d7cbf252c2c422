/// What this machine says about the things that a configuration names. Without it, what depends on the machine is not
/// checked.
package protocol HostFacts {
    /// The host's name, up to the first dot.
    var hostName: String { get }
    /// Nil where there is no such interface.
    func interface(_ name: String) -> InterfaceFacts?
    /// What running this command word would find: an absolute path, or a name that is looked up in PATH.
    func program(_ word: String) -> ProgramFacts
    func hasReadableFile(_ path: String) -> Bool
    func hasUser(_ name: String) -> Bool
    func hasGroup(_ name: String) -> Bool
}

/// A network interface of this machine.
package struct InterfaceFacts: Hashable, Sendable {
    package var name: String
    package var isUp: Bool
    package var isLoopback: Bool
    package var mtu: Int
    package var addresses: [AddressPrefix]

    package init(
        name: String, isUp: Bool = true, isLoopback: Bool = false, mtu: Int = 1500, addresses: [AddressPrefix] = []
    ) {
        self.name = name
        self.isUp = isUp
        self.isLoopback = isLoopback
        self.mtu = mtu
        self.addresses = addresses
    }
}

/// What stands where a script should.
package struct ProgramFacts: Hashable, Sendable {
    package enum Presence: Hashable, Sendable {
        case missing
        /// A directory, a device.
        case notAFile
        case notExecutable
        case executable
    }

    package var presence: Presence
    /// The absolute path that was found; the word itself where nothing was.
    package var path: String
    /// Who besides root can change or replace it, as a phrase with the path component that lets them:
    /// `group staff can write /opt/scripts`. Nil where nobody can.
    package var writer: String?

    package init(_ presence: Presence, path: String, writer: String? = nil) {
        self.presence = presence
        self.path = path
        self.writer = writer
    }
}
