/// `HTTP_GET` and `SSL_GET`.
package struct HTTPCheck: Hashable, Sendable {
    package enum ProtocolVersion: String, Hashable, Sendable, CaseIterable {
        case http10 = "1.0"
        /// With `Connection: close`.
        case http10Close = "1.0C"
        case http11 = "1.1"
    }

    package struct Regex: Hashable, Sendable {
        package var pattern = Setting<String?>(nil)
        /// A match is a failure.
        package var isInverted = Setting(false)
        package var options = Setting<[String]>([])
        package var minimumOffset = Setting(0)
        /// Nil for no limit.
        package var maximumOffset = Setting<Int?>(nil)
    }

    /// `url`: a page that must be right.
    package struct Page: Hashable, Sendable {
        package var place: Setting<Bool>
        package var path = Setting("/")
        package var statusCodes = Setting<[ClosedRange<Int>]>([200...299])
        /// The MD5 of the body, 32 digits.
        package var digest = Setting<String?>(nil)
        package var virtualHost = Setting<String?>(nil)
        package var regex = Regex()
        package var isTLSCompliant = Setting(false)

        package init(at span: SourceSpan) { place = Setting(true, .file(span)) }
    }

    package var version = Setting(ProtocolVersion.http10)
    package var virtualHost = Setting<String?>(nil)
    package var sendsServerName = Setting(false)
    package var serverName = Setting<String?>(nil)
    package var recoversFast = Setting(false)
    package var isTLSCompliant = Setting(false)
    package var pages: [Page] = []

    package init() {}
}
