import KeepalivedConfig

/// A name that an operator wrote and that means nothing, or more than one thing; with what may have been meant.
package struct UnknownName: Error, Hashable, Sendable {
    package var message: String

    /// As many as this are all named where nothing is near.
    private static let few = 8

    /// - Parameters:
    ///   - kind: `instance`, `virtual server` or `real server`.
    ///   - others: What there is of that kind, as the log calls it.
    ///   - otherForms: The same in other forms, in the same order.
    package init(
        _ kind: String, _ text: String, of owner: String? = nil, among others: [String], and otherForms: [String] = []
    ) {
        let place = owner.map { " in \($0)" } ?? ""
        message = "there is no \(kind) \(text)\(place)"
        if others.isEmpty {
            message += ": there is none at all"
        } else if let near = Spelling.nearest(to: text, among: others) {
            message += "; did you mean \(near)?"
        } else if let near = Spelling.nearest(to: text, among: otherForms) {
            message += "; did you mean \(near)?"
        } else {
            let shown = others.prefix(Self.few).joined(separator: ", ")
            let more = others.count > Self.few ? " and \(others.count - Self.few) more" : ""
            message += "; there \(others.count == 1 ? "is" : "are") \(shown)\(more)"
        }
    }

    /// - Parameter candidates: What it may mean, all of them.
    package init(_ kind: String, _ text: String, of owner: String? = nil, isOneOf candidates: [String]) {
        let place = owner.map { " in \($0)" } ?? ""
        message =
            "\(text) is more than one \(kind)\(place): \(candidates.prefix(Self.few).joined(separator: ", "))"
            + (candidates.count > Self.few ? " and \(candidates.count - Self.few) more" : "") + "; say which"
    }
}
