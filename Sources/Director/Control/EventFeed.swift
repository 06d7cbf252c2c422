import ControlProtocol
import Reporting

/// A history on its way to a client, at the client's own pace.
final class EventFeed {
    private let history: History
    private let follows: Bool
    private var cursor: EventCursor
    /// What follows the last event of a feed that ends: those that come meanwhile are for the next one.
    private let last: UInt64
    private var follower: Int?

    init(_ history: History, _ cursor: EventCursor, follows: Bool) {
        self.history = history
        self.cursor = cursor
        self.follows = follows
        last = history.ring.last ?? 0
    }

    /// What the connection reads from; to be asked for once.
    var stream: ControlStream {
        let stream = ControlStream(
            next: { self.next() },
            ended: {
                if let follower = self.follower { self.history.unfollow(follower) }
                self.follower = nil
            })
        if follows { follower = history.follow { [weak stream] in stream?.wake() } }
        return stream
    }

    private func next() -> ControlStream.Piece {
        switch cursor.next(in: history.ring) {
        case .event(let entry) where follows || entry.sequence <= last: return .line(Array(entry.line.dropLast()))
        case .missed(let count):
            var writer = JSONWriter()
            writer.object { writer in
                writer.key("missed")
                writer.number(count)
            }
            return .line(writer.text.bytes)
        case .event: return .end
        case .nothing: return follows ? .nothing : .end
        }
    }
}
