import ControlProtocol
import Reporting
import TestSupport
import Testing

struct ControlCoderTests {
    private func back<Value: Codable>(_ value: Value) throws -> Value {
        let bytes = try ControlCoder.encode(value)
        return try ControlCoder.decode(from: bytes[...])
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try ControlCoder.encode(value), as: UTF8.self)
    }

    // MARK: Reports

    @Test
    func everyReportComesBack() throws {
        for status in SampleReports.statuses { #expect(try back(status) == status) }
        #expect(try back(SampleReports.servers) == SampleReports.servers)
        #expect(try back(SampleReports.events) == SampleReports.events)
    }

    @Test
    func whatIsNilIsLeftOut() throws {
        let check = CheckReport(
            keyword: "TCP_CHECK", isUp: true, result: nil, time: nil, durationMicroseconds: nil, next: nil)
        #expect(try text(check) == #"{"keyword":"TCP_CHECK","isUp":true}"#)
        let written = #"{"keyword":"TCP_CHECK","isUp":true,"result":null,"next":null}"#
        #expect(try ControlCoder.decode(CheckReport.self, from: Array(written.utf8)[...]) == check)
    }

    @Test
    func membersThatNobodyKnowsAreIgnored() throws {
        let written = #"{"order":"drain","new":[{"a":1},null],"since":"2026-11-21T11:43:54.123Z","":{}}"#
        let report = try ControlCoder.decode(SteeringReport.self, from: Array(written.utf8)[...])
        #expect(report == SteeringReport(order: "drain", since: SampleReports.time))
    }

    @Test(
        arguments: [
            (#"{"services":[{"servers":[{"checks":[{"keyword":7}]}]}]}"#, "now", "is missing"),
            (#"{"now":"2026-11-21T11:43:54.123Z"}"#, "services", "is missing"),
            (#"{"now":"yesterday","services":[]}"#, "now", "yesterday is no time"),
            (#"{"now":"2026-11-21T11:43:54.123Z","services":{}}"#, "services", "an array is expected, not an object"),
            (
                #"{"now":"2026-11-21T11:43:54.123Z","services":[1]}"#, "services[0]",
                "an object is expected, not a number"
            ),
            (#"[]"#, "", "an object is expected, not an array"), (#"{"#, "", "is not JSON"),
        ])
    func saysWhereWhatIsWrong(written: String, path: String, problem: String) {
        #expect(throws: ControlCodingError(path, problem)) {
            try ControlCoder.decode(ServersReport.self, from: Array(written.utf8)[...])
        }
    }

    @Test
    func aDeepFaultHasAPath() throws {
        let bytes = try text(SampleReports.servers).replacing(
            #""configuredWeight":1"#, with: #""configuredWeight":"1""#)
        #expect(
            throws: ControlCodingError(
                "services[0].servers[1].configuredWeight", "a whole number is expected, not a string")
        ) {
            try ControlCoder.decode(ServersReport.self, from: Array(bytes.utf8)[...])
        }
        #expect(ControlCodingError("a[2].b", "is missing").description == "a[2].b: is missing")
    }

    @Test(arguments: ["1.5", "1e3", "-1", "18446744073709551616", "true"])
    func numbersAreWhole(number: String) {
        #expect(throws: ControlCodingError.self) {
            try ControlCoder.decode([UInt64].self, from: Array("[\(number)]".utf8)[...])
        }
    }

    /// Every report with one byte of its text changed or cut: read, or refused, never anything else.
    @Test
    func damagedTextIsReadOrRefused() throws {
        var numbers = SeededNumbers(seed: 6)
        let whole = try ControlCoder.encode(SampleReports.servers)
        for _ in 0..<2000 {
            var bytes = whole
            let place = Int(numbers.next() % UInt64(bytes.count))
            if numbers.oneIn(4) { bytes.removeSubrange(place...) } else { bytes[place] = UInt8(numbers.next() % 256) }
            if let report = try? ControlCoder.decode(ServersReport.self, from: bytes[...]) {
                #expect(try back(report) == report)
            }
        }
    }

    // MARK: All that Codable can ask for

    private struct Everything: Codable, Hashable {
        var bool = true
        var double = 0.25
        var float: Float = -2
        var int8 = Int8.min
        var int16 = Int16.max
        var int32 = Int32.min
        var int64 = Int64.min
        var uint8 = UInt8.max
        var uint16 = UInt16.max
        var uint32 = UInt32.max
        var uint64 = UInt64.max
        var int: Int? = .max
        var nothing: String?
        var empty = Empty()
        var choice = Choice.both(1, named: "x")
        var nested: [[Int?]] = [[], [1, nil, 3]]
        var table: [String: [Int: Bool]] = ["a": [1: true], "": [:]]
    }

    private struct Empty: Codable, Hashable {}

    private enum Choice: Codable, Hashable {
        case one
        case both(Int, named: String)
    }

    @Test
    func everyKindOfValueComesBack() throws {
        let value = Everything()
        #expect(try back(value) == value)
        #expect(try back([Choice.one, .both(2, named: "")]) == [.one, .both(2, named: "")])
        #expect(try back("plain") == "plain")
        #expect(try text(Empty()) == "{}")
        #expect(try text([1.5, -3]) == "[1.5,-3.0]")
    }

    @Test
    func whatJSONCannotWriteIsAnError() {
        #expect(throws: EncodingError.self) { try ControlCoder.encode([Double.infinity]) }
        #expect(throws: EncodingError.self) { try ControlCoder.encode(["a": Double.nan]) }
    }

    @Test
    func textOfAnyKindComesBack() throws {
        let text = "\u{0}\u{7f}\"\\/\u{2028}é\u{1f600}\n"
        #expect(try back([text, "", text + text]) == [text, "", text + text])
    }

    @Test
    func membersGoIntoAnObjectThatIsOpen() throws {
        var writer = JSONWriter()
        writer.open("{")
        writer.key("ok")
        writer.bool(true)
        try ControlCoder.writeMembers(of: SteeringReport(order: "drain", since: SampleReports.time), into: &writer)
        writer.key("value")
        try ControlCoder.write(["a": [1]], into: &writer)
        writer.key("more")
        writer.bool(true)
        writer.close("}")
        #expect(
            String(decoding: writer.text.bytes, as: UTF8.self)
                == #"{"ok":true,"order":"drain","since":"2026-11-21T11:43:54.123Z","value":{"a":[1]},"more":true}"#)
    }
}
