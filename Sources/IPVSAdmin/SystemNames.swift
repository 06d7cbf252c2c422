import Addresses
import Glibc
import IPVSGrammar
import IPVSModel

/// The C library's name services: `/etc/hosts`, DNS and `/etc/services` as nsswitch.conf(5) orders them.
struct SystemNames: NameLookup, Sendable {
    func address(ofHost name: [UInt8]) -> IPv4Address? {
        guard !name.contains(0) else { return nil }
        return withResult { host, buffer, size in
            var result: UnsafeMutablePointer<hostent>?
            var failure: Int32 = 0
            let status = (name + [0]).withUnsafeBytes {
                gethostbyname_r($0.bindMemory(to: CChar.self).baseAddress, host, buffer, size, &result, &failure)
            }
            if status == ERANGE { return .tooSmall }
            guard status == 0, let result, result.pointee.h_addrtype == AF_INET, result.pointee.h_length == 4,
                let first = result.pointee.h_addr_list[0]
            else { return .found(nil) }
            return .found(IPv4Address(UInt32(bigEndian: UnsafeRawPointer(first).loadUnaligned(as: UInt32.self))))
        }
    }

    func port(ofService name: [UInt8], _ transport: TransportProtocol) -> UInt16? {
        guard let protocolName = transport.name, !name.contains(0) else { return nil }
        return withResult { (service: UnsafeMutablePointer<servent>?, buffer, size) in
            var result: UnsafeMutablePointer<servent>?
            let status = (name + [0]).withUnsafeBytes {
                getservbyname_r(
                    $0.bindMemory(to: CChar.self).baseAddress, protocolName, service, buffer, size, &result)
            }
            if status == ERANGE { return .tooSmall }
            guard status == 0, let result else { return .found(nil) }
            return .found(UInt16(truncatingIfNeeded: result.pointee.s_port).byteSwapped)
        }
    }

    /// What a reverse look-up came to.
    enum HostName {
        case found([UInt8])
        case unknown
        /// Nobody answered in time.
        case unanswered
    }

    func name(ofHost address: IPAddress) -> HostName {
        let (family, count, bytes): (Int32, Int, (UInt64, UInt64)) =
            switch address {
            case .v4(let address): (AF_INET, 4, ((UInt64(address.value) << 32).bigEndian, 0))
            case .v6(let address): (AF_INET6, 16, (address.high.bigEndian, address.low.bigEndian))
            }
        let name: HostName? = withUnsafeBytes(of: bytes) { bytes in
            withResult { host, buffer, size in
                var result: UnsafeMutablePointer<hostent>?
                var failure: Int32 = 0
                let status = gethostbyaddr_r(
                    bytes.baseAddress, socklen_t(count), family, host, buffer, size, &result, &failure)
                if status == ERANGE { return .tooSmall }
                guard let result, let name = result.pointee.h_name else {
                    return .found(failure == TRY_AGAIN ? .unanswered : .unknown)
                }
                return .found(.found(Array(UnsafeBufferPointer(start: name, count: strlen(name)).map(UInt8.init))))
            }
        }
        return name ?? .unknown
    }

    func name(ofPort port: UInt16, _ transport: TransportProtocol) -> [UInt8]? {
        guard let protocolName = transport.name else { return nil }
        return withResult { (service: UnsafeMutablePointer<servent>?, buffer, size) in
            var result: UnsafeMutablePointer<servent>?
            let status = getservbyport_r(
                Int32(port.byteSwapped), protocolName, service, buffer, size, &result)
            if status == ERANGE { return .tooSmall }
            guard status == 0, let name = result?.pointee.s_name else { return .found(nil) }
            return .found(UnsafeBufferPointer(start: name, count: strlen(name)).map(UInt8.init))
        }
    }

    private enum Attempt<Value> {
        case found(Value?)
        case tooSmall
    }

    /// Calls one of the C library's reentrant look-ups, with more room as long as it asks for more.
    private func withResult<Entry, Value>(
        _ body: (UnsafeMutablePointer<Entry>?, UnsafeMutablePointer<CChar>?, Int) -> Attempt<Value>
    ) -> Value? {
        var size = 1024
        while size <= 1 << 20 {
            let attempt = withUnsafeTemporaryAllocation(of: Entry.self, capacity: 1) { entry in
                withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
                    body(entry.baseAddress, buffer.baseAddress, size)
                }
            }
            switch attempt {
            case .found(let value): return value
            case .tooSmall: size *= 4
            }
        }
        return nil
    }
}
