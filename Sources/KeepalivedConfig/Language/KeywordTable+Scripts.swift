private let nobody = Setting("")

extension Keywords {
    static let script = KeywordTable<VRRPScript>(
        .script, sample: VRRPScript(name: nobody),
        [
            .script("script", \.command, "The command; its exit status says whether all is well."),
            .seconds(
                "interval", \.interval, 1000...KeywordLimits.long, step: 1000, zero: 1_000_000,
                "From one run to the next."),
            .seconds(
                "timeout", \.timeout, 1000...KeywordLimits.long, step: 1000, zero: 1_000_000,
                standard: "interval", "A run that takes longer has failed and is ended."),
            .weight(
                "weight", \.weight, -253...253,
                "0: a failure is a fault. Above: added while it succeeds. Below: taken off while it fails."),
            .number("rise", \.rise, 1...KeywordLimits.count, zero: 1, "Successes in a row until it is up."),
            .number("fall", \.fall, 1...KeywordLimits.count, zero: 1, "Failures in a row until it is down."),
            .user("user", \.user, standard: "script_user", "Whom the command runs as."),
            .flag("init_fail", \.startsFailed, "It counts as failed until it has succeeded."),
        ])
}

extension Keywords {
    static let trackProcess = KeywordTable<TrackProcess>(
        .trackProcess, sample: TrackProcess(name: nobody),
        [
            .custom(
                "process", .words("COMMAND [ARGUMENT …]"), maximumWords: .max, "The process's name and its arguments."
            ) { block, statement, interpreter in
                guard interpreter.first(statement, "COMMAND") != nil else { return }
                block.process = Setting(statement.arguments.map(\.text), .file(statement.valueSpan))
            } show: { block, list in
                list.add(ShownSetting("process", block.process.value.shown, block.process.origin))
            },
            .choice(
                "param_match", \.parameterMatch,
                "The arguments need not match whole: the first of them, or the last one's beginning."),
            .weight(
                "weight", \.weight, -254...254,
                "0: too few processes are a fault. Above: added while enough run. Below: taken off while not."),
            .number("quorum", \.quorum, 1...65535, "How many must run."),
            .number("quorum_max", \.quorumMaximum, 0...65535, standard: "no limit", "How many may run."),
            .custom(
                "delay", .seconds(1...3_600_000_000), unit: "seconds", "Sets fork_delay and terminate_delay."
            ) { block, statement, interpreter in
                guard let delay = interpreter.seconds(statement, 1...3_600_000_000) else { return }
                block.forkDelay = Setting(delay, .because(.delayBothWays, statement.keyword.span))
                block.terminateDelay = Setting(delay, .because(.delayBothWays, statement.keyword.span))
            } show: { _, _ in
            },
            .seconds(
                "fork_delay", \.forkDelay, 0...3_600_000_000, "From enough processes until that counts."),
            .seconds(
                "terminate_delay", \.terminateDelay, 0...3_600_000_000, "From too few processes until that counts."),
            .flag("full_command", \.matchesFullCommand, "Match the whole command line."),
        ])
}

extension Keywords {
    static let trackFile = KeywordTable<TrackFile>(
        .trackFile, sample: TrackFile(name: nobody),
        [
            .word("file", \.path, "The file that holds a number."),
            .weight(
                "weight", \.weight, -2_147_483_647...2_147_483_647,
                "What the number is multiplied by; 0: any number but 0 is a fault."),
            .custom(
                "init_file", .words("[NUMBER] [overwrite]"), standard: "no", maximumWords: 2,
                "Make the file with this number (0), or set it where it exists."
            ) { block, statement, interpreter in
                var initial = TrackFile.Initial(value: 0, overwrites: false)
                for word in statement.arguments {
                    if word.text == "overwrite" {
                        initial.overwrites = true
                    } else if let value = interpreter.integer(
                        word, of: statement.keyword, -2_147_483_648...2_147_483_647)
                    {
                        initial.value = value
                    } else {
                        return
                    }
                }
                block.initial = Setting(initial, .file(statement.valueSpan))
            } show: { block, list in
                let value = block.initial.value.map {
                    ShownValue.words([String($0.value)] + ($0.overwrites ? ["overwrite"] : []))
                }
                list.add(ShownSetting("init_file", value ?? .absent("no"), block.initial.origin))
            },
        ])
}
