/// A netlink exchange that failed.
public struct NetlinkError: Error, Hashable {
    /// What was asked, in the kernel's own word for it, such as `IPVS_CMD_NEW_DEST`.
    public var operation: String
    /// The errno that the kernel or the socket answered with, positive.
    public var code: Int32
    /// The sequence number of the message that failed; 0 where none was sent.
    public var sequence: UInt32

    package init(operation: String, code: Int32, sequence: UInt32 = 0) {
        self.operation = operation
        self.code = code
        self.sequence = sequence
    }
}
