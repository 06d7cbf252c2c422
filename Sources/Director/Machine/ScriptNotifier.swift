import KeepalivedConfig

/// Scripts and FIFOs, as the daemon tells them.
final class ScriptNotifier: StateListener {
    private let runner: ScriptRunner
    private let notifier: Notifier

    init(_ runner: ScriptRunner, _ notifier: Notifier) {
        self.runner = runner
        self.notifier = notifier
    }

    func tell(_ notice: StateNotice) {
        notifier.notify(Notice(notice))
    }

    func update(to configuration: Configuration) {
        runner.configure(ScriptPolicy(configuration.global))
        notifier.update(to: configuration.global.scripts)
    }

    func finish(then done: @escaping () -> Void) {
        notifier.stop(then: done)
    }
}

extension Notice {
    fileprivate init(_ notice: StateNotice) {
        let subject: Subject =
            switch notice.subject {
            case .instance: .instance
            case .group: .group
            }
        let state: State =
            switch notice.state {
            case .active: .active
            case .backup: .backup
            case .fault: .fault
            case .stopped: .stop
            case .deleted: .deleted
            case .activeHeardLowerPriority: .activeHeardLowerPriority
            case .activePriority: .activePriority
            case .backupPriority: .backupPriority
            }
        self.init(subject, notice.name, state, priority: Int(notice.priority), scripts: notice.scripts)
    }
}
