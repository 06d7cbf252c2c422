/// What is still to happen, earliest first. Of two events of the same instant the one that was added first comes first,
/// so that a run is the same every time.
struct EventQueue<Event> {
    private struct Entry {
        var time: Int64
        var order: UInt64
        var event: Event

        @inline(__always)
        func comes(before other: Entry) -> Bool {
            time < other.time || (time == other.time && order < other.order)
        }
    }

    /// A binary heap: no entry comes before the one at half its position.
    private var heap: [Entry] = []
    private var added: UInt64 = 0

    var isEmpty: Bool { heap.isEmpty }

    /// The time of the earliest event, in nanoseconds.
    var nextTime: Int64? { heap.first?.time }

    mutating func add(_ event: Event, at time: Int64) {
        added &+= 1
        let entry = Entry(time: time, order: added, event: event)
        heap.append(entry)
        var position = heap.count - 1
        while position > 0 {
            let parent = (position - 1) / 2
            guard entry.comes(before: heap[parent]) else { break }
            heap[position] = heap[parent]
            position = parent
        }
        heap[position] = entry
    }

    mutating func removeFirst() -> (time: Int64, event: Event)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            sink(last)
        }
        return (first.time, first.event)
    }

    /// Puts an entry in at the top and lets it go down to its place.
    private mutating func sink(_ entry: Entry) {
        var position = 0
        while true {
            var child = 2 * position + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].comes(before: heap[child]) {
                child += 1
            }
            guard heap[child].comes(before: entry) else { break }
            heap[position] = heap[child]
            position = child
        }
        heap[position] = entry
    }
}
