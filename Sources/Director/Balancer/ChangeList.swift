import KeepalivedConfig

/// Collects what is different about one thing: `10.0.0.1:80 TCP: quorum 1 → 2`.
struct ChangeList {
    private(set) var phrases: [String] = []
    private let name: String
    private let skipsInherited: Bool

    /// - Parameters:
    ///   - name: What it is about.
    ///   - skipsInherited: Whether nothing is said about values of a wider block, which has said it.
    init(_ name: String, skipsInherited: Bool = false) {
        self.name = name
        self.skipsInherited = skipsInherited
    }

    mutating func note(_ phrase: String) { phrases.append("\(name): \(phrase)") }

    mutating func note<Value>(
        _ keyword: String, _ old: Setting<Value>, _ new: Setting<Value>, _ text: (Value) -> String
    ) {
        guard old != new else { return }
        if skipsInherited, Self.isInherited(old), Self.isInherited(new) { return }
        note("\(keyword) \(text(old.value)) → \(text(new.value))")
    }

    mutating func note(_ old: CheckTiming, _ new: CheckTiming) {
        note("delay_loop", old.delayLoop, new.delayLoop, \.secondsText)
        note("connect_timeout", old.connectTimeout, new.connectTimeout, \.secondsText)
        note("retry", old.retries, new.retries) { "\($0)" }
        note("delay_before_retry", old.delayBeforeRetry, new.delayBeforeRetry, \.secondsText)
        note("warmup", old.warmup, new.warmup, \.secondsText)
    }

    /// Whether the value is from a wider block, or follows from another one that is.
    private static func isInherited<Value>(_ setting: Setting<Value>) -> Bool {
        switch setting.origin {
        case .file: false
        case .standard, .inherited, .because: true
        }
    }

    static func text(_ value: Bool) -> String { value ? "on" : "off" }
    static func text(_ value: Int?) -> String { value.map { "\($0)" } ?? "none" }
    static func text(_ value: String?) -> String { value ?? "none" }
}

extension Forwarding {
    /// `DR`, `TUN type gue port 5000`
    var text: String {
        guard method == .tunnel, tunnel != .ipip else { return method.rawValue }
        return "\(method.rawValue) type \(tunnel.rawValue)" + (tunnelPort.map { " port \($0)" } ?? "")
            + (tunnelChecksum == .none ? "" : " \(tunnelChecksum.rawValue)")
    }
}

extension VirtualServerGroup.Member {
    /// As it is written.
    var text: String {
        switch self {
        case .address(let address, let port): ServerEndpoint(address: address, port: port).name
        case .range(let first, let last, let port):
            "\(first)-\(last)" + (port.map { " \($0)" } ?? "")
        case .firewallMark(let mark, _): "fwmark \(mark)"
        }
    }
}
