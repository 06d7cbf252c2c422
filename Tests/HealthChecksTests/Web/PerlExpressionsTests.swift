import HealthChecks
import TestSupport
import Testing

@Suite struct PerlExpressionsTests {
    @Test func takeWhatOnlyPCREKnows() {
        for pattern in [
            "a(?#comment)b", "(?R)?x", "a++b", "(?|a|b)", #"\Kfoo"#, "(*UTF)x", #"\p{Greek}"#, "(?<=ab|c)d",
        ] {
            #expect(PerlExpressions().fault(in: pattern, options: []) == nil, "\(pattern)")
        }
    }

    @Test func sayWhatIsWrongAndWhere() {
        #expect(PerlExpressions().fault(in: "a(b", options: []) == "missing closing parenthesis, at byte 3")
        // The options count.
        #expect(PerlExpressions().fault(in: #"\C"#, options: ["never_backslash_c"]) != nil)
        #expect(PerlExpressions().fault(in: #"\C"#, options: []) == nil)
        #expect(PerlExpressions().fault(in: "[]", options: ["allow_empty_class"]) == nil)
        #expect(PerlExpressions().fault(in: "[]", options: []) != nil)
    }

    @Test func takeNoHarmFromAnything() {
        var numbers = SeededNumbers(seed: 7)
        let pieces = [
            "a", "b", "(", ")", "[", "]", "{2", "}", "{3,1}", "*", "+", "?", "|", "^", "$", ".", "-", "\\\\", "\\d",
            "\\1", "(?", "(?:", "(?<x>", "(?=", "(?#", "[^", "[:alpha:]", "\\p{", "\\x{", "\\Q", "\\k<x>", "(?i)", "(*",
            "&&", "é",
        ]
        var refused = 0
        for _ in 0..<2_000 {
            let pattern = (0..<Int(numbers.next() % 12)).reduce(into: "x") { text, _ in text += numbers.pick(pieces) }
            if PerlExpressions().fault(in: pattern, options: ["utf"]) != nil { refused += 1 }
        }
        #expect((100..<1_950).contains(refused))
    }
}
