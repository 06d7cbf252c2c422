package import Addresses

/// Writes JSON (RFC 8259) as it goes: no tree is built, and numbers keep all 64 bits.
package struct JSONWriter: ~Copyable {
    package var text = Text()
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    package init() {}

    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        open("{")
        body(&self)
        close("}")
    }

    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        open("[")
        body(&self)
        close("]")
    }

    package mutating func open(_ bracket: StaticString) {
        separate()
        text.append(bracket)
        needsComma = false
    }

    package mutating func close(_ bracket: StaticString) {
        text.append(bracket)
        needsComma = true
    }

    /// Writes a member's name; its value comes next.
    package mutating func key(_ name: StaticString) {
        separate()
        text.append(byte: UInt8(ascii: "\""))
        text.append(name)
        text.append("\":")
        needsComma = false
    }

    /// Writes a member's name that is not known before the program runs.
    package mutating func key(named name: String) {
        string(name)
        text.append(byte: UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func number(_ number: some BinaryInteger) {
        separate()
        text.append(number)
        needsComma = true
    }

    /// Writes a number of hundredths that is not negative as a decimal fraction: 25 is 0.25, 100 is 1.
    package mutating func hundredths(_ number: some BinaryInteger) {
        separate()
        text.append(number / 100)
        let rest = number % 100
        if rest != 0 {
            text.append(byte: UInt8(ascii: "."))
            text.append(rest / 10)
            if rest % 10 != 0 { text.append(rest % 10) }
        }
        needsComma = true
    }

    /// Writes a number that is no integer, which the caller has brought into JSON's form.
    package mutating func decimal(_ digits: String) {
        separate()
        text.append(digits)
        needsComma = true
    }

    /// Writes a number that is in decimal form already, such as `0.25`.
    package mutating func number(decimal text: String) {
        separate()
        self.text.append(text)
        needsComma = true
    }

    package mutating func bool(_ value: Bool) {
        separate()
        text.append(value ? "true" : "false")
        needsComma = true
    }

    package mutating func null() {
        separate()
        text.append("null")
        needsComma = true
    }

    @_disfavoredOverload
    package mutating func string(_ value: String) {
        let isPlain = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != 0x22 && $0 != 0x5c }
        guard isPlain else { return string(Array(value.utf8)) }
        separate()
        text.append(byte: UInt8(ascii: "\""))
        text.append(value)
        text.append(byte: UInt8(ascii: "\""))
        needsComma = true
    }

    package mutating func string(_ value: StaticString) {
        separate()
        text.append(byte: UInt8(ascii: "\""))
        text.append(value)
        text.append(byte: UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes text of any origin: what is no UTF-8 becomes U+FFFD, control characters are escaped.
    package mutating func string(_ value: [UInt8]) {
        separate()
        text.append(byte: UInt8(ascii: "\""))
        for byte in String(decoding: value, as: UTF8.self).utf8 {
            switch byte {
            case UInt8(ascii: "\""): text.append("\\\"")
            case UInt8(ascii: "\\"): text.append("\\\\")
            case ..<0x20, 0x7f:
                text.append("\\u00")
                text.append(byte: Self.hexadecimal(byte >> 4))
                text.append(byte: Self.hexadecimal(byte & 0xf))
            default: text.append(byte: byte)
            }
        }
        text.append(byte: UInt8(ascii: "\""))
        needsComma = true
    }

    package mutating func address(_ address: IPAddress) {
        separate()
        text.append(byte: UInt8(ascii: "\""))
        text.append(address)
        text.append(byte: UInt8(ascii: "\""))
        needsComma = true
    }

    /// Starts a new line between elements: white space to JSON, a record to `grep`.
    package mutating func newline() {
        if needsComma {
            text.append(byte: UInt8(ascii: ","))
            needsComma = false
        }
        text.newline()
    }

    private mutating func separate() {
        if needsComma { text.append(byte: UInt8(ascii: ",")) }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 0x30 + digit : 0x61 + digit - 10
    }
}
