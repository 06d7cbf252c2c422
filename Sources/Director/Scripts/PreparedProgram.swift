import CLinux
import Glibc
import KeepalivedConfig
import LocalHost

/// A program with everything that starting it takes.
struct PreparedProgram {
    var path: String
    var arguments: [String]
    var environment: [String]
    /// Nil for the user of this process.
    var account: ScriptAccount?
    var creationMask: UInt32

    /// Starts it.
    ///
    /// - Parameter line: Becomes a descriptor that the process hangs on, and from which the reason can be read if it could
    ///   not be run.
    /// - Returns: The process; −1 with errno if there is none.
    func start(output: Int32, line: inout Int32) -> Int32 {
        var program = clinux_program()
        program.output = output
        program.creation_mask = creationMask
        let groups = account?.groups ?? []
        if let account, account.isAnother {
            program.changes_user = 1
            program.user = account.user
            program.group = account.group
        }
        return path.withCString { path in
            Self.withStrings(arguments) { arguments in
                Self.withStrings(environment) { environment in
                    groups.withUnsafeBufferPointer { groups in
                        program.path = path
                        program.arguments = arguments
                        program.environment = environment
                        program.groups = groups.baseAddress
                        program.group_count = groups.count
                        return clinux_start(&program, &line)
                    }
                }
            }
        }
    }

    /// The strings as C has them, NULL last.
    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return copies.withUnsafeBufferPointer { buffer in
            // It has the NULL at least.
            body(buffer.baseAddress.unsafelyUnwrapped)
        }
    }
}

/// Why a script is not started, as a phrase.
struct NotStarted: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }

    init(_ operation: String, _ code: Int32) { reason = "\(operation): \(String(cString: strerror(code)))" }
}

extension ScriptRunner {
    /// Finds the program and its user, and looks whether it may be run.
    func prepare(_ call: ScriptCall) throws(NotStarted) -> PreparedProgram {
        guard let word = call.command.words.first else { throw NotStarted("the command is empty") }
        let account = try account(call)
        var path = word
        let runsAsRoot = (account?.user ?? geteuid()) == 0
        let isChecked = policy.isSecured && runsAsRoot
        // A path is left to the kernel: looking it up first would be the loop's time.
        if isChecked || !word.utf8.contains(UInt8(ascii: "/")) {
            let facts = ThisMachine().program(word)
            guard facts.presence != .missing else { throw NotStarted("there is no \(word) on this machine") }
            if isChecked, let writer = facts.writer {
                throw NotStarted("enable_script_security does not let root run \(facts.path): \(writer)")
            }
            path = facts.path
        }
        return PreparedProgram(
            path: path, arguments: [path] + call.command.words.dropFirst() + call.arguments, environment: environment,
            account: account, creationMask: policy.creationMask)
    }
}
