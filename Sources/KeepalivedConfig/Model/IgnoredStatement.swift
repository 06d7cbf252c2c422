/// A line that was understood and has no effect here.
package struct IgnoredStatement: Hashable, Sendable {
    package var scope: Scope
    package var keyword: String
    package var words: [String]
    /// Why nothing comes of it.
    package var reason: String
}
