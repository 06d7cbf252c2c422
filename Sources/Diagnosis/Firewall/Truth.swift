/// What can be said of a condition: a rule may ask for something that is not known of a packet that is only imagined.
package enum Truth: Hashable, Sendable {
    case no
    case unknown
    case yes

    package init(_ value: Bool) { self = value ? .yes : .no }

    static func && (left: Truth, right: @autoclosure () -> Truth) -> Truth {
        switch left {
        case .no: return .no
        case .yes: return right()
        case .unknown: return right() == .no ? .no : .unknown
        }
    }

    static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }
}
