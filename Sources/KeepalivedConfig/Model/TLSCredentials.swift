/// `SSL`: what SSL_GET shows to servers.
package struct TLSCredentials: Hashable, Sendable {
    package var password = Setting<String?>(nil)
    package var authority = Setting<String?>(nil)
    package var certificate = Setting<String?>(nil)
    package var key = Setting<String?>(nil)
    package var place: Setting<Bool>

    package init(at span: SourceSpan) { place = Setting(true, .file(span)) }
}
