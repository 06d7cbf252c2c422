/// How much a tracked object moves the priority.
package struct TrackWeight: Hashable, Sendable {
    /// 0: the instance is in fault while the object is bad. Above: added while it is good. Below: taken off while it is
    /// bad.
    package var value: Int
    /// Good counts as bad and bad as good.
    package var isReversed: Bool

    package init(_ value: Int = 0, isReversed: Bool = false) {
        self.value = value
        self.isReversed = isReversed
    }

    /// Whether the object decides about fault instead of the priority.
    package var decidesFault: Bool { value == 0 }
}
