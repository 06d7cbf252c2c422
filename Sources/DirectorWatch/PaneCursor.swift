/// Which line of a pane is selected, and which is its first that is seen. The selection keeps to what it is about.
struct PaneCursor: Hashable, Sendable {
    private(set) var items: [WatchItem] = []
    /// Its place in `items`; 0 where there are none.
    private(set) var selected = 0
    private(set) var top = 0
    /// Lines that were seen last; a page.
    private var height = 1
    /// Whether a selection of the last line stays with the last line, as in a log.
    private let followsEnd: Bool

    init(followsEnd: Bool = false) {
        self.followsEnd = followsEnd
    }

    var item: WatchItem? { items.indices.contains(selected) ? items[selected] : nil }

    /// There are other lines now.
    mutating func take(_ next: [WatchItem]) {
        let wasLast = selected >= items.count - 1
        if followsEnd, wasLast {
            selected = next.count - 1
        } else if let item, next.indices.contains(selected), next[selected] == item {
            // As most often.
        } else if let item, let place = next.firstIndex(of: item) {
            selected = place
        }
        items = next
        clamp()
    }

    mutating func move(by lines: Int) {
        selected += lines
        clamp()
    }

    mutating func movePage(_ direction: Int) {
        move(by: direction * max(height - 1, 1))
    }

    mutating func moveToStart() {
        selected = 0
        clamp()
    }

    mutating func moveToEnd() {
        selected = items.count - 1
        clamp()
    }

    mutating func select(_ item: WatchItem) {
        if let place = items.firstIndex(of: item) { selected = place }
    }

    /// So many lines are seen; the selected one is among them.
    mutating func show(_ lines: Int) {
        height = max(lines, 1)
        if selected < top { top = selected }
        if selected >= top + height { top = selected - height + 1 }
        top = max(min(top, items.count - height), 0)
    }

    private mutating func clamp() {
        selected = max(min(selected, items.count - 1), 0)
    }
}
