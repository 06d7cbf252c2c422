/// A routing table, protocol or realm: a number, or a name from iproute2's files.
package enum NumberOrName: Hashable, Sendable, CustomStringConvertible {
    case number(Int)
    case name(String)

    package var description: String {
        switch self {
        case .number(let number): String(number)
        case .name(let name): name
        }
    }
}
