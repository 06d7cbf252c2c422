/// Who sends an instance's last advertisement when this process no longer can.
package protocol WillKeeper: AnyObject {
    /// Leaves a will in place of the one before.
    ///
    /// It is handed on at the end of the turn, several at once, without waiting.
    ///
    /// - Parameters:
    ///   - will: Nil when there is nothing to say any more: the instance is not active, or has resigned itself.
    ///   - instance: A name that is the instance's alone.
    func leave(_ will: Will?, for instance: String)
}
