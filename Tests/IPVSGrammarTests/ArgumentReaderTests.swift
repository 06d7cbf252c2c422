import Testing

@testable import IPVSGrammar

/// The rules of popt 1.19.
@Suite("Words into options")
struct ArgumentReaderTests {
    /// What the reader finds: `name`, `name=value`, `(left over)` at the end, `!failure: word blamed`.
    private func found(_ words: [String], stopsAtWord: Bool = false) -> [String] {
        var reader = ArgumentReader(words.map { Array($0.utf8) }, stopsAtWord: stopsAtWord)
        var found: [String] = []
        do throws(ArgumentReader.Failure) {
            while let reading = try reader.next() {
                found.append(
                    "\(reading.spelling.long)" + (reading.value.map { "=" + String(decoding: $0, as: UTF8.self) } ?? "")
                )
            }
        } catch {
            found.append("!\(error.text): \(String(decoding: reader.lastWord, as: UTF8.self))")
        }
        return found + reader.leftovers.map { "(\(String(decoding: $0, as: UTF8.self)))" }
    }

    @Test(
        "Options, values and what is left over",
        arguments: [
            // Letters alone and in groups; the last one of a group may take a value, glued or as the next word.
            (["-L"], ["list"]),
            (["-l"], ["list"]),
            (["-Lcn"], ["list", "connection", "numeric"]),
            (["-lnc"], ["list", "numeric", "connection"]),
            (["-at", "10.0.0.1:80"], ["add-server", "tcp-service=10.0.0.1:80"]),
            (["-At10.0.0.1:80"], ["add-service", "tcp-service=10.0.0.1:80"]),
            (["-mw5"], ["masquerading", "weight=5"]),
            (["-srr"], ["scheduler=rr"]),
            // One = after a letter is skipped, one only.
            (["-t=10.0.0.1:80"], ["tcp-service=10.0.0.1:80"]),
            (["-gw=7"], ["gatewaying", "weight=7"]),
            (["-s==rr"], ["scheduler==rr"]),
            (["-s="], ["scheduler="]),
            (["-s", "=rr"], ["scheduler==rr"]),
            // Long names, whole ones only, with one or two words.
            (["--scheduler", "rr"], ["scheduler=rr"]),
            (["--scheduler=rr"], ["scheduler=rr"]),
            (["--scheduler="], ["scheduler="]),
            (["--scheduler=a=b"], ["scheduler=a=b"]),
            (["--schedule", "rr"], ["!unknown option: --schedule"]),
            (["--Scheduler", "rr"], ["!unknown option: --Scheduler"]),
            (["--"], []),
            (["--="], ["!unknown option: --="]),
            // A single dash makes letters.
            (["-list"], ["list", "ipip", "scheduler=t"]),
            // A value may look like an option,
            (["-w", "-1"], ["weight=-1"]),
            (["-s", "--"], ["scheduler=--"]),
            (["--scheduler", "-n"], ["scheduler=-n"]),
            (["-s", ""], ["scheduler="]),
            // but an optional one may not.
            (["-p"], ["persistent"]),
            (["-p", "60"], ["persistent=60"]),
            (["-p", "-n"], ["persistent", "numeric"]),
            (["-p", "--stats"], ["persistent", "stats"]),
            (["-p", ""], ["persistent="]),
            (["-p60"], ["persistent=60"]),
            (["-p=60"], ["persistent=60"]),
            (["-p="], ["persistent="]),
            (["--persistent", "60"], ["persistent=60"]),
            (["--persistent=60"], ["persistent=60"]),
            (["--persistent"], ["persistent"]),
            (["-p", "-1"], ["persistent", "!unknown option: -1"]),
            (["--wait"], ["wait"]),
            (["--wait=9"], ["wait=9"]),
            (["--watch", "9"], ["watch=9"]),
            // A flag takes no value.
            (["-n=5"], ["!option does not take an argument: -n=5"]),
            (["-Ln=5"], ["list", "!option does not take an argument: -Ln=5"]),
            (["--numeric=5"], ["!option does not take an argument: --numeric=5"]),
            (["--numeric="], ["!option does not take an argument: --numeric="]),
            // A missing value, an unknown option.
            (["-A", "-t"], ["add-service", "!missing argument: -t"]),
            (["--tcp-service"], ["!missing argument: --tcp-service"]),
            (["-At"], ["add-service", "!missing argument: -At"]),
            (["-LnQ"], ["list", "numeric", "!unknown option: -LnQ"]),
            (["-I", "1"], ["!unknown option: -I"]),
            (["--", "-n"], ["(-n)"]),
            // Words in between.
            (["1", "--set", "2", "3"], ["set", "(1)", "(2)", "(3)"]),
            (["-L", "-"], ["list", "(-)"]),
            (["a", "-L", "", "b"], ["list", "(a)", "()", "(b)"]),
            (["-L", "--", "-n", "--", "x"], ["list", "(-n)", "(--)", "(x)"]),
            ([], []),
        ])
    func reading(words: [String], expected: [String]) {
        #expect(found(words) == expected)
    }

    @Test("With POSIXLY_CORRECT the first word that is no option ends the options")
    func posix() {
        #expect(found(["-L", "x", "-n"]) == ["list", "numeric", "(x)"])
        #expect(found(["-L", "x", "-n"], stopsAtWord: true) == ["list", "(x)", "(-n)"])
        #expect(found(["-w", "5", "-n"], stopsAtWord: true) == ["weight=5", "numeric"])
    }

    @Test("Leftovers are taken in order")
    func leftovers() throws {
        var reader = ArgumentReader(["1", "2"].map { Array($0.utf8) }, stopsAtWord: false)
        #expect(try reader.next() == nil)
        #expect(reader.takeLeftover() == Array("1".utf8))
        #expect(reader.takeLeftover() == Array("2".utf8))
        #expect(reader.takeLeftover() == nil)
    }

    @Test(
        "Numbers as strtol reads them, to the word's end",
        arguments: [
            ("0", 0), ("010", 10), ("+5", 5), ("-5", -5), (" 5", 5), ("\t\n 5", 5), ("-0", 0),
            ("9223372036854775807", Int64.max), ("", nil), (" ", nil), ("+", nil), ("-", nil), ("5 ", nil),
            ("0x5", nil),
            ("5x", nil), ("x", nil), ("+-5", nil), ("1e3", nil), ("9223372036854775808", nil),
            ("99999999999999999999999999", nil),
        ] as [(String, Int64?)])
    func numbers(text: String, expected: Int64?) {
        #expect(parseNumber(Array(text.utf8), in: Int64.min...Int64.max) == expected)
    }

    @Test(
        "A number outside its range is none",
        arguments: [("0", nil), ("1", 1), ("255", 255), ("256", nil), ("-1", nil)])
    func ranges(text: String, expected: UInt8?) {
        #expect(parseNumber(Array(text.utf8), in: UInt8(1)...255) == expected)
    }
}
