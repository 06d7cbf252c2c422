import KeepalivedConfig
import Testing

/// Every range of the table against the verdict on its ends and on what lies beyond them.
@Suite("The ranges of numbers")
struct LanguageRangeTests {
    /// What stands around a line of this block; nil where lines are no keywords.
    private static func wrapped(_ line: String, in scope: Scope) -> String? {
        func check(_ name: String) -> String { service(real: "\(name) {\n\(line)\n}") }
        return switch scope {
        case .root: line
        case .globalDefinitions: "global_defs {\n\(line)\n}"
        case .script: "vrrp_script x {\nscript \"/bin/true\"\n\(line)\n}"
        case .trackProcess: "vrrp_track_process x {\nprocess nginx\n\(line)\n}"
        case .trackFile: "track_file x {\nfile \"/tmp/x\"\n\(line)\n}"
        case .syncGroup: "vrrp_sync_group x {\n\(line)\n}"
        case .instance: "vrrp_instance x {\nversion 3\n\(line)\n}"
        case .messageAuthentication: "vrrp_instance x {\nauth_hmac {\n\(line)\n}\n}"
        case .announcementGroup: "garp_group {\n\(line)\n}"
        case .bfdInstance: "bfd_instance x {\n\(line)\n}"
        case .virtualServer: service(line)
        case .realServer: service(real: line)
        case .tcpCheck: check("TCP_CHECK")
        case .httpCheck: check("HTTP_GET")
        case .sslCheck: check("SSL_GET")
        case .url: check("HTTP_GET").replacing(line, with: "url {\n\(line)\n}")
        case .smtpCheck: check("SMTP_CHECK")
        case .smtpHost: check("SMTP_CHECK").replacing(line, with: "host {\n\(line)\n}")
        case .dnsCheck: check("DNS_CHECK")
        case .udpCheck: check("UDP_CHECK")
        case .pingCheck: check("PING_CHECK")
        case .scriptCheck: check("MISC_CHECK")
        case .fileCheck: check("FILE_CHECK")
        case .bfdCheck: check("BFD_CHECK")
        default: nil
        }
    }

    private static func decimal(_ micros: Int, scale: Int) -> String {
        let sign = micros < 0 ? "-" : ""
        let digits = String(micros.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
    }

    private func isTaken(_ keyword: Keyword, _ value: String) -> Bool? {
        let line = "\(keyword.name) \(value)"
        guard let text = Self.wrapped(line, in: keyword.scope) else { return nil }
        let refusals: Set = ["out-of-range", "bad-number", "precision"]
        return !Understood(text).diagnostics.contains { diagnostic in
            refusals.contains(diagnostic.code) && diagnostic.message.hasPrefix("\(keyword.name) ")
        }
    }

    @Test("The least and the greatest number are taken, the next beyond them are not")
    func wholeNumbers() {
        var tried = 0
        for keyword in Keyword.all {
            let range: ClosedRange<Int>
            switch keyword.form {
            case .integer(let limits, _), .weight(let limits): range = limits
            default: continue
            }
            tried += 1
            #expect(isTaken(keyword, "\(range.lowerBound)") == true, "\(keyword.scope) \(keyword.name) least")
            #expect(isTaken(keyword, "\(range.upperBound)") == true, "\(keyword.scope) \(keyword.name) greatest")
            #expect(isTaken(keyword, "\(range.upperBound + 1)") == false, "\(keyword.scope) \(keyword.name) above")
            // Zero persistence is written for none at all, and says so in words of its own.
            #expect(isTaken(keyword, "\(range.lowerBound - 1)") == false, "\(keyword.scope) \(keyword.name) below")
            #expect(isTaken(keyword, "1x") == false, "\(keyword.scope) \(keyword.name) no number")
        }
        #expect(tried > 80)
    }

    @Test("The shortest and the longest time are taken, the next beyond them are not")
    func times() {
        var tried = 0
        for keyword in Keyword.all {
            let (range, step, scale): (ClosedRange<Int>, Int, Int)
            switch keyword.form {
            case .seconds(let limits, let finest): (range, step, scale) = (limits, finest, 6)
            case .milliseconds(let limits): (range, step, scale) = (limits, 1, 3)
            default: continue
            }
            tried += 1
            let name = "\(keyword.scope) \(keyword.name)"
            #expect(isTaken(keyword, Self.decimal(range.lowerBound, scale: scale)) == true, "\(name) least")
            #expect(isTaken(keyword, Self.decimal(range.upperBound, scale: scale)) == true, "\(name) greatest")
            #expect(isTaken(keyword, Self.decimal(range.lowerBound - 1, scale: scale)) == false, "\(name) below")
            #expect(isTaken(keyword, Self.decimal(range.upperBound + 1, scale: scale)) == false, "\(name) above")
            if step > 1 {
                let between = range.lowerBound + step + step / 2
                #expect(isTaken(keyword, Self.decimal(between, scale: scale)) == false, "\(name) too fine")
            }
        }
        #expect(tried > 60)
    }

    @Test("Every word of a choice is taken, and no other")
    func choices() {
        for keyword in Keyword.all {
            guard case .choice(let words) = keyword.form else { continue }
            for word in words + ["rubbish"] {
                guard let text = Self.wrapped("\(keyword.name) \(word)", in: keyword.scope) else { continue }
                let isRefused = Understood(text).codes.contains("bad-word")
                #expect(isRefused == !words.contains(word), "\(keyword.scope) \(keyword.name) \(word)")
            }
        }
    }

    @Test("Every flag takes a boolean in lower case, and nothing else")
    func flags() {
        for keyword in Keyword.all where keyword.form == .flag {
            for (word, isGood) in [
                ("", true), ("on", true), ("false", true), ("no", true), ("On", false), ("1", false),
            ] {
                guard let text = Self.wrapped("\(keyword.name) \(word)", in: keyword.scope) else { continue }
                #expect(
                    Understood(text).codes.contains("bad-boolean") == !isGood,
                    "\(keyword.scope) \(keyword.name) \(word)")
            }
        }
    }
}
