import Addresses
import Reporting
import Testing

@Suite("Text under construction")
struct TextTests {
    @Test(
        "Numbers in decimal, at both ends of their types",
        arguments: [
            (0, "0"), (9, "9"), (10, "10"), (99, "99"), (100, "100"), (-1, "-1"), (-9, "-9"), (-10, "-10"),
            (Int64.max, "9223372036854775807"), (.min, "-9223372036854775808"),
        ] as [(Int64, String)])
    func numbers(number: Int64, expected: String) {
        #expect(written { $0.append(number) } == expected)
    }

    @Test("Every number of digits up to the largest unsigned number", arguments: 1...20)
    func digits(count: Int) {
        let nines = String(repeating: "9", count: count)
        let number = UInt64(nines) ?? .max
        #expect(written { $0.append(number) } == "\(number)")
        let power = UInt64("1" + String(repeating: "0", count: count - 1)) ?? .max
        #expect(written { $0.append(power) } == "\(power)")
    }

    @Test(
        "%-Nd and %Nd pad, and never cut",
        arguments: [
            (5, 3, "5  |  5"), (-5, 3, "-5 | -5"), (12345, 3, "12345|12345"), (-12345, 3, "-12345|-12345"),
            (10, 2, "10|10"), (0, 1, "0|0"),
        ])
    func padding(number: Int, width: Int, expected: String) {
        let text = written {
            $0.left(width, number)
            $0.append("|")
            $0.right(width, number)
        }
        #expect(text == expected)
    }

    @Test("%-Ns pads, %-N.Ns cuts as well")
    func columns() {
        let text = written {
            $0.left(3) { $0.append("ab") }
            $0.append("|")
            $0.left(3) { $0.append("abcd") }
            $0.append("|")
            $0.leftCut(3) { $0.append("ab") }
            $0.append("|")
            $0.leftCut(3) { $0.append("abcd") }
        }
        #expect(text == "ab |abcd|ab |abc")
    }

    @Test("Text of any length keeps every byte, however it is put together")
    func growth() {
        var expected = ""
        let text = written {
            for number in 0..<5_000 {
                $0.append(number)
                $0.append(String(repeating: "x", count: number % 97))
                $0.append(Array("bytes".utf8))
                $0.spaces(number % 31)
                $0.append(byte: UInt8(ascii: ","))
                expected += "\(number)" + String(repeating: "x", count: number % 97) + "bytes"
                expected += String(repeating: " ", count: number % 31) + ","
            }
        }
        #expect(text == expected)
    }

    @Test("One piece larger than all before it")
    func largePiece() {
        let large = String(repeating: "y", count: 1_000_000)
        let text = written {
            $0.append("x")
            $0.append(large)
            $0.append("z")
        }
        #expect(text == "x\(large)z")
    }

    @Test("Nothing is nothing")
    func nothing() {
        let text = written {
            $0.append("")
            $0.append([UInt8]())
            $0.spaces(0)
            $0.spaces(-5)
        }
        #expect(text == "")
    }
}
