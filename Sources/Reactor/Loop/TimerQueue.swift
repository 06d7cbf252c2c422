import VRRPProtocol

/// Armed timers, the earliest first; of several for one instant, the one that was set first.
///
/// A binary heap in which every timer knows its place, so that setting one anew costs a few moves and leaves no
/// obsolete entry behind: an advertisement moves a deadline each time that it is heard.
final class TimerQueue {
    private struct Entry {
        var deadline: Instant
        var order: UInt64
        // A timer takes itself out of the queue when it goes.
        unowned(unsafe) let timer: Timer

        static func < (left: Entry, right: Entry) -> Bool {
            left.deadline == right.deadline ? left.order < right.order : left.deadline < right.deadline
        }
    }

    private var heap: [Entry] = []
    private var due: [Timer] = []
    private var order: UInt64 = 0

    /// When the next timer is due; nil if none is armed.
    var next: Instant? { heap.first?.deadline }

    var count: Int { heap.count }

    func set(_ timer: Timer, _ deadline: Instant?) {
        timer.deadline = deadline
        guard let deadline else {
            if timer.index != Timer.notQueued { remove(at: timer.index) }
            return
        }
        order += 1
        let entry = Entry(deadline: deadline, order: order, timer: timer)
        let index = timer.index
        if index == Timer.notQueued {
            heap.append(entry)
            siftUp(entry, from: heap.count - 1)
        } else {
            settle(entry, at: index)
        }
    }

    func remove(at index: Int) {
        heap[index].timer.index = Timer.notQueued
        let last = heap.removeLast()
        if index < heap.count { settle(last, at: index) }
    }

    /// Fires what is due at `now`, in the order of the deadlines. What is set meanwhile waits for the next call; what
    /// is disarmed, set anew or released meanwhile does not fire.
    func fire(at now: Instant) {
        while let first = heap.first, first.deadline <= now {
            due.append(first.timer)
            remove(at: 0)
        }
        for index in due.indices {
            guard !isKnownUniquelyReferenced(&due[index]) else { continue }
            let timer = due[index]
            guard timer.index == Timer.notQueued, timer.deadline != nil else { continue }
            timer.deadline = nil
            timer.fire(now)
        }
        due.removeAll(keepingCapacity: true)
    }

    // MARK: The heap

    private func settle(_ entry: Entry, at index: Int) {
        if index > 0, entry < heap[(index - 1) / 2] {
            siftUp(entry, from: index)
        } else {
            siftDown(entry, from: index)
        }
    }

    private func siftUp(_ entry: Entry, from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entry < heap[parent] else { break }
            place(heap[parent], at: index)
            index = parent
        }
        place(entry, at: index)
    }

    private func siftDown(_ entry: Entry, from start: Int) {
        var index = start
        while true {
            var child = 2 * index + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < entry else { break }
            place(heap[child], at: index)
            index = child
        }
        place(entry, at: index)
    }

    private func place(_ entry: Entry, at index: Int) {
        heap[index] = entry
        entry.timer.index = index
    }
}
