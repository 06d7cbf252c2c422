/// The names of tables, protocols, scopes and realms, from iproute2's files.
package struct RoutingNames: Sendable {
    package private(set) var tables: [String: UInt32] = [:]
    package private(set) var protocols: [String: UInt32] = [:]
    package private(set) var scopes: [String: UInt32] = [:]
    package private(set) var realms: [String: UInt32] = [:]
    package private(set) var groups: [String: UInt32] = [:]

    /// - Parameter folders: Where the files are, the most important last.
    package init(folders: [String] = ["/usr/share/iproute2", "/usr/lib/iproute2", "/etc/iproute2"]) {}
}
