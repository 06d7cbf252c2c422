/// `track_file` at the top level: a file whose number is tracked.
package struct TrackFile: Hashable, Sendable {
    /// The value that the file is made with.
    package struct Initial: Hashable, Sendable {
        package var value: Int
        package var overwrites: Bool
    }

    package var name: Setting<String>
    package var path = Setting<String?>(nil)
    package var weight = Setting(TrackWeight(1))
    package var initial = Setting<Initial?>(nil)

    package init(name: Setting<String>) { self.name = name }
}
