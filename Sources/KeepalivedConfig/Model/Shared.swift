/// A part of a block that many blocks have in common: those that are copies of each other hold it once, until one of
/// them changes.
///
/// Ten thousand real servers with the same settings would hold ten megabytes of them otherwise.
package struct Shared<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Only written to by the one `Shared` that holds it, so that it can be sent.
    private final class Place: @unchecked Sendable {
        var value: Value

        init(_ value: Value) { self.value = value }
    }

    private var place: Place

    package init(_ value: Value) { place = Place(value) }

    package var value: Value {
        get { place.value }
        _modify {
            if !isKnownUniquelyReferenced(&place) { place = Place(place.value) }
            yield &place.value
        }
    }

    /// Whether both hold the very same value, which is quicker to find out than whether they hold equal ones.
    package func isSame(as other: Shared) -> Bool { place === other.place }

    package static func == (left: Shared, right: Shared) -> Bool {
        left.place === right.place || left.place.value == right.place.value
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(place.value) }
}
