import Glibc
import IPVS
import IPVSGrammar
import IPVSModel

/// `-R` and `ipvsadm-restore`: all of the input is understood before the kernel hears of any of it.
enum RestoreRun {
    /// The most faults that are told one by one.
    private static let faultsTold = 10

    /// - Parameter clearing: Whether the table is emptied first, once the input is known to be sound.
    static func run(_ restore: Command.Restore, clearing: Bool) -> Int32 {
        guard let bytes = readStandardInput() else {
            complain("cannot read standard input: \(describe(errno: errno))")
            return 1
        }
        let input = RuleInput(bytes)
        if restore.replaces {
            return ReplaceRun.run(input, restore)
        }
        if !input.faults.isEmpty {
            tell(input.faults)
            return UsageError.usage
        }
        if restore.onlyChecks { return 0 }
        return Program.withKernel { kernel in
            if clearing {
                do throws(IPVSError) {
                    try kernel.table.flush()
                } catch {
                    complain(error.message)
                    return UsageError.refused
                }
            }
            return apply(input.rules, kernel)
        }
    }

    static func tell(_ faults: [[UInt8]]) {
        for fault in faults.prefix(faultsTold) { complain(fault) }
        if faults.count > faultsTold { complain("and \(faults.count - faultsTold) more faults") }
        complain("nothing was changed")
    }

    /// Applies the rules in order and goes on after failures.
    private static func apply(_ rules: [RuleInput.Rule], _ kernel: borrowing Kernel) -> Int32 {
        var failures: [(line: Int, message: String)] = []
        var changes: [TableChange] = []
        var lines: [Int] = []

        /// Sends what has gathered.
        func send(_ kernel: borrowing Kernel) {
            do throws(IPVSError) {
                for failure in try kernel.table.apply(changes).failures {
                    failures.append((lines[failure.index], failure.error.message))
                    complain(failure.error.message)
                }
            } catch {
                // Not the kernel's answer to a rule: the exchange broke down, so what was applied is not known.
                let first = lines.first ?? 0
                failures.append((first, error.message))
                complain("\(error.message): not all rules from line \(first) on were applied")
            }
            changes.removeAll(keepingCapacity: true)
            lines.removeAll(keepingCapacity: true)
        }

        for rule in rules {
            if let change = rule.command.change {
                changes.append(change)
                lines.append(rule.line)
                continue
            }
            send(kernel)
            if CommandRun.run(rule.command, kernel) != 0 { failures.append((rule.line, "its message is above")) }
        }
        send(kernel)

        guard let first = failures.first else { return 0 }
        complain(
            """
            \(failures.count) of \(rules.count) rules failed; the first is on line \(first.line): \(first.message)
            """)
        return UsageError.refused
    }
}

extension Command {
    /// The change of the table that this command is, where it is one and no more.
    fileprivate var change: TableChange? {
        switch self {
        case .addService(let service): .addService(service)
        case .editService(let service, let edit) where !edit.isPatch: .editService(service)
        case .deleteService(let identity): .deleteService(identity)
        case .addServer(let server, let identity): .addServer(server, identity)
        case .editServer(let server, let identity, let edit) where !edit.isPatch && edit.wait == nil:
            .editServer(server, identity)
        case .deleteServer(let endpoint, let identity, wait: nil): .deleteServer(endpoint, identity)
        default: nil
        }
    }
}
