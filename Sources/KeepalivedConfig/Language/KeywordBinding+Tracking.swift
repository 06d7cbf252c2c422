extension KeywordBinding {
    /// The five `track_…` blocks of an instance or a sync group.
    static func tracking(_ path: any WritableKeyPath<Block, TrackedObjects> & Sendable) -> [KeywordBinding] {
        [
            tracked(
                "track_interface", item: "INTERFACE", opens: .trackedInterfaces, path, { $0.interfaces },
                { $0.interfaces.append($1) }, -253...253, "Interfaces that must be up."),
            tracked(
                "track_script", item: "NAME", opens: .trackedScripts, path, { $0.scripts },
                { $0.scripts.append($1) }, -253...253, "Scripts (vrrp_script) that must succeed."),
            tracked(
                "track_file", item: "NAME", opens: .trackedFiles, path, { $0.files },
                { $0.files.append($1) }, -254...254, "Files (track_file) whose number moves the priority."),
            tracked(
                "track_process", item: "NAME", opens: .trackedProcesses, path, { $0.processes },
                { $0.processes.append($1) }, -254...254, "Processes (vrrp_track_process) that must run."),
            tracked(
                "track_bfd", item: "NAME", opens: .trackedSessions, path, { $0.sessions },
                { $0.sessions.append($1) }, -253...253, "BFD sessions (bfd_instance) that must be up."),
        ]
    }

    private static func tracked(
        _ name: String, item: String, opens scope: Scope,
        _ path: any WritableKeyPath<Block, TrackedObjects> & Sendable,
        _ get: @escaping @Sendable (TrackedObjects) -> [Setting<TrackedObject>],
        _ add: @escaping @Sendable (inout TrackedObjects, Setting<TrackedObject>) -> Void,
        _ range: ClosedRange<Int>, _ summary: String
    ) -> KeywordBinding {
        KeywordBinding(
            Keyword(
                name, in: .root,
                .list(item: "\(item) [weight \(range.lowerBound)..\(range.upperBound) [reverse|noreverse]]"),
                repetition: .repeatable, opens: scope, summary),
            maximumWords: 0
        ) { block, statement, interpreter in
            for item in interpreter.body(of: statement) {
                interpreter.refuseBlock(item)
                if let object = interpreter.tracked(item, range) {
                    add(&block[keyPath: path], Setting(object, .file(item.keyword.span)))
                }
            }
        } show: { block, list in
            list.add(name, lines: get(block[keyPath: path]), Interpreter.words)
        }
    }

    /// The notify scripts that instances and sync groups share.
    static func notifications(_ path: any WritableKeyPath<Block, NotifyScripts> & Sendable) -> [KeywordBinding] {
        func script(
            _ name: String, _ part: any WritableKeyPath<NotifyScripts, Setting<ScriptCommand?>> & Sendable,
            _ summary: String
        ) -> KeywordBinding {
            custom(name, .script, maximumWords: 3, summary) { block, statement, interpreter in
                guard let command = interpreter.script(statement) else { return }
                block[keyPath: path][keyPath: part] = Setting(command, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path][keyPath: part]
                list.add(ShownSetting(name, setting.value.shown, setting.origin))
            }
        }
        return [
            script("notify_master", \.active, "Run on becoming active."),
            script("notify_backup", \.backup, "Run on becoming backup."),
            script("notify_fault", \.fault, "Run on a fault."),
            script("notify_stop", \.stop, "Run when the daemon stops."),
            script("notify", \.any, "Run after those above, with INSTANCE or GROUP, name, state and priority."),
        ]
    }
}
