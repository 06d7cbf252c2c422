import Addresses

// Reading and writing in network byte order. The readers' callers have checked the length.

extension ArraySlice<UInt8> {
    func octet(at offset: Int) -> UInt8 {
        self[startIndex + offset]
    }

    func word(at offset: Int) -> UInt16 {
        UInt16(octet(at: offset)) << 8 | UInt16(octet(at: offset + 1))
    }

    func longWord(at offset: Int) -> UInt32 {
        UInt32(word(at: offset)) << 16 | UInt32(word(at: offset + 2))
    }

    func quadWord(at offset: Int) -> UInt64 {
        UInt64(longWord(at: offset)) << 32 | UInt64(longWord(at: offset + 4))
    }

    /// The address of the family that begins at `offset`.
    func address(_ family: AddressFamily, at offset: Int) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(longWord(at: offset)))
        case .ipv6: .v6(IPv6Address(high: quadWord(at: offset), low: quadWord(at: offset + 8)))
        }
    }
}

extension [UInt8] {
    mutating func append(word: UInt16) {
        append(UInt8(truncatingIfNeeded: word >> 8))
        append(UInt8(truncatingIfNeeded: word))
    }

    mutating func append(longWord: UInt32) {
        append(word: UInt16(truncatingIfNeeded: longWord >> 16))
        append(word: UInt16(truncatingIfNeeded: longWord))
    }

    mutating func append(quadWord: UInt64) {
        append(longWord: UInt32(truncatingIfNeeded: quadWord >> 32))
        append(longWord: UInt32(truncatingIfNeeded: quadWord))
    }

    mutating func append(address: IPAddress) {
        switch address {
        case .v4(let address): append(longWord: address.value)
        case .v6(let address):
            append(quadWord: address.high)
            append(quadWord: address.low)
        }
    }

    mutating func append(mac: MACAddress) {
        append(word: UInt16(truncatingIfNeeded: mac.value >> 32))
        append(longWord: UInt32(truncatingIfNeeded: mac.value))
    }

    mutating func put(word: UInt16, at offset: Int) {
        self[offset] = UInt8(truncatingIfNeeded: word >> 8)
        self[offset + 1] = UInt8(truncatingIfNeeded: word)
    }
}

extension AddressFamily {
    /// Octets of an address: 4 or 16.
    var addressLength: Int { self == .ipv4 ? 4 : 16 }
}

/// Compares without telling by its duration where the difference is.
func isEqualInConstantTime(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for offset in 0..<left.count { difference |= left.octet(at: offset) ^ right.octet(at: offset) }
    return difference == 0
}
