import IPVSGrammar
import Reporting
import Testing

@Suite("The table of spellings")
struct SpellingTests {
    /// All of ours are long options that 1.31 does not have.
    private static let own: Set<String> = ["json", "replace", "dry-run", "check", "patch", "wait", "watch"]

    @Test("No spelling stands for two things, but list for -L and -l")
    func isUnambiguous() {
        let longs = Spelling.all.map { "\($0.long)" }
        let repeated = Dictionary(grouping: longs) { $0 }.filter { $0.value.count > 1 }.mapValues(\.count)
        #expect(repeated == ["list": 2])
        let shorts = Spelling.all.compactMap { spelling in spelling.short.map { "\($0)" } }
        #expect(Set(shorts).count == shorts.count)
        #expect(shorts.allSatisfy { $0.utf8.count == 1 })
    }

    /// popt's table of ipvsadm 1.31, letter by letter.
    @Test(
        "Every spelling of ipvsadm 1.31",
        arguments: [
            "add-service A", "edit-service E", "delete-service D", "clear C", "list L", "list l", "zero Z",
            "add-server a", "edit-server e", "delete-server d", "set", "start-daemon", "stop-daemon", "restore R",
            "save S", "help h", "version v", "tcp-service t", "udp-service u", "sctp-service", "fwmark-service f",
            "ipv6 6", "scheduler s", "persistent p", "netmask M", "pe", "ops o", "sched-flags b", "real-server r",
            "gatewaying g", "ipip i", "masquerading m", "weight w", "u-threshold x", "l-threshold y", "tun-type",
            "tun-port", "tun-nocsum", "tun-csum", "tun-remcsum", "numeric n", "connection c", "timeout", "daemon",
            "stats", "rate", "thresholds", "persistent-conn", "tun-info", "nosort", "sort", "exact X",
            "mcast-interface", "syncid", "sync-maxlen", "mcast-group", "mcast-port", "mcast-ttl",
        ])
    func spellings(expected: String) {
        let spelled = Spelling.all.map { spelling in
            "\(spelling.long)" + (spelling.short.map { " \($0)" } ?? "")
        }
        #expect(spelled.contains(expected))
    }

    @Test("Beyond them only our own, in long")
    func ownSpellings() {
        let own = Spelling.all.filter { Self.own.contains("\($0.long)") }
        #expect(own.count == Self.own.count)
        #expect(own.allSatisfy { $0.short == nil })
        #expect(Spelling.all.count == 58 + Self.own.count)
    }

    @Test("The help shows every option of 1.31 but --version, and the program's name as it was called")
    func help() {
        var text = Text()
        HelpText.write(program: Array("/opt/ipvsadm".utf8), into: &text)
        let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n")
        for spelling in Spelling.all {
            let long = "\(spelling.long)"
            if long == "version" || Self.own.contains(long) { continue }
            let isShown = lines.contains { $0.contains("--\(long) ") || $0.contains("--\(long)|") }
            #expect(isShown, "--\(long)")
        }
        #expect(lines.first == "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)")
        let usages = lines.filter { $0.hasPrefix("  /opt/ipvsadm -") }
        #expect(usages.count == 13)
    }

    @Test("Each letter that the help gives an option is the parser's")
    func lettersInHelp() throws {
        var text = Text()
        HelpText.write(program: [], into: &text)
        let pairs = String(decoding: text.bytes, as: UTF8.self).matches(of: /--([a-z0-9-]+)(?:\||\s+)-([A-Za-z0-9])\b/)
        #expect(pairs.count > 25)
        for pair in pairs {
            let matches = Spelling.all.contains { spelling in
                "\(spelling.long)" == pair.output.1 && spelling.short.map { "\($0)" } == String(pair.output.2)
            }
            #expect(matches, "--\(pair.output.1) -\(pair.output.2)")
        }
    }
}
