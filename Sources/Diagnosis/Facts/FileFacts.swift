/// A file or folder with its rights.
package struct FileFacts: Hashable, Sendable {
    /// What is in it that others should not see or change.
    package enum Role: Hashable, Sendable {
        /// A file of the configuration; whether passwords or keys are in it.
        case configuration(hasSecrets: Bool)
        /// A key of `auth_hmac`.
        case key
        /// Where the control socket and the daemon's state are.
        case stateFolder
        case controlSocket
    }

    package var path: String
    package var role: Role
    /// The twelve bits of rights.
    package var mode: UInt16
    package var owner: UInt32
    package var ownerName: String
    package var groupName: String
    /// Who besides root can change or replace it; nil where nobody can.
    package var writer: String?

    package init(
        path: String, role: Role, mode: UInt16, owner: UInt32 = 0, ownerName: String = "root",
        groupName: String = "root", writer: String? = nil
    ) {
        self.path = path
        self.role = role
        self.mode = mode
        self.owner = owner
        self.ownerName = ownerName
        self.groupName = groupName
        self.writer = writer
    }
}
