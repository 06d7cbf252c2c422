import Glibc

/// A thread for work that changes what belongs to a thread, such as its network namespace, or that is done beside.
final class OwnThread {
    private let work: () -> Void
    private var thread = pthread_t()

    /// Begins the work.
    init(_ work: @escaping () -> Void) {
        self.work = work
        let failure = pthread_create(&thread, nil, Self.start, Unmanaged.passRetained(self).toOpaque())
        precondition(failure == 0, "no thread: errno \(failure)")
    }

    /// Waits for the end of the work.
    func join() {
        pthread_join(thread, nil)
    }

    private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        Unmanaged<OwnThread>.fromOpaque(context).takeRetainedValue().work()
        return nil
    }
}
