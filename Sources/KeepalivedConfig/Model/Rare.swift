/// A large part of a block that few blocks have: it takes room only where something of it is written.
///
/// A thousand instances without notify scripts would hold half a megabyte of them.
@propertyWrapper
package struct Rare<Value: Hashable & Sendable>: Hashable, Sendable {
    private final class Place: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var place: Place?
    /// What it is where nothing is written.
    private let standard: @Sendable () -> Value

    package init(wrappedValue standard: @escaping @autoclosure @Sendable () -> Value) {
        self.standard = standard
    }

    package var wrappedValue: Value {
        get { place?.value ?? standard() }
        set { place = Place(newValue) }
    }

    package static func == (left: Rare, right: Rare) -> Bool {
        left.place === right.place || left.wrappedValue == right.wrappedValue
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(wrappedValue) }
}
