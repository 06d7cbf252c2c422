import Glibc
import IPVS
import IPVSGrammar
import Reporting

/// `ipvsadm`, `ipvsadm-save` and `ipvsadm-restore`: one program that looks at the name it was called by.
package enum Program {
    /// - Parameter arguments: The whole of argv, byte for byte.
    /// - Returns: The exit status.
    package static func run(_ arguments: [[UInt8]]) -> Int32 {
        occupyStandardDescriptors()
        let name = arguments.first ?? Array("ipvsadm".utf8)
        let words = Array(arguments.dropFirst())
        switch String(decoding: name.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self) {
        case "ipvsadm-save": return SaveProgram.run(words, calledAs: name)
        case "ipvsadm-restore": return RestoreProgram.run(words, calledAs: name)
        default: return ipvsadm(words, calledAs: name)
        }
    }

    private static func ipvsadm(_ words: [[UInt8]], calledAs name: [UInt8]) -> Int32 {
        if words.isEmpty { return carryOut(.list(Command.Listing(subject: .table(nil)))) }
        let invocation: Invocation
        do throws(UsageError) {
            let stopsAtWord = getenv("POSIXLY_CORRECT") != nil || getenv("POSIX_ME_HARDER") != nil
            invocation = try InvocationParser.parse(words, lookup: SystemNames(), stopsAtWord: stopsAtWord)
        } catch {
            tell(error, calledAs: name)
            return error.status
        }
        if let port = invocation.overriddenPort, isatty(STDERR_FILENO) == 1 {
            complain(
                """
                warning: port \(port) gives way to the service's: -g and -i cannot change ports (-m can)
                """)
        }
        switch invocation.command {
        case .help: return printText { HelpText.write(program: name, into: &$0) }
        case .version: return printText { HelpText.writeVersion(into: &$0) }
        case let command: return carryOut(command)
        }
    }

    private static func printText(_ build: (inout Text) -> Void) -> Int32 {
        var output = Output()
        var text = Text()
        build(&text)
        output.flush(&text)
        return output.finish()
    }

    private static func tell(_ error: UsageError, calledAs name: [UInt8]) {
        switch error {
        case .message(let text, _):
            complain(text)
        case .hint:
            var text = Text()
            text.append("Try `")
            text.append(name)
            text.append(" -h' or '")
            text.append(name)
            text.append(" --help' for more information.")
            complain(text.bytes)
        }
    }

    /// Opens the kernel's table and carries the command out.
    private static func carryOut(_ command: Command) -> Int32 {
        if case .restore(let restore) = command { return RestoreRun.run(restore, clearing: false) }
        return withKernel { CommandRun.run(command, $0) }
    }

    /// Opens the kernel's table for `body`; explains and returns 2 where there is none.
    static func withKernel(_ body: (borrowing Kernel) -> Int32) -> Int32 {
        do throws(IPVSError) {
            return body(try Kernel())
        } catch {
            complain("Can't initialize ipvs: \(error.message)")
            complain("Are you sure that IP Virtual Server is built in the kernel or as module?")
            return UsageError.usage
        }
    }
}
