/// `BFD_CHECK`.
package struct BFDCheck: Hashable, Sendable {
    /// The name of a `bfd_instance`.
    package var session = Setting<String?>(nil)

    package init() {}
}
