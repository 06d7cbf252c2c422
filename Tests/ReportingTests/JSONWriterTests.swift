import Reporting
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    /// The document that `body` writes, read back.
    private func document(_ body: (inout JSONWriter) -> Void) throws -> JSONValue {
        try JSONValue(document: Array(text(body).utf8))
    }

    private func text(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        writer.text.newline()
        return String(decoding: writer.text.bytes, as: UTF8.self)
    }

    @Test(
        "The reader of these tests refuses what is no JSON",
        arguments: [
            "", "{", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "01", "-", "+1", "\"\u{01}\"",
            "\"\\x\"",
            "\"\\u12\"", "tru", "[1]]", "\"a", "nulll",
        ])
    func strictness(text: String) {
        #expect(throws: JSONValue.Fault.self) { try JSONValue(document: Array("\(text)\n".utf8)) }
    }

    @Test("Commas stand between, and only between")
    func commas() {
        let text = text {
            $0.object {
                $0.key("a")
                $0.array { _ in }
                $0.key("b")
                $0.array {
                    $0.number(1)
                    $0.bool(false)
                    $0.null()
                    $0.object { _ in }
                    $0.string("x" as StaticString)
                }
                $0.key("c")
                $0.bool(true)
            }
        }
        #expect(text == "{\"a\":[],\"b\":[1,false,null,{},\"x\"],\"c\":true}\n")
    }

    @Test("A new line between elements follows the comma")
    func newlines() {
        let text = text {
            $0.open("[")
            for number in 1...3 {
                $0.newline()
                $0.number(number)
            }
            $0.close("]")
        }
        #expect(text == "[\n1,\n2,\n3]\n")
    }

    @Test("Numbers keep all 64 bits")
    func numbers() throws {
        let value = try document {
            $0.array {
                $0.number(UInt64.max)
                $0.number(Int64.min)
                $0.number(0)
            }
        }
        #expect(value == .array([.number("18446744073709551615"), .number("-9223372036854775808"), .number("0")]))
    }

    @Test(
        "Strings of any origin come back as they were",
        arguments: [
            "", "plain", "\"", "\\", "\\\"", "</script>", "a\u{00}b", "\u{01}\u{1b}[2J\u{1f}\u{7f}", "tab\tand\nline\r",
            "{\"a\":1},", "Grüße", "\u{2028}", "日本", "\u{10ffff}",
        ])
    func strings(string: String) throws {
        #expect(try document { $0.string(Array(string.utf8)) } == .string(string))
        #expect(try document { $0.string(String(string)) } == .string(string))
    }

    @Test(
        "What is no UTF-8 becomes U+FFFD, and hides nothing that follows",
        arguments: [
            ([0xff], "\u{fffd}"),
            ([0x41, 0xc3], "A\u{fffd}"),
            // A cut-off character swallows no quotation mark.
            ([0xc3, 0x22, 0x42], "\u{fffd}\"B"),
            ([0xe2, 0x82, 0x5c], "\u{fffd}\\"),
            // The slash in two bytes.
            ([0xc0, 0xaf], "\u{fffd}\u{fffd}"),
        ] as [([UInt8], String)])
    func notUTF8(bytes: [UInt8], expected: String) throws {
        #expect(try document { $0.string(bytes) } == .string(expected))
    }

    @Test("Each single byte makes a string that can be read")
    func everyByte() throws {
        for byte in UInt8.min ... .max {
            let expected = String(decoding: [byte], as: UTF8.self)
            #expect(try document { $0.string([byte]) } == .string(expected), "\(byte)")
        }
    }

    @Test("No control character stands raw, so that a terminal shows the text as it is")
    func nothingRaw() {
        let text = text { $0.string((0..<0x20).map { UInt8($0) } + [0x7f]) }
        #expect(text.utf8.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7f })
    }
}
