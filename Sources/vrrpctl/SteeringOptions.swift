import ArgumentParser
import ControlProtocol
import Director
import Glibc
import Reporting
import VRRPReporting

/// What the verbs that steer have in common.
struct SteeringOptions: ParsableArguments {
    @OptionGroup var control: ControlOptions

    @Flag(help: "Tell what would happen, and change nothing.")
    var dryRun = false

    /// Asks the director and prints what came of it.
    func ask(_ verb: String, _ request: some Encodable, patience: Int = 60) throws {
        do throws(ControlFailure) {
            Self.show(
                try ControlClient(path: control.state.socket).ask(
                    verb, with: request, as: SteeringAnswer.self, patience: patience))
        } catch {
            throw Self.fail(error)
        }
    }

    /// Prints an answer: what has changed, then what that means.
    static func show(_ answer: SteeringAnswer) {
        var text = Text()
        for change in answer.changes {
            text.append(
                ShownText.harmless("\(change.subject): \(change.property) \(change.before) → \(change.after)"))
            text.newline()
        }
        for sentence in answer.sentences {
            text.append(ShownText.harmless(sentence))
            text.newline()
        }
        if answer.dryRun { text.append("nothing was changed\n") }
        try? StandardStream.print(text)
        for remark in answer.remarks {
            StandardStream.write("vrrpctl: warning: \(ShownText.harmless(remark))\n", to: STDERR_FILENO)
        }
    }

    static func fail(_ failure: ControlFailure) -> ExitCode {
        StandardStream.write("vrrpctl: \(ShownText.harmless(failure.message))\n", to: STDERR_FILENO)
        return ExitCode(failure.status)
    }
}

extension ControlClient {
    /// Asks with the members of a value, and takes the answer as one.
    func ask<Answer: Decodable>(
        _ verb: String, with request: some Encodable, as type: Answer.Type, patience: Int
    ) throws(ControlFailure) -> Answer {
        var isWritten = true
        let answer = try ask(verb, as: type, patience: patience) { writer in
            isWritten = (try? ControlCoder.writeMembers(of: request, into: &writer)) != nil
        }
        guard isWritten else { throw ControlFailure("the request cannot be written") }
        return answer
    }
}
