import IPVSGrammar
import Reporting

/// Restore input understood: every line's command, or what is wrong with which lines.
struct RuleInput {
    struct Rule {
        /// Counted from 1.
        var line: Int
        var command: Command
    }

    private(set) var rules: [Rule] = []
    private(set) var faults: [[UInt8]] = []

    init(_ bytes: [UInt8]) {
        let lookup = SystemNames()
        var line = 0
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.endIndex
            line += 1
            do throws(Fault) {
                if let command = try Self.command(of: bytes[start..<end], lookup) {
                    rules.append(Rule(line: line, command: command))
                }
            } catch {
                faults.append(error.text(line: line))
            }
            start = end + 1
        }
    }

    /// `nil` for a line without words.
    private static func command(of line: ArraySlice<UInt8>, _ lookup: SystemNames) throws(Fault) -> Command? {
        let words: [[UInt8]]
        do throws(RuleLine.Failure) {
            words = try RuleLine.words(of: line)
        } catch {
            throw Fault("a quote is opened and not closed")
        }
        if words.isEmpty { return nil }
        let command: Command
        do throws(UsageError) {
            command = try InvocationParser.parse(words, lookup: lookup).command
        } catch .message(let text, _) {
            throw Fault(text)
        } catch {
            throw Fault("a rule begins with its command, such as -A or -a, and this one with `", words[0], "'")
        }
        switch command {
        case .help, .version, .restore:
            throw Fault("`", words[0], "' has no place in restore input")
        case .list(let listing) where listing.interval != nil:
            throw Fault("`--watch' has no place in restore input")
        default:
            return command
        }
    }

    private struct Fault: Error {
        var message: [UInt8]

        init(_ message: [UInt8]) {
            self.message = message
        }

        init(_ before: StaticString, _ word: [UInt8] = [], _ after: StaticString = "") {
            var text = Text()
            text.append(before)
            text.append(word)
            text.append(after)
            message = text.bytes
        }

        func text(line: Int) -> [UInt8] {
            var numbered = Text()
            numbered.append("line ")
            numbered.append(line)
            numbered.append(": ")
            numbered.append(message.last == 0x0a ? message.dropLast() : message[...])
            return numbered.bytes
        }
    }
}
