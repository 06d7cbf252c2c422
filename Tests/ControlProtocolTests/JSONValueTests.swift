import Testing

@testable import ControlProtocol

struct JSONValueTests {
    private func parse(_ text: String) -> JSONValue? { JSONValue(parsing: Array(text.utf8)[...]) }

    @Test
    func readsWhatItLooksLike() {
        let value = parse(
            #" {"version": 1, "request":"reload","dryRun":true,"list":[null,-1.5e3,"a\n\u00e4\ud83d\ude00"]} "#)
        #expect(value?["version"]?.integer == 1)
        #expect(value?["request"]?.string == "reload")
        #expect(value?["dryRun"]?.bool == true)
        #expect(value?["list"]?.array == [.null, .number("-1.5e3"), .string("a\nä😀")])
        #expect(value?["missing"] == nil)
    }

    @Test(arguments: [
        "", "{", "{}{}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[", "nul", "truex", "01", "1.", ".5", "+1", "1e",
        "--1", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\u+123\"", "\"\n\"", "{'a':1}",
        "NaN",
    ])
    func refusesWhatIsNoJSON(_ text: String) {
        #expect(parse(text) == nil)
    }

    @Test
    func refusesWhatIsNoUTF8() {
        #expect(JSONValue(parsing: [0x22, 0xff, 0x22]) == nil)
    }

    @Test
    func depthHasAnEnd() {
        #expect(parse(String(repeating: "[", count: 100_000)) == nil)
        #expect(parse(String(repeating: "[", count: 10) + String(repeating: "]", count: 10)) != nil)
    }
}
