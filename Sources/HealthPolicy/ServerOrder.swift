/// What an operator has told a real server to do, whatever its checks find.
package enum ServerOrder: String, Hashable, Sendable, CaseIterable, Codable {
    /// No new connections: it stays in the table with weight 0 until those that it has have ended.
    case drain
    /// It is out of the table.
    case disable
}
