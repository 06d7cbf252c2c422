import Addresses
import Glibc
import Routing

extension Ledger {
    /// Removes from the kernel everything that the file at `path` says, the last first, puts the old values of sysctls
    /// back, and removes the file. Does nothing where there is no file, or where it is of another boot or another
    /// network namespace.
    ///
    /// An address or a number that somebody else has set since is left as it is.
    ///
    /// - Returns: What was done, in sentences for the log.
    package static func releaseLeftovers(at path: String) -> [String] {
        guard let bytes = contents(of: path) else { return [] }
        defer { unlink(path) }
        let leftovers = leftovers(in: bytes, header: header)
        guard !leftovers.isEmpty else { return [] }
        do {
            return try release(leftovers.reversed(), KernelNetwork())
        } catch {
            return ["what the last run left cannot be removed: \(error)"]
        }
    }

    /// What a ledger says is there, the oldest first; nothing where its first line is another.
    static func leftovers(in bytes: [UInt8], header: String) -> [LedgerEntry.Leftover] {
        // What stands behind the last line's end is torn.
        guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n")
        guard let first = lines.first, first == header else { return [] }
        var found: [Int: LedgerEntry.Leftover] = [:]
        for line in lines.dropFirst() {
            let words = line.split(separator: " ")
            guard words.count >= 2, let number = Int(words[1]) else { continue }
            switch words[0] {
            case "+": found[number] = LedgerEntry.Leftover(Array(words.dropFirst(2)))
            case "-": found[number] = nil
            default: break
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func release(
        _ leftovers: [LedgerEntry.Leftover], _ network: KernelNetwork
    ) throws(RoutingError) -> [String] {
        let links = try network.links()
        let addresses = Dictionary(grouping: try network.addresses()) { $0.address }
        // Since Linux 5.18 addresses say who they are from, those of the kernel too.
        let tellsOriginators = addresses.values.joined().contains { $0.originator != 0 }
        var changes: [KernelChange] = []
        for leftover in leftovers {
            switch leftover {
            case .removal(.removeAddress(let spec)):
                let isOurs = addresses[spec.address, default: []].contains {
                    $0.isSame(as: spec) && (!tellsOriginators || $0.originator == RouteSpec.ourProtocol)
                }
                if isOurs { changes.append(.removeAddress(spec)) }
            case .removal(let change): changes.append(change)
            case .interface(let name, let parent, let kind, let address):
                let link = links.first { $0.name == name && $0.kind == kind && $0.parent == parent }
                guard let link, address.isEmpty || link.macAddress?.description == address else { break }
                changes.append(.removeLink(link.index))
            case .sysctl, .filter: break
            }
        }
        let here = Dictionary(grouping: addresses.values.joined()) { $0.interface }
        let keeper = SecondaryKeeper(
            removing: changes.compactMap { if case .removeAddress(let spec) = $0 { spec } else { nil } },
            there: { here[$0] ?? [] }, name: { index in links.first { $0.index == index }?.name })
        // While the interfaces still have their names.
        let words = changes.map(\.description)
        let errors = keeper.during { carryOut(changes, network) }
        var sentences: [String] = []
        for (change, error) in zip(words, errors) {
            if let error, !error.saysThatItIsGone {
                sentences.append("left by the last run and not removed: \(error)")
            } else if error == nil {
                sentences.append("left by the last run and removed: \(change)")
            }
        }
        for case .filter(let table) in leftovers {
            do {
                try PacketFilter(table: table).removeTable()
                sentences.append("left by the last run and removed: table inet \(table)")
            } catch  where error.code == ENOENT {
                // It had not been made yet.
            } catch {
                sentences.append("left by the last run and not removed: \(error)")
            }
        }
        for case .sysctl(let sysctl, let old, let new) in leftovers where (try? sysctl.read()) == new {
            do {
                try sysctl.write(old)
                sentences.append("left by the last run and put back: \(sysctl)=\(old)")
            } catch {
                sentences.append("left by the last run and not put back: \(error)")
            }
        }
        return sentences
    }
}

extension Ledger {
    /// In order, but for interfaces, which come last and all at once.
    private static func carryOut(_ changes: [KernelChange], _ network: KernelNetwork) -> [RoutingError?] {
        var links: [(place: Int, index: Int32)] = []
        var others: [(place: Int, change: KernelChange)] = []
        for (place, change) in changes.enumerated() {
            if case .removeLink(let index) = change {
                links.append((place, index))
            } else {
                others.append((place, change))
            }
        }
        var errors = [RoutingError?](repeating: nil, count: changes.count)
        for (other, error) in zip(others, network.apply(others.map(\.change))) { errors[other.place] = error }
        for (link, error) in zip(links, network.remove(links.map(\.index))) { errors[link.place] = error }
        return errors
    }
}

extension RoutingError {
    /// Whether a removal failed since there is nothing to remove.
    var saysThatItIsGone: Bool { [ENOENT, ESRCH, ENODEV, EADDRNOTAVAIL, ENXIO].contains(code) }
}
