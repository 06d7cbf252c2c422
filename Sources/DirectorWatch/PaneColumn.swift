import Screens

/// A column of a pane. Those that matter least are left out where there is no room.
struct PaneColumn: Hashable, Sendable {
    var title: String
    /// Without the space before it.
    var width: Int
    var side: ScreenLine.Side
    /// 0 for what matters most.
    var rank: Int

    init(_ title: String, _ width: Int, _ side: ScreenLine.Side = .left, rank: Int) {
        self.title = title
        self.width = width
        self.side = side
        self.rank = rank
    }

    /// Which of them fit beside a name of some width.
    ///
    /// - Parameters:
    ///   - name: The least width of the name, and the greatest that is of use.
    ///   - width: The whole line's.
    /// - Returns: The name's width, the columns in their order, and the room that is left over.
    static func fitting(
        _ columns: [PaneColumn], name: ClosedRange<Int>, width: Int
    ) -> (name: Int, columns: Set<String>, rest: Int) {
        var room = width - name.lowerBound
        var chosen: Set<String> = []
        for column in columns.sorted(by: { $0.rank < $1.rank }) {
            // What matters less does not take the place of what matters more.
            guard column.width + 1 <= room else { break }
            room -= column.width + 1
            chosen.insert(column.title)
        }
        let more = max(min(room, name.upperBound - name.lowerBound), 0)
        return (max(min(name.lowerBound + more, width), 0), chosen, max(room - more, 0))
    }
}
