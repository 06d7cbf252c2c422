/// A system call that the loop or one of its sockets needs and that failed.
package struct ReactorError: Error, Hashable, Sendable {
    /// The call, such as `epoll_create1`, with what it was for.
    package var operation: String
    /// The errno of the call.
    package var code: Int32

    package init(_ operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }
}
