import BFDProtocol
import Glibc
import PacketFormats
import Reactor

extension BFDSessions {
    func log(_ change: Session.Change, of running: RunningSession) {
        let words = Self.words(change)
        log.write(
            change.to == .initializing ? .info : .notice,
            "bfd_instance \(running.name) with \(running.endpoints.neighbour): \(words)", event: "bfd-state",
            [
                "session": running.name, "neighbor": "\(running.endpoints.neighbour)", "from": change.from.name,
                "to": change.to.name, "diagnostic": change.diagnostic.words,
                "remoteDiagnostic": change.remoteDiagnostic.words,
            ])
    }

    private static func words(_ change: Session.Change) -> String {
        let states = "\(change.from.name) → \(change.to.name)"
        switch change.diagnostic {
        case .none: return states
        case .neighbourSignaledDown where change.remoteDiagnostic != .none:
            return "\(states): \(change.diagnostic.words) (\(change.remoteDiagnostic.words))"
        default: return "\(states): \(change.diagnostic.words)"
        }
    }

    /// How fast packets come and go, and the numbers that both ends have of the session.
    func log(_ timing: Session.Timing, of running: RunningSession) {
        let session = running.session
        let interval = timing.transmitInterval.map { "sends every \(Self.milliseconds(Int64($0)))" } ?? "sends nothing"
        log.info(
            "bfd_instance \(running.name): \(interval), detects after \(Self.milliseconds(timing.detectionTime))",
            event: "bfd-timing",
            [
                "session": running.name, "transmitInterval": "\(timing.transmitInterval ?? 0)",
                "detectionTime": "\(timing.detectionTime)", "localDiscriminator": "\(session.localDiscriminator)",
                "remoteDiscriminator": "\(session.remoteDiscriminator)",
                "multiplier": "\(session.configuration.multiplier)", "remoteMultiplier": "\(session.remoteMultiplier)",
                "desiredMinTx": "\(session.desiredMinTx)", "requiredMinRx": "\(session.requiredMinRx)",
                "remoteMinTx": "\(session.remoteMinTx)", "remoteMinRx": "\(session.remoteMinRx)",
            ])
    }

    func report(_ error: ReactorError, of running: RunningSession) {
        log.limited(
            "bfd send \(running.name) \(error.code)", at: time.now, .warning,
            "bfd_instance \(running.name): \(error.operation): \(String(cString: strerror(error.code)))",
            event: "bfd-not-sent", ["session": running.name, "error": "\(error.code)"])
    }

    private static func milliseconds(_ microseconds: Int64) -> String {
        let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1000)
        guard rest != 0 else { return "\(whole) ms" }
        let digits = String(rest + 1000).dropFirst()
        return "\(whole).\(digits) ms"
    }
}
