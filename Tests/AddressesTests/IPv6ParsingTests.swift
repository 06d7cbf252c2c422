import Addresses
import Glibc
import TestSupport
import Testing

@Suite("IPv6 in text")
struct IPv6ParsingTests {
    /// What `inet_pton` of glibc 2.36 makes of these texts.
    @Test(
        "inet_pton's forms",
        arguments: [
            // Text, the first and the last eight bytes.
            ("::", 0, 0),
            ("::1", 0, 1),
            ("1::", 0x0001_0000_0000_0000, 0),
            ("0:0:0:0:0:0:0:0", 0, 0),
            ("1:2:3:4:5:6:7:8", 0x0001_0002_0003_0004, 0x0005_0006_0007_0008),
            ("2001:DB8::A", 0x2001_0db8_0000_0000, 0xa),
            ("0001::", 0x0001_0000_0000_0000, 0),
            // A gap may stand for one group.
            ("1:2:3:4:5:6:7::", 0x0001_0002_0003_0004, 0x0005_0006_0007_0000),
            ("::2:3:4:5:6:7:8", 0x0000_0002_0003_0004, 0x0005_0006_0007_0008),
            ("1::3:4:5:6:7:8", 0x0001_0000_0003_0004, 0x0005_0006_0007_0008),
            // No port, but a last group.
            ("2001:db8::1:80", 0x2001_0db8_0000_0000, 0x0001_0080),
            // A dotted quad at the end.
            ("::ffff:1.2.3.4", 0, 0xffff_0102_0304),
            ("::1.2.3.4", 0, 0x0102_0304),
            ("1::1.2.3.4", 0x0001_0000_0000_0000, 0x0102_0304),
            ("1:2:3:4:5:6:1.2.3.4", 0x0001_0002_0003_0004, 0x0005_0006_0102_0304),
            ("1:2:3:4:5::1.2.3.4", 0x0001_0002_0003_0004, 0x0005_0000_0102_0304),
        ] as [(String, UInt64, UInt64)])
    func forms(text: String, high: UInt64, low: UInt64) {
        #expect(IPv6Address(bytes(text)) == IPv6Address(high: high, low: low))
    }

    @Test(
        "inet_pton's refusals",
        arguments: [
            "", ":", ":1", "1:", "::1:", ":::", "1:::2", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:",
            "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::", "::00001",
            "g::", "::1%eth0", "[::1]", "::1/64", " ::1", "::1 ", "1.2.3.4", "::1.2.3", "::1.2.3.4.5", "::01.2.3.4",
            "::256.2.3.4", "::1.2.3.4:5", "1.2.3.4::", "::ffff:1.2.3.4:", "1:2:3:4:5:1.2.3.4", "1:2:3:4:5:6::1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
        ])
    func refusals(text: String) {
        #expect(IPv6Address(bytes(text)) == nil)
    }

    @Test("The C library's inet_pton agrees on 40,000 random texts")
    func agreesWithInetPton() {
        var numbers = SeededNumbers(seed: 6)
        let pieces = [":", ":", ":", "::", "0", "1", "ab", "FFFF", "12345", "1.2.3.4", "1.2", ".", "g", " "]
        var disagreed: [String] = []
        for _ in 0..<40_000 {
            let text = (0..<numbers.next() % 18).map { _ in numbers.pick(pieces) }.joined()
            var expected = in6_addr()
            let isAddress = inet_pton(AF_INET6, text, &expected) == 1
            if IPv6Address(bytes(text)) != (isAddress ? IPv6Address(expected) : nil) { disagreed.append(text) }
        }
        #expect(disagreed == [])
    }

    @Test(
        "Printing shortens the first of the longest runs of zeros",
        arguments: [
            (0, 0, "::"),
            (0, 1, "::1"),
            (0x1000_0000_0000_0000, 0, "1000::"),
            (0x2001_0db8_0000_0000, 1, "2001:db8::1"),
            (0xabcd_abcd_abcd_abcd, 0xabcd_abcd_abcd_abcd, "abcd:abcd:abcd:abcd:abcd:abcd:abcd:abcd"),
            // Two runs of two: the first one; one of two and one of three: the longer one.
            (0x0001_0000_0000_0001, 0x0001_0000_0000_0001, "1::1:1:0:0:1"),
            (0x0001_0000_0000_0001, 0x0000_0000_0000_0001, "1:0:0:1::1"),
            // A single group of zeros stays.
            (0x0001_0000_0001_0001, 0x0001_0001_0001_0001, "1:0:1:1:1:1:1:1"),
            // Where glibc writes a dotted quad.
            (0, 0xffff_0102_0304, "::ffff:1.2.3.4"),
            (0, 0xffff_0000_0000, "::ffff:0.0.0.0"),
            (0, 0x0102_0304, "::1.2.3.4"),
            (0, 0x0001_0203, "::0.1.2.3"),
            // And where it does not.
            (0, 0xffff, "::ffff"),
            (0, 0x0001_0a00_0001, "::1:a00:1"),
        ] as [(UInt64, UInt64, String)])
    func printing(high: UInt64, low: UInt64, text: String) {
        #expect(IPv6Address(high: high, low: low).description == text)
    }

    @Test("The C library's inet_ntop prints 20,000 random addresses alike, and they parse back")
    func agreesWithInetNtop() {
        var numbers = SeededNumbers(seed: 66)
        var disagreed: [IPv6Address] = []
        for _ in 0..<20_000 {
            // Groups that are often zero, sometimes ffff, so that runs and quads come up.
            let groups = (0..<8).map { _ in numbers.pick([0, 0, 0, 1, 0xffff, numbers.next() & 0xffff]) }
            let address = IPv6Address(
                high: groups[..<4].reduce(0) { $0 << 16 | $1 }, low: groups[4...].reduce(0) { $0 << 16 | $1 })
            let text = address.description
            if text != printedByC(address) || IPv6Address(bytes(text)) != address { disagreed.append(address) }
        }
        #expect(disagreed == [])
    }

    @Test("Groups come out first to last")
    func groups() {
        let address = IPv6Address(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0007_0008)
        #expect((0..<8).map { address[group: $0] } == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    private func printedByC(_ address: IPv6Address) -> String {
        var bytes = (address.high.bigEndian, address.low.bigEndian)
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(AF_INET6, &bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension IPv6Address {
    fileprivate init(_ address: in6_addr) {
        let bytes = withUnsafeBytes(of: address, Array.init)
        self.init(
            high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }, low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
