/// `garp_group`: how fast announcements may follow each other on interfaces.
package struct AnnouncementGroup: Hashable, Sendable {
    package var arpInterval = Setting<Duration?>(nil)
    package var neighbourInterval = Setting<Duration?>(nil)
    package var interface = Setting<String?>(nil)
    package var interfaces: [Setting<String>] = []
    package var place: Setting<Bool>

    package init(at span: SourceSpan) { place = Setting(true, .file(span)) }
}
