import Testing

@testable import HealthChecks

@Suite struct ResponseSearchTests {
    private func finds(_ pattern: String, _ options: [String] = [], in text: [UInt8], by size: Int) throws -> Bool {
        var search = try ResponseSearch(RegularExpression(pattern, options: options))
        for start in stride(from: 0, to: text.count, by: size) {
            search.add(text[start..<min(text.count, start + size)])
        }
        search.finish()
        return search.isFound
    }

    @Test(arguments: [1, 2, 3, 10, 1000])
    func findsWhatIsCut(by size: Int) throws {
        let text = Array("one two\nthree four\n".utf8)
        for (pattern, isThere) in [
            ("two", true), ("two.three", false), ("(?s)two.three", true), ("(?<=two\\n)thr", true),
            ("(?<!two\\n)three", false), ("^one", true), ("^two", false), ("(?m)^three", true), ("four$", true),
            ("two$", false), ("(?m)two$", true), ("four\\b", true), ("\\bour", false), ("five", false), ("", true),
            ("\\z", true), ("e+ f", true), ("(?=four)", true),
        ] {
            #expect(try finds(pattern, in: text, by: size) == isThere, "\(pattern)")
        }
    }

    @Test func findsNothingInNothingButWhatIsEmpty() throws {
        #expect(try finds("^$", in: [], by: 1))
        #expect(try !finds("x", in: [], by: 1))
    }

    @Test(arguments: [1, 2, 3, 4, 100])
    func waitsForTheEndOfACharacter(by size: Int) throws {
        #expect(try finds("gr..e$", ["utf"], in: Array("grüße".utf8), by: size))
        #expect(try finds("a.b", ["utf"], in: Array("a😀b".utf8), by: size))
        #expect(try !finds("gr..e$", in: Array("grüße".utf8), by: size))
        // What is no UTF-8 matches nothing and spoils nothing.
        #expect(try finds("hello", ["utf"], in: [0xff, 0xfe] + Array(" hello".utf8), by: size))
        #expect(try !finds("a.b", ["utf"], in: [97, 0xff, 98], by: size))
        #expect(try finds("b", ["utf"], in: [97, 0xe2, 98], by: size))
        #expect(try finds("b", ["utf"], in: [98, 0xf0], by: size))
    }

    @Test func keepsOnlyWhatAMatchMayNeed() throws {
        let filler = [UInt8](repeating: 46, count: 1 << 16)
        var search = try ResponseSearch(RegularExpression("needle"))
        for _ in 0..<100 { search.add(filler[...]) }
        search.add(Array("nee".utf8)[...])
        search.add(Array("dle".utf8)[...])
        #expect(search.isFound)
    }

    @Test func givesUpAMatchThatIsTooLong() throws {
        let long = [97] + [UInt8](repeating: 120, count: 60000) + [98]
        #expect(try finds("ax+b", in: long, by: 4096))
        let longer = [97] + [UInt8](repeating: 120, count: 200_000) + [98]
        #expect(try !finds("ax+b", in: longer, by: 4096))
        #expect(try finds("ax+b|b", in: longer, by: 4096))
    }

    @Test func doesNotFollowAnExpressionThatNeverEnds() throws {
        let text = [UInt8](repeating: 97, count: 40) + [98]
        let start = ContinuousClock.now
        let isFound = try finds("(a+)+c", in: text, by: 100)
        #expect(!isFound)
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test func saysWhereAnExpressionIsWrong() {
        #expect(throws: RegularExpression.CompileError(message: "missing closing parenthesis", offset: 2)) {
            try RegularExpression("(a")
        }
    }

    @Test func knowsTheOptionsOfTheConfiguration() throws {
        let text = Array("A\nB\nC".utf8)
        #expect(try finds("^b $", ["multiline", "caseless", "extended"], in: text, by: 1))
        #expect(try finds("a.b", ["caseless", "dotall"], in: text, by: 1))
        #expect(try !finds("a.b", ["caseless"], in: text, by: 1))
        #expect(try finds("c", ["caseless", "use_offset_limit"], in: text, by: 2))
    }
}
