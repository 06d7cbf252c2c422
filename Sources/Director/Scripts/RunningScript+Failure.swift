import CLinux
import Glibc
import KeepalivedConfig
import LocalHost

extension RunningScript {
    /// Why the process could not become the program, if so.
    var startFailure: ScriptResult? {
        guard line >= 0 else { return nil }
        var told = clinux_start_failure()
        let size = MemoryLayout<clinux_start_failure>.size
        guard read(line, &told, size) == size else { return nil }
        let reason = String(cString: strerror(told.code))
        let what: String
        switch told.step {
        case clinux_step_run: what = Self.reason(call.command.words.first ?? "", told.code)
        case clinux_step_groups, clinux_step_group: what = "its groups cannot be set: \(reason)"
        case clinux_step_user: what = "its user cannot be set: \(reason)"
        default: what = "its descriptors cannot be set: \(reason)"
        }
        return .failed(what)
    }

    /// In words for the operator, why the kernel does not run a program.
    private static func reason(_ word: String, _ code: Int32) -> String {
        let facts = ThisMachine().program(word)
        switch (facts.presence, code) {
        case (.missing, _): return "there is no \(word) on this machine"
        case (.notAFile, _): return "\(facts.path) is not a file"
        case (.notExecutable, _): return "\(facts.path) is not executable"
        case (.executable, ENOENT): return "the interpreter that \(facts.path) names in its first line is missing"
        case (.executable, ENOEXEC): return "\(facts.path) is no program, and has no first line such as #!/bin/sh"
        case (.executable, EACCES): return "the user of the script may not run \(facts.path)"
        case (.executable, _): return "\(facts.path): \(String(cString: strerror(code)))"
        }
    }
}
