/// `FILE_CHECK`.
package struct FileCheck: Hashable, Sendable {
    /// The name of a `track_file`.
    package var file = Setting<String?>(nil)
    /// Nil for the weight of the `track_file`.
    package var weight = Setting<TrackWeight?>(nil)
    package var isDynamic = Setting(false)

    package init() {}
}
