/// A change of the kernel's network configuration that it refused, or a question that it did not answer.
package struct RoutingError: Error, Hashable, Sendable {
    /// What was asked, in words of `ip`, such as `address add 10.0.0.3/24 dev eth0`.
    package var operation: String
    /// The errno of the kernel's answer.
    package var code: Int32
    /// The kernel's own sentence about it; empty where it gave none.
    package var message: String

    package init(operation: String, code: Int32, message: String = "") {
        self.operation = operation
        self.code = code
        self.message = message
    }
}
