import Glibc
import IPVS
import IPVSGrammar
import IPVSModel
import Reporting

/// `--restore --replace`: makes the table equal to the input, with the fewest changes and all or nothing.
enum ReplaceRun {
    static func run(_ input: RuleInput, _ restore: Command.Restore) -> Int32 {
        let desired = DesiredTable(input.rules)
        let faults = input.faults + desired.faults
        if !faults.isEmpty {
            RestoreRun.tell(faults)
            return UsageError.usage
        }
        if restore.onlyChecks { return 0 }
        return Program.withKernel { kernel in
            do throws(IPVSError) {
                let plan = TablePlan(from: try kernel.wholeTable(), to: desired.services)
                if restore.isDryRun { return printPlan(plan) }
                return try apply(plan, desired, kernel)
            } catch {
                complain(error.message)
                return UsageError.refused
            }
        }
    }

    private static func printPlan(_ plan: TablePlan) -> Int32 {
        var output = Output()
        var text = Text()
        let rules = RuleText(names: NumericEndpoints())
        for change in plan.changes {
            text.append("ipvsadm ")
            change.write(with: rules, into: &text)
            text.newline()
            output.drain(&text)
        }
        output.flush(&text)
        return output.finish()
    }

    private static func apply(
        _ plan: TablePlan, _ desired: DesiredTable, _ kernel: borrowing Kernel
    ) throws(IPVSError) -> Int32 {
        let result = try kernel.table.apply(plan.changes, stoppingAtFailure: true)
        guard let first = result.failures.first else { return 0 }

        complain(describe(plan.changes[first.index], first.error, desired))
        let failed = Set(result.failures.map(\.index))
        let done = (0..<result.tried).filter { !failed.contains($0) }
        let back = try kernel.table.apply(plan.undoing(done))
        if back.failures.isEmpty {
            complain("rolled back: the table is as it was")
        } else {
            complain(
                """
                \(back.failures.count) of \(plan.undoing(done).count) steps back failed as well \
                (\(back.failures[0].error.message)): compare the table with `ipvsadm -Sn'
                """)
        }
        return UsageError.refused
    }

    /// `line 3: Scheduler or persistence engine not found: -A -t 10.0.0.1:80 -s nosuch`
    private static func describe(
        _ change: TableChange, _ error: IPVSError, _ desired: DesiredTable
    ) -> [UInt8] {
        var text = Text()
        if let line = desired.line(of: change) {
            text.append("line ")
            text.append(line)
            text.append(": ")
        }
        text.append(error.message)
        text.append(": ")
        change.write(with: RuleText(names: NumericEndpoints()), into: &text)
        return text.bytes
    }
}

extension Kernel {
    borrowing func wholeTable() throws(IPVSError) -> [ServiceWithServers] {
        var whole: [ServiceWithServers] = []
        var servers: [ServerEntry] = []
        for entry in try sortedServices() {
            try readServers(of: entry, into: &servers, sorted: true)
            whole.append(ServiceWithServers(service: entry.service, servers: servers.map(\.server)))
        }
        return whole
    }
}
