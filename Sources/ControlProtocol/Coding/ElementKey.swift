/// The place of an element in an array, or a member's name, where a `CodingKey` is asked for.
struct ElementKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ index: Int) {
        intValue = index
        stringValue = String(index)
    }

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) { self.init(intValue) }

    /// `Codable` wants the parent's part of an object under this name.
    static let parent = ElementKey(stringValue: "super")
}
