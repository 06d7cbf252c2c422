/// Why a capture file cannot be read, or not any further. What was read before the fault is valid.
package struct CaptureFault: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The file begins like no capture file.
        case notACapture
        /// The file is compressed with the named program.
        case compressed(StaticName)
        /// The major version of the format is another.
        case version(UInt16)
        /// The file ends inside of a header, record or block.
        case endsEarly
        /// A length that cannot be: longer than any packet, or shorter than its own header.
        case impossibleLength(UInt64)
        /// The two lengths of a pcapng block, before and behind it, differ.
        case lengthsDiffer(UInt64, UInt64)
        /// A pcapng section whose byte order mark is none.
        case byteOrder
        /// A packet of a pcapng interface that was not described before.
        case unknownInterface(UInt32)
    }

    package enum StaticName: String, Sendable {
        case gzip
        case xz
        case zstd
    }

    package var kind: Kind
    /// Octets before the header, record or block at fault.
    package var offset: UInt64

    package init(_ kind: Kind, at offset: UInt64) {
        self.kind = kind
        self.offset = offset
    }
}

extension CaptureFault: CustomStringConvertible {
    /// One sentence for an operator, without the name of the file.
    package var description: String {
        switch kind {
        case .notACapture: "this is neither a pcap nor a pcapng file"
        case .compressed(let program):
            "this is compressed with \(program.rawValue): \(program.rawValue) -dc FILE | vrrpctl sniff --read -"
        case .version(let version): "version \(version) of the capture format at octet \(offset) is not known"
        case .endsEarly: "the file ends inside of what begins at octet \(offset); everything before was read"
        case .impossibleLength(let length):
            "what begins at octet \(offset) says that it is \(length) octets long, which cannot be"
        case .lengthsDiffer(let first, let second):
            "the block at octet \(offset) is \(first) octets long at its start and \(second) at its end"
        case .byteOrder: "the section at octet \(offset) has no byte order mark"
        case .unknownInterface(let number):
            "the packet at octet \(offset) is of interface \(number), which the file does not describe"
        }
    }
}
