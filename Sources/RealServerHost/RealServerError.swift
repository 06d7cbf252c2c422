/// Why a real server cannot be made of this host, or not be undone, in words for the operator.
package struct RealServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What, where, and what instead.
    package let description: String
    /// The exit status of a program that ends for it: 77 for missing rights, 73 for a file that cannot be made,
    /// otherwise 1.
    package let status: Int32

    package init(_ description: String, status: Int32 = 1) {
        self.description = description
        self.status = status
    }
}
