import Testing

@testable import Director

/// What a file counts as; the first ones were written to a file that keepalived 2.2.7 tracked, with its priority as the
/// judge.
struct TrackedNumberTests {
    @Test(
        arguments: [
            ("7\n", 7), (" 8\n", 8), ("9abc\n", 9), ("abc\n", nil), ("", nil), ("0x11\n", 17), ("+12\n", 12),
            ("13 14\n", 13), ("99999999999\n", nil), ("\n18\n", 18), ("18.5\n", 18), ("-5", -5), ("010", 8), ("08", 0),
            ("0x", 0), ("0xg", 0), ("-", nil), ("- 5", nil), ("2147483647", 2_147_483_647), ("2147483648", nil),
            ("-2147483648", -2_147_483_648), ("\u{0}5", nil), ("99999999999999999999999999999", nil),
        ] as [(String, Int?)])
    func readsAsKeepalivedDoes(text: String, expected: Int?) {
        #expect(TrackedNumber.parse(Array(text.utf8)) == expected)
    }
}
