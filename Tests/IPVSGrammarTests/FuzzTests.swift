import IPVSGrammar
import TestSupport
import Testing

/// Whatever comes in, the parser ends, and says something.
@Suite("Random input")
struct FuzzTests {
    private static let pieces: [[UInt8]] =
        Spelling.all.flatMap { spelling in
            ["--\(spelling.long)", "--\(spelling.long)=", "-" + (spelling.short.map { "\($0)" } ?? "")]
        }.map { Array($0.utf8) }
        + [
            "", "-", "--", "=", "10.0.0.1:80", "[2001:db8::1]:80", "10.0.0.2", "80", "0", "-1", "5", "65536", "rr",
            "sip",
            "master", "gue", "gre", "vip.example.com:http", ",", "flag-1", "sh-port", "255.255.255.0", "64", "#",
        ].map { Array($0.utf8) }

    private func randomWord(_ numbers: inout SeededNumbers) -> [UInt8] {
        var word = numbers.pick(Self.pieces)
        if numbers.oneIn(4) { word += numbers.pick(Self.pieces) }
        if numbers.oneIn(6) {
            word.insert(UInt8(truncatingIfNeeded: numbers.next()), at: Int(numbers.next() % UInt64(word.count + 1)))
        }
        return word
    }

    @Test("Words made of options, values and any bytes", arguments: [1, 2, 3, 4] as [UInt64])
    func commandLines(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let verbs = ["-A", "-E", "-D", "-L", "-a", "-d", "-e", "-Z", "-S", "-R", "--set", "--start-daemon=master"]
        var understood = 0
        for _ in 0..<5_000 {
            var words = (0..<numbers.next() % 8).map { _ in randomWord(&numbers) }
            if !numbers.oneIn(8) { words.insert(Array(numbers.pick(verbs).utf8), at: 0) }
            do throws(UsageError) {
                _ = try InvocationParser.parse(words, lookup: StubNames(), stopsAtWord: numbers.oneIn(5))
                understood += 1
            } catch {
                if case .message(let text, let status) = error {
                    #expect(!text.isEmpty && (status == 2 || status == 255))
                }
            }
        }
        // Both ways are gone often.
        #expect(understood > 100 && understood < 4_900)
    }

    @Test("Lines of any bytes", arguments: [1, 2, 3, 4] as [UInt64])
    func ruleLines(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let telling = Array(" \t\r'\"\\#-=ipvsadm".utf8)
        var refused = 0
        for _ in 0..<5_000 {
            let line = (0..<numbers.next() % 40).map { _ in
                numbers.oneIn(3) ? UInt8(truncatingIfNeeded: numbers.next()) : numbers.pick(telling)
            }
            // A slice from the middle: indices do not begin at zero.
            let buffer = [0x0a] + line + [0x0a]
            do throws(RuleLine.Failure) {
                let words = try RuleLine.words(of: buffer[1..<buffer.count - 1])
                // Nothing is made up, and nothing grows.
                #expect(words.reduce(0) { $0 + $1.count } <= line.count)
                #expect(!words.contains(Array("ipvsadm".utf8)) || line.contains { $0 == 0x22 || $0 == 0x27 })
            } catch {
                refused += 1
            }
        }
        #expect(refused > 100 && refused < 4_900)
    }
}
