import Glibc

/// A thread for work that changes what belongs to a thread, such as its network namespace.
final class OwnThread {
    private let work: () -> Void

    private init(_ work: @escaping () -> Void) {
        self.work = work
    }

    /// Does the work there and waits for it.
    static func run(_ work: () -> Void) {
        withoutActuallyEscaping(work) { work in
            let context = Unmanaged.passRetained(OwnThread(work)).toOpaque()
            var thread = pthread_t()
            let failure = pthread_create(&thread, nil, start, context)
            precondition(failure == 0, "no thread: errno \(failure)")
            pthread_join(thread, nil)
        }
    }

    private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        Unmanaged<OwnThread>.fromOpaque(context).takeRetainedValue().work()
        return nil
    }
}
