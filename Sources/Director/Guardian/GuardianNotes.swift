import ControlProtocol
import Reporting

/// What the guardian has seen and the worker's history is to have: there is one who writes that file, and the guardian must
/// not wait for a disk. It is kept until a worker is heard of, which is the next one where the last has died.
final class GuardianNotes: LineKeeper {
    private var lines: [[UInt8]] = []

    /// Lines that are kept at a time; if a worker dies again and again, the first ones say why.
    private static let most = 64

    func record(_ line: LogLine, as kind: DirectorEvent.Kind) {
        guard lines.count < Self.most else { return }
        var text = Text()
        line.write(.json, priorities: false, into: &text)
        lines.append(text.bytes.dropLast())
    }

    /// What is to be told now.
    func take() -> [GuardianMessage] {
        defer { lines = [] }
        return lines.map(GuardianMessage.noted)
    }
}
