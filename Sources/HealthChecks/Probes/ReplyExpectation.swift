import HealthPolicy
import KeepalivedConfig

/// Which datagram UDP_CHECK takes for the right reply.
struct ReplyExpectation: Hashable {
    private let pattern: UDPCheck.Pattern
    private let shortest: Int
    private let longest: Int

    /// Nil where no reply is required: then any is welcome, also none.
    init?(_ check: UDPCheck) {
        guard let pattern = check.reply.value else { return nil }
        self.pattern = pattern
        // keepalived looks at the length of what it compares only. Written lengths count here, its defaults do not.
        let comparesContent = !pattern.bytes.isEmpty
        shortest = comparesContent || check.minimumReplyLength.origin.isWritten ? check.minimumReplyLength.value : 0
        longest = comparesContent || check.maximumReplyLength.origin.isWritten ? check.maximumReplyLength.value : .max
    }

    /// A reply is compared as far as both it and the pattern reach.
    func judge(_ reply: [UInt8]) -> CheckResult {
        guard reply.count >= shortest else {
            return .failed("replied with \(reply.count) bytes, fewer than \(shortest)")
        }
        guard reply.count <= longest else {
            return .failed("replied with \(reply.count) bytes, more than \(longest)")
        }
        for (index, byte) in reply.prefix(pattern.bytes.count).enumerated()
        where (byte ^ pattern.bytes[index]) & pattern.masks[index] != 0 {
            return .failed("replied with something else than required, from byte \(index + 1) on")
        }
        return .passed
    }
}
