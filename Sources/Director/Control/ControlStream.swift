import ControlProtocol

/// An answer of many lines, made as the client reads them: nothing is made for one that does not.
package final class ControlStream {
    /// What comes next.
    package enum Piece {
        /// An object, in bytes without the end of the line. Small: a turn of the loop is over after a millisecond, but
        /// not before a piece is.
        case line([UInt8])
        /// Something was done for the next line, which is not ready: it goes on at once.
        case again
        /// Nothing for now; `wake` is called when there is more.
        case nothing
        /// That was all.
        case end
        /// There is more, and it cannot be told.
        case failure(ControlRefusal)

        /// A value as a line.
        package static func line(of value: some Encodable) -> Piece {
            guard let bytes = try? ControlCoder.encode(value) else {
                return .failure(ControlRefusal("the daemon cannot write its answer"))
            }
            return .line(bytes)
        }
    }

    private var make: (() -> Piece)?
    private var ended: (() -> Void)?
    /// Set by the connection that it goes to.
    var wakeUp: () -> Void = {}

    /// - Parameters:
    ///   - next: Makes the next piece; called when there is room for it, and not after the end.
    ///   - ended: Called once when the stream is over, because of its end or because the client is gone.
    package init(next: @escaping () -> Piece, ended: @escaping () -> Void = {}) {
        make = next
        self.ended = ended
    }

    /// Says that there is more, after `nothing`.
    package func wake() { wakeUp() }

    /// Whether somebody still listens.
    package var isOpen: Bool { make != nil }

    func next() -> Piece { make?() ?? .end }

    func close() {
        make = nil
        wakeUp = {}
        let ended = ended
        self.ended = nil
        ended?()
    }
}
