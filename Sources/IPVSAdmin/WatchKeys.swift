import Screens
import TerminalControl

/// What the keys of `--watch` mean.
struct WatchKeys {
    private var decoder = KeyDecoder()

    enum Command {
        case quit
        case up
        case down
        case sort
    }

    /// How long a key may take to come, in milliseconds: the bytes of one arrive together, or nearly so.
    private static let pause: Int64 = 50

    /// Waits for a key, a change of size or the time to pass.
    ///
    /// - Returns: What was asked for; nothing where the picture is to be drawn anew anyway.
    mutating func wait(at terminal: Terminal, milliseconds: Int64) -> [Command] {
        switch terminal.wait(milliseconds: milliseconds) {
        case .end: return [.quit]
        case .changed, .ready, .nothing: return []
        case .typed(let bytes):
            var keys = decoder.take(bytes)
            while decoder.isUndecided {
                switch terminal.wait(milliseconds: Self.pause) {
                case .end: return [.quit]
                case .typed(let more): keys += decoder.take(more)
                case .changed, .ready, .nothing: keys += decoder.finish()
                }
            }
            return keys.compactMap(Self.command)
        }
    }

    private static func command(_ key: Key) -> Command? {
        switch key {
        case .character("q"), .character("Q"): .quit
        case .up, .character("k"): .up
        case .down, .character("j"): .down
        case .character("s"): .sort
        default: nil
        }
    }
}
