/// A key of a terminal, as far as a full screen is steered by it.
package enum Key: Hashable, Sendable {
    case up
    case down
    case left
    case right
    case pageUp
    case pageDown
    case home
    case end
    case tab
    /// Shift and Tab.
    case backTab
    case enter
    case escape
    case backspace
    case delete
    /// A character that is typed, a space as well.
    case character(Unicode.Scalar)
    /// Ctrl and this lower-case letter.
    case control(Unicode.Scalar)
    /// A key without a meaning here.
    case unknown
}
