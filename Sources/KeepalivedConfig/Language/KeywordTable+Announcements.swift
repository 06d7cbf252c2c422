extension KeywordBinding {
    /// When and how often addresses are announced; globally with the prefix `vrrp_`, else in an instance.
    static func announcements(
        _ path: any WritableKeyPath<Block, GratuitousARP> & Sendable, prefix: String
    ) -> [KeywordBinding] {
        func seconds(
            _ name: String, _ part: any WritableKeyPath<GratuitousARP, Setting<Duration>> & Sendable,
            standard: String? = nil, _ summary: String
        ) -> KeywordBinding {
            let name = prefix + name
            return custom(
                name, .seconds(0...KeywordLimits.day, step: 1_000_000), standard: standard, unit: "seconds", summary
            ) { block, statement, interpreter in
                guard let value = interpreter.seconds(statement, 0...KeywordLimits.day, step: 1_000_000) else { return }
                block[keyPath: path][keyPath: part] = Setting(value, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path][keyPath: part]
                list.add(ShownSetting(name, .seconds(setting.value), setting.origin))
            }
        }
        func count(
            _ name: String, _ part: any WritableKeyPath<GratuitousARP, Setting<Int>> & Sendable,
            standard: String? = nil,
            _ summary: String
        ) -> KeywordBinding {
            let name = prefix + name
            return custom(name, .integer(1...1_000_000), standard: standard, summary) { block, statement, interpreter in
                guard let value = interpreter.integer(statement, 1...1_000_000, zero: 1) else { return }
                block[keyPath: path][keyPath: part] = Setting(value, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path][keyPath: part]
                list.add(ShownSetting(name, .integer(setting.value), setting.origin))
            }
        }
        let extra = extraInterfaces(prefix + "garp_extra_if", path)
        return [
            seconds(
                "garp_master_delay", \.delay,
                "From becoming active to the second burst of announcements; 0 for none."),
            count("garp_master_repeat", \.repeats, "Announcements of each address in a burst."),
            seconds("garp_master_refresh", \.refresh, "From one burst to the next while active; 0 for none."),
            count("garp_master_refresh_repeat", \.refreshRepeats, "Announcements of each address in such a burst."),
            seconds(
                "garp_lower_prio_delay", \.lowerPriorityDelay, standard: "\(prefix)garp_master_delay",
                "From an advertisement of lower priority to the second burst; 0 for none."),
            count(
                "garp_lower_prio_repeat", \.lowerPriorityRepeats, standard: "\(prefix)garp_master_repeat",
                "Announcements of each address after an advertisement of lower priority."),
            extra,
            extra.spelled(prefix + "vmac_garp_intvl"),
        ]
    }

    private static func extraInterfaces(
        _ name: String, _ path: any WritableKeyPath<Block, GratuitousARP> & Sendable
    ) -> KeywordBinding {
        custom(
            name, .words("[all] 0..86400"), standard: "off", unit: "seconds", maximumWords: 2,
            "Announce this often on interfaces with a virtual MAC (all: on every one) that only addresses are on."
        ) { block, statement, interpreter in
            var words = statement.arguments[...]
            let onAll = words.first?.text == "all"
            if onAll { words = words.dropFirst() }
            guard let word = words.first else {
                interpreter.error(
                    "missing-argument", "\(name) needs a time", at: statement.keyword, expected: "SECONDS")
                return
            }
            guard
                let interval = interpreter.seconds(
                    word, of: statement.keyword, 0...KeywordLimits.day, step: 1_000_000)
            else { return }
            block[keyPath: path].extra = Setting(
                GratuitousARP.ExtraInterfaces(interval: interval, onAll: onAll), .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path].extra
            let value = setting.value.map { ShownValue.words(($0.onAll ? ["all"] : []) + [$0.interval.secondsText]) }
            list.add(ShownSetting(name, value ?? .absent("off"), setting.origin))
        }
    }
}
