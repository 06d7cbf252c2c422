/// Whether a script that runs again and again counts as good: keepalived's `rise`, `fall` and `init_fail`.
///
/// A counter runs from 0 to `rise + fall - 1` and the script is good from `rise` on. A success counts up, and at `rise`
/// jumps to the top; a failure counts down, and below `rise` drops to the bottom. So it takes `fall` failures in a row
/// to become bad and `rise` successes in a row to become good. The very first result decides alone, unless the script
/// starts as failed.
public struct ScriptTracker: Hashable, Sendable {
    /// Successes in a row that make it good, at least 1.
    public let rise: Int
    /// Failures in a row that make it bad, at least 1.
    public let fall: Int
    /// Nil as long as nothing is known.
    private var counter: Int?

    /// A script that has not run yet.
    ///
    /// - Parameters:
    ///   - rise: successes in a row that make it good, at least 1.
    ///   - fall: failures in a row that make it bad, at least 1.
    ///   - startsFailed: `init_fail`.
    public init(rise: Int = 1, fall: Int = 1, startsFailed: Bool = false) {
        self.rise = min(max(rise, 1), 1_000_000_000)
        self.fall = min(max(fall, 1), 1_000_000_000)
        counter = startsFailed ? 0 : nil
    }

    /// What the results so far amount to; unknown before the first, unless the script starts as failed.
    public var reading: Tracker.Reading {
        guard let counter else { return .unknown }
        return counter >= rise ? .good : .bad
    }

    /// Takes the result of one run in: exit status 0 is a success; another status, a signal and a timeout are not.
    ///
    /// - Returns: whether `reading` is another one now.
    public mutating func record(success: Bool) -> Bool {
        let before = reading
        let top = rise + fall - 1
        if let count = counter {
            if success {
                counter = count + 1 >= rise ? top : count + 1
            } else {
                counter = count - 1 < rise ? 0 : count - 1
            }
        } else {
            counter = success ? top : 0
        }
        return reading != before
    }
}
