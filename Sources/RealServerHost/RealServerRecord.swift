package import Addresses
package import Routing

/// What `up` has made of this host, so that `down` can undo exactly that.
package struct RealServerRecord: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var address: IPAddress
        package var method: RealServerMethod
        /// False where the address was there before.
        package var wasAdded: Bool
        /// IPv4 only.
        package var label: String?
    }

    package struct Change: Hashable, Sendable {
        package var sysctl: Sysctl
        package var before: Int
        package var written: Int
    }

    package var entries: [Entry] = []
    package var changes: [Change] = []
    /// Interfaces that were down before.
    package var raisedLinks: [String] = []

    package init() {}

    package var isEmpty: Bool { entries.isEmpty && changes.isEmpty && raisedLinks.isEmpty }

    package func entry(_ address: IPAddress) -> Entry? { entries.first { $0.address == address } }

    /// All that is in one of them or the other.
    func union(_ other: RealServerRecord) -> RealServerRecord {
        var both = self
        for entry in other.entries where both.entry(entry.address) == nil { both.entries.append(entry) }
        for change in other.changes {
            if let known = both.changes.firstIndex(where: { $0.sysctl == change.sysctl }) {
                both.changes[known].written = change.written
            } else {
                both.changes.append(change)
            }
        }
        for link in other.raisedLinks where !both.raisedLinks.contains(link) { both.raisedLinks.append(link) }
        return both
    }

    // MARK: As a file

    /// A line for each thing:
    ///
    ///     vrrpctl-real-server 1 BOOT NAMESPACE
    ///     address 10.0.0.3 dr added lo:0
    ///     sysctl ipv4 all arp_ignore 0 1
    ///     link tunl0
    ///
    /// - Parameter place: The boot and the network namespace that it belongs to.
    package func text(of place: String) -> String {
        var lines = ["vrrpctl-real-server 1 \(place)"]
        for entry in entries {
            lines.append(
                "address \(entry.address) \(entry.method.rawValue) \(entry.wasAdded ? "added" : "found")"
                    + (entry.label.map { " \($0)" } ?? ""))
        }
        for change in changes {
            let family = change.sysctl.family == .ipv4 ? "ipv4" : "ipv6"
            lines.append(
                "sysctl \(family) \(change.sysctl.interface) \(change.sysctl.name) \(change.before) \(change.written)")
        }
        for link in raisedLinks { lines.append("link \(link)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// - Returns: Nil where the text is no such file. Of another boot or network namespace, an empty record: nothing of
    ///   it is there any more.
    package init?(_ text: String, of place: String) {
        let lines = text.split(separator: "\n")
        guard let header = lines.first, header.hasPrefix("vrrpctl-real-server 1 ") else { return nil }
        guard header == "vrrpctl-real-server 1 \(place)" else { return }
        for line in lines.dropFirst() {
            guard read(line.split(separator: " ").map(String.init)) else { return nil }
        }
    }

    private mutating func read(_ words: [String]) -> Bool {
        switch words.first {
        case "address":
            guard words.count >= 4, let address = IPAddress(words[1]), let method = RealServerMethod(rawValue: words[2])
            else { return false }
            entries.append(
                Entry(
                    address: address, method: method, wasAdded: words[3] == "added",
                    label: words.count > 4 ? words[4] : nil))
        case "sysctl":
            guard words.count == 6, let before = Int(words[4]), let written = Int(words[5]) else { return false }
            changes.append(
                Change(
                    sysctl: Sysctl(words[1] == "ipv4" ? .ipv4 : .ipv6, words[2], words[3]), before: before,
                    written: written))
        case "link":
            guard words.count == 2 else { return false }
            raisedLinks.append(words[1])
        default: return false
        }
        return true
    }
}

extension IPAddress {
    /// An address in its text form; nil for anything else, and for one that no service can have: a group, a loopback,
    /// broadcast or unspecified address.
    package init?(virtual text: String) {
        guard let address = IPAddress(text) else { return nil }
        switch address {
        case .v4(let address):
            let first = address.value >> 24
            guard first != 0, first != 127, first < 224 else { return nil }
        case .v6(let address):
            guard !address.isUnspecified, address.high >> 56 != 0xff, address.high != 0 || address.low != 1 else {
                return nil
            }
        }
        self = address
    }

    init?(_ text: String) {
        let bytes = Array(text.utf8)[...]
        if let address = IPv4Address(dottedQuad: bytes) {
            self = .v4(address)
        } else if let address = IPv6Address(bytes) {
            self = .v6(address)
        } else {
            return nil
        }
    }
}
