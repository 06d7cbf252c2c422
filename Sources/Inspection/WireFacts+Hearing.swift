package import Diagnosis
package import PacketFormats
package import VRRPReporting
import WireCapture

extension WireFacts {
    /// Listens for advertisements, so long.
    ///
    /// - Parameters:
    ///   - receivers: The instances that judge; nil without a configuration.
    package mutating func listen(
        on names: [String], for duration: Duration, receivers: [SniffReceiver]?, digests: any KeyedDigests
    ) {
        guard !names.isEmpty else { return }
        do throws(WireCaptureError) {
            let watch = try WireWatch.listen(on: names, for: duration, receivers: receivers, digests: digests)
            interfaces = names
            listened = duration
            packets = watch.packets
            alarms = watch.alarms.map(Alarm.init)
        } catch {
            unanswered.append("nobody listened for advertisements: \(error)")
        }
    }
}

extension WireFacts.Alarm {
    fileprivate init(_ alarm: SniffAlarm) {
        let severity: Severity =
            switch alarm.kind {
            case .splitBrain, .duplicateOwner: .error
            case .vridClash, .authentication, .interval, .addresses, .hopLimit, .checksumForm, .malformed, .replay:
                .warning
            case .unknown: .note
            }
        self.init(
            kind: alarm.kind.rawValue, sentence: alarm.sentence, interface: alarm.interface ?? "",
            severity: severity, isOver: alarm.isOver)
    }
}
