import Crypto

/// Reads an HTTP response piece by piece and keeps what a check wants to know of it.
///
/// A response is what comes until the server closes the connection; its length is for the digest only, and chunks are
/// not taken apart. So it is with keepalived, and with the digests that its users have in their configurations.
package struct ResponseReader {
    package enum Refusal: Hashable, Sendable {
        case headerTooLong
        case bodyTooLong
    }

    package private(set) var header: ResponseHeader?
    /// Bytes of the body that came.
    package private(set) var bodySize = 0

    /// What came of the header.
    private var start: [UInt8] = []
    private var digest: Insecure.MD5?
    /// Over all that came, and over the body alone. keepalived looks through the header too, unless it came in packets
    /// of its own; here it does not depend on packets. Found is what is found in either.
    private var whole, body: ResponseSearch?

    /// The empty line must end within so many bytes, as with keepalived.
    package static let longestHeader = 4095
    package static let longestBody = 64 << 20

    package init(makesDigest: Bool) {
        if makesDigest { digest = Insecure.MD5() }
    }

    init(makesDigest: Bool, search: ResponseSearch?) {
        self.init(makesDigest: makesDigest)
        (whole, body) = (search, search)
    }

    /// - Returns: Why nothing more is read of it, if so.
    package mutating func take(_ bytes: [UInt8]) -> Refusal? {
        guard header == nil else { return takeBody(bytes[...]) }
        let searched = max(0, start.count - 3)
        start += bytes
        guard let end = Self.endOfHeader(start[searched...].prefix(Self.longestHeader - searched)) else {
            return start.count < Self.longestHeader ? nil : .headerTooLong
        }
        let all = start
        start = []
        header = ResponseHeader(all[..<end])
        whole?.add(all[..<end])
        return takeBody(all[end...])
    }

    private mutating func takeBody(_ bytes: ArraySlice<UInt8>) -> Refusal? {
        guard !bytes.isEmpty else { return nil }
        if digest != nil {
            let left = (header?.contentLength).map { max(0, $0 - bodySize) } ?? bytes.count
            bytes.prefix(left).withUnsafeBytes { digest?.update(bufferPointer: $0) }
        }
        whole?.add(bytes)
        if whole?.isFound == false { body?.add(bytes) }
        bodySize += bytes.count
        return bodySize <= Self.longestBody ? nil : .bodyTooLong
    }

    /// Nothing comes any more.
    package mutating func finish() {
        whole?.finish()
        if whole?.isFound == false { body?.finish() }
    }

    /// Whether the expression was found; false without one.
    package var isFound: Bool { whole?.isFound == true || body?.isFound == true }

    /// The MD5 of the body as 32 small hexadecimal digits; nil where none was to be made. A body that is longer than
    /// its `Content-Length` counts up to there.
    package var digestText: String? {
        guard let digest else { return nil }
        var text: [UInt8] = []
        for byte in digest.finalize() {
            text.append(Self.hexadecimal[Int(byte >> 4)])
            text.append(Self.hexadecimal[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)

    /// The place behind the empty line.
    private static func endOfHeader(_ bytes: ArraySlice<UInt8>) -> Int? {
        let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
        var index = bytes.startIndex
        while let place = bytes[index...].firstIndex(of: cr) {
            let rest = bytes[place...]
            guard rest.count >= 4 else { return nil }
            if rest[place + 1] == lf, rest[place + 2] == cr, rest[place + 3] == lf { return place + 4 }
            index = place + 1
        }
        return nil
    }
}
