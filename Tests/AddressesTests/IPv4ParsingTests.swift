import Addresses
import Glibc
import TestSupport
import Testing

@Suite("IPv4 in text")
struct IPv4ParsingTests {
    /// What `inet_aton` of glibc 2.36 makes of these texts.
    @Test(
        "inet_aton's forms: one to four parts, decimal, octal, hexadecimal",
        arguments: [
            // Text, and the address as a number.
            ("1.2.3.4", 0x0102_0304),
            ("0.0.0.0", 0),
            ("255.255.255.255", 0xffff_ffff),
            // The last part fills the bytes that remain.
            ("10.1", 0x0a00_0001),
            ("10.1.2", 0x0a01_0002),
            ("1.2.65535", 0x0102_ffff),
            ("1.16777215", 0x01ff_ffff),
            ("10", 10),
            ("0", 0),
            ("4294967295", 0xffff_ffff),
            // Octal.
            ("012.0.0.1", 0x0a00_0001),
            ("010.010.010.010", 0x0808_0808),
            ("00.00.00.00", 0),
            ("1.2.3.0377", 0x0102_03ff),
            ("037777777777", 0xffff_ffff),
            ("0000000000000000000000000000001", 1),
            // Hexadecimal.
            ("0x0a000001", 0x0a00_0001),
            ("0X0A.1", 0x0a00_0001),
            ("0xa.0xb.0xc.0xd", 0x0a0b_0c0d),
            ("0x1.0x2", 0x0100_0002),
            // What follows white space is nobody's business.
            ("1.2.3.4 ", 0x0102_0304),
            ("1.2.3.4 junk:88", 0x0102_0304),
            ("1.2.3.4\tjunk", 0x0102_0304),
            ("1.2.3.4\n", 0x0102_0304),
            ("1.2.3.4\r", 0x0102_0304),
            ("1.2.3.4\u{0b}", 0x0102_0304),
            ("1.2.3.4\u{0c}", 0x0102_0304),
        ] as [(String, UInt32)])
    func classicForms(text: String, value: UInt32) {
        #expect(IPv4Address(classic: bytes(text))?.value == value)
    }

    @Test(
        "inet_aton's refusals",
        arguments: [
            "", " 1.2.3.4", "1.", "1..2", ".1", "1.2.3.4.", "1.2.3.4.5", "-1", "+1", "1.2.3.-4", "a", "1a", "1.2.3.4x",
            // A part too large for its place.
            "256.1", "1.2.3.256", "1.2.3.0400", "1.2.65536", "1.16777216", "4294967296", "040000000000",
            "0x100000000", "99999999999999999999999999",
            // No digits of that base.
            "08", "09.1", "0x", "0xg", "1.0x",
        ])
    func classicRefusals(text: String) {
        #expect(IPv4Address(classic: bytes(text)) == nil)
    }

    @Test("The C library's inet_aton agrees on 20,000 random texts")
    func agreesWithInetAton() {
        var numbers = SeededNumbers(seed: 4)
        let pieces = [
            "0", "1", "7", "8", "9", "12", "255", "256", "65536", "x", "0x", "X", "a", "F", ".", ".", ".", " ", "-",
            "\t",
        ]
        var disagreed: [String] = []
        for _ in 0..<20_000 {
            let text = (0..<numbers.next() % 10).map { _ in numbers.pick(pieces) }.joined()
            var expected = in_addr()
            let isAddress = inet_aton(text, &expected) != 0
            let value = isAddress ? UInt32(bigEndian: expected.s_addr) : nil
            if IPv4Address(classic: bytes(text))?.value != value { disagreed.append(text) }
        }
        #expect(disagreed == [])
    }

    @Test(
        "A strict dotted quad is four decimal parts",
        arguments: [("0.0.0.0", 0), ("10.0.0.1", 0x0a00_0001), ("255.255.255.255", 0xffff_ffff)] as [(String, UInt32)])
    func dottedQuad(text: String, value: UInt32) {
        #expect(IPv4Address(dottedQuad: bytes(text))?.value == value)
    }

    @Test(
        "A strict dotted quad is nothing else",
        arguments: [
            "", "1", "10.1", "1.2.3", "1.2.3.", "1.2.3.4.", "1.2.3.4.5", "01.2.3.4", "1.2.3.04", "00.0.0.0",
            "1.2.3.256",
            "1.2.3.999999999999", "0x1.2.3.4", "1..3.4", ".1.2.3", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4x", "-1.2.3.4",
        ])
    func notADottedQuad(text: String) {
        #expect(IPv4Address(dottedQuad: bytes(text)) == nil)
    }

    @Test("What is printed parses back, strictly and classically")
    func roundTrip() {
        var numbers = SeededNumbers(seed: 14)
        for _ in 0..<2_000 {
            let address = IPv4Address(UInt32(truncatingIfNeeded: numbers.next()))
            #expect(IPv4Address(dottedQuad: bytes(address.description)) == address)
            #expect(IPv4Address(classic: bytes(address.description)) == address)
        }
    }

    @Test(
        "Every width of a part prints",
        arguments: [
            (IPv4Address(0), "0.0.0.0"), (IPv4Address(9, 10, 99, 100), "9.10.99.100"),
            (IPv4Address(200, 255, 1, 0), "200.255.1.0"),
        ])
    func printing(address: IPv4Address, text: String) {
        #expect(address.description == text)
    }
}
