import Testing

@testable import HealthChecks

@Suite struct ResponseReaderTests {
    private let answer = Array("HTTP/1.0 200 OK\r\nContent-Length: 12\r\n\r\nhello world\n".utf8)

    /// Reads it in pieces of so many bytes.
    private func read(_ bytes: [UInt8], by size: Int, _ search: ResponseSearch? = nil) -> (
        reader: ResponseReader, refusal: ResponseReader.Refusal?
    ) {
        var reader = ResponseReader(makesDigest: true, search: search)
        for start in stride(from: 0, to: bytes.count, by: size) {
            if let refusal = reader.take(Array(bytes[start..<min(bytes.count, start + size)])) {
                return (reader, refusal)
            }
        }
        reader.finish()
        return (reader, nil)
    }

    @Test(arguments: [1, 2, 3, 7, 16, 38, 39, 40, 1000])
    func readsTheSameHoweverItIsCut(by size: Int) throws {
        let search = try ResponseSearch(RegularExpression("lo wo"))
        let (reader, refusal) = read(answer, by: size, search)
        #expect(refusal == nil)
        #expect(reader.header?.status == 200)
        #expect(reader.bodySize == 12)
        #expect(reader.digestText == "6f5902ac237024bdd0c176cb93063dc4")
        #expect(reader.isFound)
    }

    @Test func digestsNoMoreThanTheLengthSays() {
        let text = Array("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello world\n".utf8)
        for size in [1, 4, 1000] {
            #expect(read(text, by: size).reader.digestText == "5d41402abc4b2a76b9719d911017c592")
        }
    }

    @Test func digestsWhatCameWhereTheLengthSaysMore() {
        let text = Array("HTTP/1.0 200 OK\r\nContent-Length: 500\r\n\r\nhello".utf8)
        #expect(read(text, by: 10).reader.digestText == "5d41402abc4b2a76b9719d911017c592")
    }

    @Test func makesNoDigestThatNobodyWants() {
        var reader = ResponseReader(makesDigest: false)
        _ = reader.take(answer)
        #expect(reader.digestText == nil)
    }

    @Test(arguments: [1, 100, 5000])
    func takesAHeaderOfAtMost4095Bytes(by size: Int) {
        let begin = Array("HTTP/1.0 200 OK\r\nX: ".utf8)
        func header(_ count: Int) -> [UInt8] {
            begin + [UInt8](repeating: 120, count: count - begin.count - 4) + Array("\r\n\r\nbody".utf8)
        }
        #expect(read(header(4095), by: size).reader.header?.status == 200)
        let (reader, refusal) = read(header(4096), by: size)
        #expect(refusal == .headerTooLong)
        #expect(reader.header == nil)
    }

    @Test func hasNoHeaderWithoutAnEmptyLine() {
        for text in ["", "hello", "HTTP/1.0 200 OK\r\n", "HTTP/1.0 200 OK\n\nhello", "HTTP/1.0 200 OK\r\n\n"] {
            #expect(read(Array(text.utf8), by: 3).reader.header == nil)
        }
    }

    @Test func isNotFedForEver() {
        var reader = ResponseReader(makesDigest: false)
        #expect(reader.take(answer) == nil)
        let piece = [UInt8](repeating: 120, count: 1 << 20)
        var refusal: ResponseReader.Refusal?
        var count = 0
        while refusal == nil, count < 100 {
            refusal = reader.take(piece)
            count += 1
        }
        #expect(refusal == .bodyTooLong)
        #expect(count == 64)
    }

    @Test func searchesTheHeaderTooAndTheBodyByItself() throws {
        for (pattern, isThere) in [
            ("Content", true), ("^HTTP", true), ("^hello", true), (#"\Ahello world\n\z"#, true), ("^world", false),
            ("OK.*hello", false), ("(?s)OK.*hello", true), ("world$", true), ("hello$", false),
        ] {
            for size in [1, 5, 39, 100] {
                let (reader, _) = read(answer, by: size, try ResponseSearch(RegularExpression(pattern)))
                #expect(reader.isFound == isThere, "\(pattern) by \(size)")
            }
        }
    }

    @Test func countsOffsetsFromEither() throws {
        // The body begins at 39, "world" at 45, and by itself at 6.
        for (first, last, isThere) in [
            (6, nil, true), (45, nil, true), (46, nil, false), (0, 6, true), (0, 5, false), (7, 44, false),
            (7, 45, true), (600, nil, false),
        ] as [(Int, Int?, Bool)] {
            for size in [1, 10, 100] {
                let search = try ResponseSearch(RegularExpression("world"), from: first, to: last)
                #expect(read(answer, by: size, search).reader.isFound == isThere, "\(first) \(last ?? -1) \(size)")
            }
        }
    }
}
