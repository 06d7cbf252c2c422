import Glibc

/// Runs many slow look-ups side by side and gives up on those that nobody answers.
final class SideBySide<Key: Sendable, Value: Sendable>: @unchecked Sendable {
    private let keys: [Key]
    private let lookUp: @Sendable (Key) -> Answer
    private var mutex = pthread_mutex_t()
    private var changed = pthread_cond_t()

    // Guarded by `mutex`.
    private var next = 0
    private var finished = 0
    private var answered = 0
    private var values: [Value?]

    enum Answer {
        case value(Value)
        case nothing
        /// The question timed out.
        case unanswered
    }

    /// How many questions are open at once.
    private static var width: Int { 64 }

    /// Looks every key up.
    ///
    /// - Parameter patience: Seconds without a single answer after which all that is still open counts as unanswered: a
    ///   dead name server then costs this much once, whatever the number of addresses.
    static func run(
        _ keys: [Key], patience: Int, lookUp: @escaping @Sendable (Key) -> Answer
    ) -> [Value?] {
        if keys.isEmpty { return [] }
        let run = SideBySide(keys, lookUp)
        return run.wait(patience)
    }

    private init(_ keys: [Key], _ lookUp: @escaping @Sendable (Key) -> Answer) {
        self.keys = keys
        self.lookUp = lookUp
        values = Array(repeating: nil, count: keys.count)
        pthread_mutex_init(&mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(&changed, &attributes)
    }

    private func wait(_ patience: Int) -> [Value?] {
        // A thread that still waits for a dead server keeps this object alive; the process does not wait for it.
        var started = 0
        for _ in 0..<min(keys.count, Self.width) where startThread() { started += 1 }
        if started == 0 { work() }

        pthread_mutex_lock(&mutex)
        defer { pthread_mutex_unlock(&mutex) }
        var seen = answered
        var deadline = Self.deadline(after: patience)
        while finished < keys.count {
            let status = pthread_cond_timedwait(&changed, &mutex, &deadline)
            if answered != seen {
                seen = answered
                deadline = Self.deadline(after: patience)
            } else if status == ETIMEDOUT {
                next = keys.count
                break
            }
        }
        return values
    }

    private func startThread() -> Bool {
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 512 * 1024)
        let context = Unmanaged.passRetained(self as AnyObject)
        let status = pthread_create(&thread, &attributes, Self.thread, context.toOpaque())
        if status != 0 { context.release() }
        return status == 0
    }

    private static var thread: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        { context in
            guard let context else { return nil }
            (Unmanaged<AnyObject>.fromOpaque(context).takeRetainedValue() as? any Worker)?.work()
            return nil
        }
    }

    private static func deadline(after seconds: Int) -> timespec {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        now.tv_sec += seconds
        return now
    }
}

/// What a thread is told to do; C cannot name the generic class.
private protocol Worker: AnyObject {
    func work()
}

extension SideBySide: Worker {
    fileprivate func work() {
        pthread_mutex_lock(&mutex)
        while next < keys.count {
            let index = next
            next += 1
            pthread_mutex_unlock(&mutex)
            let answer = lookUp(keys[index])
            pthread_mutex_lock(&mutex)
            finished += 1
            switch answer {
            case .value(let value):
                values[index] = value
                answered += 1
            case .nothing:
                answered += 1
            case .unanswered:
                break
            }
            pthread_cond_signal(&changed)
        }
        pthread_mutex_unlock(&mutex)
    }
}
