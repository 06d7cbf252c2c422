/// What the checksum of a VRRP message covers.
public enum ChecksumForm: Hashable, Sendable, CaseIterable {
    /// The VRRP message alone: version 2 (RFC 3768, 5.3.8), and version 3 over IPv4 in RFC 9568, 5.2.8.
    case messageOnly
    /// The pseudo-header of the IP version and the message: version 3 over IPv6, and version 3 over IPv4 as RFC 5798
    /// was read by keepalived, FRR, tcpdump and Wireshark.
    case pseudoHeader
}
