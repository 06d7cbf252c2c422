import ArgumentParser
import ControlProtocol
import Glibc
import Reporting

/// What the verbs that show a report have in common.
enum ReportOutput {
    /// Prints a report as one JSON document.
    static func printJSON(_ report: some Encodable) throws {
        var writer = JSONWriter()
        writer.open("{")
        writer.key("version")
        writer.number(1)
        try ControlCoder.writeMembers(of: report, into: &writer)
        writer.close("}")
        writer.text.newline()
        try StandardStream.print(writer.text)
    }

    /// How many seconds this machine's clock on the wall is ahead of UTC at a time.
    static func offset(_ time: Timestamp) -> Int {
        var seconds = time_t(time.milliseconds / 1000)
        var local = tm()
        guard localtime_r(&seconds, &local) != nil else { return 0 }
        return local.tm_gmtoff
    }
}
