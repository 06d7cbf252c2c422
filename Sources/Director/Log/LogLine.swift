import PacketFormats
import Reporting
import VRRPReporting

/// A line of the log, in the form that was asked for.
struct LogLine {
    var time: WallTime
    var level: LogLevel
    var message: String
    var event: String
    var fields: KeyValuePairs<String, String>

    /// - Parameter priorities: Whether the journal reads along: it has the time already, and takes the level as a number.
    func write(_ format: LogFormat, priorities: Bool, into text: inout Text) {
        if priorities { text.append("<\(level.priority)>") }
        switch format {
        case .text:
            if !priorities {
                CalendarTime(time).write(separator: UInt8(ascii: "T"), into: &text)
                text.append("Z ")
                text.append(level.rawValue)
                text.append(": ")
            }
            text.append(ShownText.harmless(message))
        case .json:
            var writer = JSONWriter()
            writer.object { writer in
                var time = Text()
                CalendarTime(self.time).write(separator: UInt8(ascii: "T"), into: &time)
                time.append("Z")
                writer.key("time")
                writer.string(time.bytes)
                writer.key("level")
                writer.string(level.rawValue)
                writer.key("event")
                writer.string(event)
                writer.key("message")
                writer.string(message)
                for (name, value) in fields {
                    writer.key(named: name)
                    writer.string(value)
                }
            }
            text.append(writer.text.bytes)
        }
        text.newline()
    }
}
