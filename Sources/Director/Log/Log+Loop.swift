package import Reactor

extension Log {
    /// Lets a loop write the log: at the end of each turn, and as soon as the reader takes more.
    package func attach(to loop: EventLoop) {
        collect()
        var isWaiting = false
        loop.atEndOfTurn { [unowned loop] in
            guard !self.flush(), !isWaiting else { return }
            // What cannot be watched is tried again at the end of the next turn.
            guard (try? loop.watch(self.descriptor, .writable, { _ = self.flush() })) != nil else { return }
            isWaiting = true
        }
        loop.atEndOfTurn { [unowned loop] in
            guard isWaiting, self.isWritten else { return }
            loop.unwatch(self.descriptor)
            isWaiting = false
        }
    }
}
