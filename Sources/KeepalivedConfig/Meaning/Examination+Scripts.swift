extension Examination {
    mutating func examineScripts() {
        let global = configuration.global
        for script in configuration.scripts {
            if script.command.value == nil, script.command.origin.isStandard {
                error(
                    "missing-keyword", "vrrp_script \(script.name.value) has no script", at: script.name.span,
                    expected: "script \"COMMAND [ARGUMENT …]\"")
            }
            if script.timeout.origin.isWritten, script.timeout.value > script.interval.value {
                warn(
                    "timeout-over-interval",
                    "a run may take \(script.timeout.value.secondsText) seconds and is due every "
                        + "\(script.interval.value.secondsText): runs that are due meanwhile are left out",
                    at: script.timeout.span, related: Self.related("the interval is here", script.interval.span))
            }
            examine(script.command, user: script.user.value)
        }
        for instance in configuration.instances { for script in instance.notify.all { examine(script) } }
        for group in configuration.syncGroups { for script in group.notify.all { examine(script) } }
        for script in [
            global.scripts.startup, global.scripts.shutdown, global.scripts.fifoScript, global.scripts.vrrpFifoScript,
            global.scripts.directorFifoScript,
        ] {
            examine(script)
        }
        for server in configuration.virtualServers {
            examine(server.quorumUp)
            examine(server.quorumDown)
            for index in server.realServers.indices {
                if server.realServers[index].notifyUp.value != nil { examine(server.realServers[index].notifyUp) }
                if server.realServers[index].notifyDown.value != nil { examine(server.realServers[index].notifyDown) }
            }
        }
        var checks: [ScriptCheck] = []
        configuration.forEachChecker { if case .script(let check) = $0 { checks.append(check) } }
        for check in checks {
            examine(check.command, user: check.user.value)
            examine(check.user)
        }
        examine(global.scripts.user)
        for script in configuration.scripts { examine(script.user) }
    }

    private mutating func examine(_ setting: Setting<ScriptCommand?>, user: ScriptUser? = nil) {
        guard let command = setting.value, let program = command.words.first else { return }
        if let word = Self.shellWord(command.words) {
            warn(
                "shell-syntax", "\(word) means nothing to a script that is run without a shell", at: setting.span,
                expected: "a script file, or sh -c '…'")
        }
        guard let host else { return }
        examine(command.user.map { ScriptUser(user: $0, group: command.group) }, at: setting.span)
        let facts = host.program(program)
        let security = configuration.global.scripts.isSecured
        switch facts.presence {
        case .missing:
            warn(
                "script-missing", "there is no \(program) on this machine", at: setting.span,
                expected: program.hasPrefix("/") ? nil : "an absolute path")
        case .notAFile: warn("script-not-executable", "\(facts.path) is not a file that can be run", at: setting.span)
        case .notExecutable:
            warn(
                "script-not-executable", "\(facts.path) is not executable", at: setting.span,
                expected: "chmod +x \(facts.path)")
        case .executable: break
        }
        guard let writer = facts.writer, runsAsRoot(command, user) else { return }
        if security.value {
            error(
                "script-insecure", "\(program) is not run as root: \(writer)", at: setting.span,
                expected: "a path that only root can write to, or another user for the script",
                related: Self.related("enable_script_security is here", security.span))
        } else {
            warn(
                "script-insecure", "\(program) runs as root, and \(writer)", at: setting.span,
                expected: "a path that only root can write to, or another user for the script")
        }
    }

    /// Whether root would run it, as far as the file tells; without a user it is root, unless there is the user that
    /// scripts run as by default.
    private func runsAsRoot(_ command: ScriptCommand, _ user: ScriptUser?) -> Bool {
        let name = command.user ?? user?.user ?? configuration.global.scripts.user.value?.user
        guard let name else { return host?.hasUser("keepalived_script") != true }
        return name == "root" || name == "0"
    }

    private mutating func examine(_ user: Setting<ScriptUser?>) { examine(user.value, at: user.span) }

    private mutating func examine(_ user: ScriptUser?, at span: SourceSpan?) {
        guard let user, let host else { return }
        if !host.hasUser(user.user) {
            warn("unknown-user", "there is no user \(user.user) on this machine: the script does not run", at: span)
        }
        if let group = user.group, !host.hasGroup(group) {
            warn("unknown-group", "there is no group \(group) on this machine: the script does not run", at: span)
        }
    }

    /// A word that only a shell would obey.
    static func shellWord(_ words: [String]) -> String? {
        if let first = words.first, let name = first.split(separator: "/").last,
            ["sh", "bash", "dash", "ash", "zsh", "ksh", "busybox", "env"].contains(name)
        {
            return nil
        }
        return words.first { word in
            if ["|", "||", "&&", ";", "&", "<", ">", ">>"].contains(word) { return true }
            if word.hasPrefix("$(") || word.hasPrefix("`") { return true }
            return ["2>", "1>", "&>", ">/", ">&"].contains { word.hasPrefix($0) }
        }
    }
}
