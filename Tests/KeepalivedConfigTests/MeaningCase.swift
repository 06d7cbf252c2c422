import Testing

/// A check of meaning: the smallest configuration that shows it, and one that differs in that point only.
struct MeaningCase: CustomTestStringConvertible, Sendable {
    /// What is wrong.
    let title: String
    /// The severity and code that are expected of the first, and not of the second.
    let fault: String
    let wrong: String
    let right: String

    init(_ title: String, _ fault: String, _ wrong: String, right: String) {
        self.title = title
        self.fault = fault
        self.wrong = wrong
        self.right = right
    }

    var testDescription: String { title }

    /// Whether the text has the fault.
    func isFound(in text: String) -> Bool {
        Understood(text).faults.contains { $0.hasPrefix(fault + " ") }
    }
}
