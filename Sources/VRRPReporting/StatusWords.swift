import ControlProtocol

/// Words that the pages about a director's state share.
enum StatusWords {
    /// `priority 120`
    static func order(_ order: SteeringReport) -> String {
        order.order + (order.priority.map { " \($0)" } ?? "")
    }

    /// `since 14:03:12 (12 s), until 14:30:00`
    static func term(of order: SteeringReport, _ time: ShownTime) -> String {
        "since \(time.since(order.since))" + (order.until.map { ", until \(time.clock($0))" } ?? "")
    }

    /// `1 s`, `0.01 s`, `3.609 s`
    static func seconds(milliseconds: Int) -> String {
        guard milliseconds % 1000 != 0 else { return "\(milliseconds / 1000) s" }
        var digits = String(milliseconds % 1000 + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(milliseconds / 1000).\(digits) s"
    }

    /// `1 packet`, `2 packets`
    static func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
}
