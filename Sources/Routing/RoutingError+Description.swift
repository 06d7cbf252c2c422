import Glibc

extension RoutingError: CustomStringConvertible {
    /// What was asked, and why not: `address add 10.0.0.3/24 dev eth0: File exists`.
    package var description: String {
        let reason = String(cString: strerror(code))
        return message.isEmpty ? "\(operation): \(reason)" : "\(operation): \(reason) (\(message))"
    }
}
