import Glibc
import Routing

extension RoutingError {
    /// What was asked and what the kernel said.
    var text: String {
        "\(operation): \(message.isEmpty ? String(cString: strerror(code)) : message)"
    }
}
