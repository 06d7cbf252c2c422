import HealthChecks
import Testing

@Suite struct SMTPReplyReaderTests {
    private func read(_ text: String, by size: Int = 1000) -> SMTPReplyReader.Progress {
        var reader = SMTPReplyReader()
        let bytes = Array(text.utf8)
        var progress = SMTPReplyReader.Progress.underway
        for start in stride(from: 0, to: bytes.count, by: size) {
            progress = reader.take(Array(bytes[start..<min(bytes.count, start + size)]))
        }
        return progress
    }

    @Test(arguments: [
        ("220 hi\r\n", 220), ("220 hi\n", 220), ("220 \r\n", 220), ("220-a\r\n220-b\r\n220 c\r\n", 220),
        ("554 a\r\n220 b\r\n", 554), ("220-\r\n220 \r\n", 220), ("220 hi\r\n250 early\r\n", 220), ("421 bye\r\n", 421),
    ])
    func readsAReplyHoweverItIsCut(_ text: String, _ code: Int) {
        for size in [1, 3, 1000] { #expect(read(text, by: size) == .reply(code: code)) }
    }

    @Test(arguments: ["", "220", "220 hi", "220-hi\r\n", "220-hi\r\n220"])
    func waitsForTheEnd(_ text: String) {
        #expect(read(text) == .underway)
    }

    @Test(arguments: [
        "220\r\n", "220hi\r\n", "22 hi\r\n", "2200 hi\r\n", " 220 hi\r\n", "\r\n220 hi\r\n", "220\thi\r\n", "2 2 0\r\n",
        "+220 hi\r\n", "220 \0\r\n", "hello there\r\n", "\n", "554-a\r\n220 b\r\n", "220-a\r\n554 b\r\n",
    ])
    func refusesWhatIsNoReply(_ text: String) {
        #expect(read(text) == .malformed)
    }

    @Test func isBounded() {
        #expect(read("220 " + String(repeating: "x", count: 506) + "\r\n") == .reply(code: 220))
        #expect(read("220 " + String(repeating: "x", count: 507) + "\r\n") == .malformed)
        #expect(read(String(repeating: "220-x\r\n", count: 99) + "220 x\r\n") == .reply(code: 220))
        #expect(read(String(repeating: "220-x\r\n", count: 100) + "220 x\r\n") == .malformed)
    }
}
