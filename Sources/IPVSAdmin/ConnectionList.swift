import Addresses
import Glibc
import IPVSGrammar
import IPVSModel
import Reporting

/// `-L -c`: the kernel's connection table, in the kernel's order, as it is read.
enum ConnectionList {
    private static let path = "/proc/net/ip_vs_conn"
    /// How many connections are looked up by name at once.
    private static let namedChunk = 4096

    static func run(
        _ identity: VirtualService.Identity?, _ server: Command.ServerFilter?, _ listing: Command.Listing,
        _ output: inout Output
    ) -> Int32 {
        guard let file = ConnectionFile(path) else {
            complain("cannot open file \(path)")
            return 1
        }
        let filter = ConnectionFilter(service: identity, server: server)
        let withEngine = listing.options.contains(.persistentConnections)
        if listing.isJSON {
            writeJSON(file, filter, &output)
        } else if listing.isNumeric {
            write(file, filter, ConnectionListing(withEngine: withEngine, names: NumericEndpoints()), &output)
        } else {
            writeNamed(file, filter, withEngine: withEngine, &output)
        }
        if let failure = file.failure {
            complain("cannot read \(path): \(describe(errno: failure))")
            return 1
        }
        return 0
    }

    private static func write(
        _ file: ConnectionFile, _ filter: ConnectionFilter, _ format: ConnectionListing,
        _ output: inout Output
    ) {
        var text = Output.text()
        format.writeTitles(into: &text)
        while !output.hasFailed, let lines = file.nextLines() {
            forEachEntry(in: lines, filter) { format.write($0, into: &text) }
            output.drain(&text)
        }
        output.flush(&text)
    }

    private static func writeJSON(_ file: ConnectionFile, _ filter: ConnectionFilter, _ output: inout Output) {
        var json = ConnectionJSON()
        json.begin()
        while !output.hasFailed, let lines = file.nextLines() {
            forEachEntry(in: lines, filter) { json.write($0) }
            output.drain(&json.writer.text)
        }
        json.end()
        output.flush(&json.writer.text)
    }

    private static func writeNamed(
        _ file: ConnectionFile, _ filter: ConnectionFilter, withEngine: Bool, _ output: inout Output
    ) {
        let names = LookedUpNames()
        let format = ConnectionListing(withEngine: withEngine, names: names)
        var text = Output.text()
        format.writeTitles(into: &text)
        var entries: [ConnectionEntry] = []

        func writeGathered(_ output: inout Output) {
            var wanted = LookedUpNames.Wanted()
            for entry in entries {
                for endpoint in [entry.client, entry.virtual, entry.destination] {
                    wanted.add(endpoint.address, endpoint.port, entry.protocolNumber)
                }
            }
            names.lookUp(wanted)
            for entry in entries { format.write(entry, into: &text) }
            entries.removeAll(keepingCapacity: true)
            output.flush(&text)
        }

        while !output.hasFailed, let lines = file.nextLines() {
            forEachEntry(in: lines, filter) { entries.append($0) }
            if entries.count >= namedChunk { writeGathered(&output) }
        }
        writeGathered(&output)
    }

    @inline(__always)
    private static func forEachEntry(
        in lines: ArraySlice<UInt8>, _ filter: ConnectionFilter, _ body: (ConnectionEntry) -> Void
    ) {
        var rest = lines
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0a }
            if let entry = ConnectionEntry(procLine: line), filter.admits(entry) { body(entry) }
            rest = rest[min(line.endIndex + 1, rest.endIndex)...]
        }
    }
}

/// Which connections a listing shows.
struct ConnectionFilter {
    var service: VirtualService.Identity?
    var server: Command.ServerFilter?

    func admits(_ entry: ConnectionEntry) -> Bool {
        if let server {
            guard entry.destination.address == server.endpoint.address,
                server.anyPort || entry.destination.port == server.endpoint.port
            else { return false }
        }
        switch service {
        case nil: return true
        case .address(let transport, let address, let port):
            return entry.protocolNumber == transport && entry.virtual.address == address
                && entry.virtual.port == port
        case .firewallMark(let mark, let family):
            return entry.firewallMark == mark && entry.virtual.address.family == family
        }
    }
}

/// The kernel's list of connections, read in large pieces: each read(2) makes the kernel walk the list from its start,
/// so small reads cost its square.
final class ConnectionFile {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    private var hasEnded = false
    private(set) var failure: Int32?

    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// The whole lines that the next read completes; `nil` at the end.
    func nextLines() -> ArraySlice<UInt8>? {
        while !hasEnded {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 { failure = errno }
            if count <= 0 {
                hasEnded = true
                return buffer.isEmpty ? nil : buffer[...]
            }
            if buffer.isEmpty, chunk[count - 1] == 0x0a { return chunk[..<count] }
            buffer.append(contentsOf: chunk[..<count])
            guard let last = buffer.lastIndex(of: 0x0a) else { continue }
            let lines = Array(buffer[...last])
            buffer.removeSubrange(...last)
            return lines[...]
        }
        return nil
    }
}
