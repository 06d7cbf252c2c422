import Testing

@testable import KeepalivedConfig

@Suite("Patterns for files")
struct WildcardTests {
    @Test(
        "A pattern matches as in a shell",
        arguments: [
            ("*.conf", "a.conf", true), ("*.conf", ".conf", false), ("*.conf", "a.conf~", false),
            ("a*b*c", "aXbYbc", true),
            ("a*b*c", "aXbYb", false), ("?", "a", true), ("?", "", false), ("[a-c]x", "bx", true),
            ("[a-c]x", "dx", false),
            ("[!a-c]x", "dx", true), ("[]a]", "]", true), ("[a", "[a", true), ("\\*", "*", true), ("\\*", "a", false),
            (".*", ".a", true), ("**", "abc", true), ("a", "a", true), ("", "", true), ("*", "", true),
        ])
    func matches(pattern: String, name: String, expected: Bool) {
        #expect(Wildcard(pattern).matches(name) == expected)
    }
}
