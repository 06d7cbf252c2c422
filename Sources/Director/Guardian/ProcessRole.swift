import Glibc

/// Which of the two processes this one is. The operator starts neither by name: the first is the guardian, and the
/// other is told by its environment.
enum ProcessRole: Equatable {
    /// Started by the operator, or by systemd.
    case first
    /// Does the work; the channel leads to its guardian. It may come in place of a worker that died.
    case worker(channel: Int32, lock: Int32, guardian: Int32, isReplacement: Bool)
    /// Comes in place of a guardian that died; the channel leads to the worker that started it.
    case successor(channel: Int32, lock: Int32, worker: Int32)

    static let variable = "VRRPCTL_PROCESS"

    /// As the variable's value.
    var text: String {
        switch self {
        case .first: ""
        case .worker(let channel, let lock, let guardian, let isReplacement):
            "\(isReplacement ? "next-worker" : "worker") \(channel) \(lock) \(guardian)"
        case .successor(let channel, let lock, let worker): "guardian \(channel) \(lock) \(worker)"
        }
    }

    init(text: String) {
        let words = text.split(separator: " ")
        let numbers = words.dropFirst().compactMap { Int32($0) }
        guard numbers.count == 3, words.count == 4, numbers.allSatisfy({ $0 > 2 }) else {
            self = .first
            return
        }
        switch words[0] {
        case "worker", "next-worker":
            self = .worker(
                channel: numbers[0], lock: numbers[1], guardian: numbers[2], isReplacement: words[0] == "next-worker")
        case "guardian": self = .successor(channel: numbers[0], lock: numbers[1], worker: numbers[2])
        default: self = .first
        }
    }

    /// Reads the variable and removes it: scripts are no business of its.
    static func take() -> ProcessRole {
        guard let value = getenv(variable) else { return .first }
        let role = ProcessRole(text: String(cString: value))
        unsetenv(variable)
        // Scripts must not hold them open either.
        switch role {
        case .first: break
        case .worker(let channel, let lock, _, _), .successor(let channel, let lock, _):
            for descriptor in [channel, lock] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        }
        return role
    }
}
