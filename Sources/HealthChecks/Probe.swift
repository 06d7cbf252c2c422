package import HealthPolicy

/// Something that can find out whether a real server is well, one attempt at a time, on the loop and without blocking.
package protocol Probe: AnyObject {
    /// Makes one attempt. It ends by itself, after its time-out at the latest.
    ///
    /// - Parameters:
    ///   - step: Which of the things that are to be right is looked at, from 0: a page of an HTTP check; 0 for others.
    ///   - done: Called once with the result and never before this returns; not at all after `cancel`.
    func attempt(step: Int, then done: @escaping (CheckResult) -> Void)

    /// Ends the attempt that runs, if any, without a result.
    func cancel()
}
