/// `DNS_CHECK`.
package struct DNSCheck: Hashable, Sendable {
    package enum RecordType: String, Hashable, Sendable, CaseIterable {
        case a = "A"
        case ns = "NS"
        case cname = "CNAME"
        case soa = "SOA"
        case mx = "MX"
        case txt = "TXT"
        case aaaa = "AAAA"
    }

    package var type = Setting(RecordType.soa)
    package var name = Setting(".")

    package init() {}
}
