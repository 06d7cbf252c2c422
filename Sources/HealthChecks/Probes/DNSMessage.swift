package import KeepalivedConfig

/// The little of DNS that a check speaks: a question, and the header of what comes back (RFC 1035, 4.1).
package enum DNSMessage {
    /// A question to a resolver, recursion desired.
    package static func query(_ name: DNSName, _ type: DNSCheck.RecordType, identifier: UInt16) -> [UInt8] {
        var octets: [UInt8] = [UInt8(identifier >> 8), UInt8(identifier & 0xff), 0x01, 0x00]
        octets += [0, 1, 0, 0, 0, 0, 0, 0]
        octets += name.octets
        // All of them are below 256, in the class IN.
        octets += [0, type.number, 0, 1]
        return octets
    }

    /// What the header of a response says.
    package struct Response: Hashable, Sendable {
        package var identifier: UInt16
        /// RCODE, 0 to 15.
        package var code: UInt8

        /// Nil for what is no response: too short for a header, or a query.
        package init?(_ octets: some RandomAccessCollection<UInt8>) {
            let header = Array(octets.prefix(12))
            guard header.count == 12, header[2] & 0x80 != 0 else { return nil }
            identifier = UInt16(header[0]) << 8 | UInt16(header[1])
            code = header[3] & 0x0f
        }

        /// The code's name (RFC 1035 and 2136).
        package var codeName: String {
            let names = [
                "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET",
                "NOTAUTH", "NOTZONE",
            ]
            return code < names.count ? names[Int(code)] : "RCODE \(code)"
        }
    }
}

extension DNSCheck.RecordType {
    /// Its number (RFC 1035, 3.2.2, and 3596).
    var number: UInt8 {
        switch self {
        case .a: 1
        case .ns: 2
        case .cname: 5
        case .soa: 6
        case .mx: 15
        case .txt: 16
        case .aaaa: 28
        }
    }
}
