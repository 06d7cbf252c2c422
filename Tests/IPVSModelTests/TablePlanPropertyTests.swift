import IPVSModel
import TestSupport
import Testing

/// What holds for any two tables; each seed makes two of them.
@Suite("Plans between random tables")
struct TablePlanPropertyTests {
    private static let seeds = UInt64(0)..<500

    private struct Pair {
        var current: [ServiceWithServers]
        var desired: [ServiceWithServers]
        var numbers: SeededNumbers

        init(seed: UInt64) {
            numbers = SeededNumbers(seed: seed)
            current = RandomTable.make(&numbers)
            desired = RandomTable.make(&numbers)
        }

        var plan: TablePlan { TablePlan(from: current, to: desired) }
    }

    @Test("The kernel takes every change, and ends with the desired table")
    func reachesTheDesiredTable() {
        for seed in Self.seeds {
            let pair = Pair(seed: seed)
            var kernel = KernelModel(pair.current)
            for change in pair.plan.changes {
                let taken = kernel.apply(change)
                #expect(taken, "seed \(seed): refused \(change)")
            }
            #expect(kernel.effective == KernelModel(pair.desired).effective, "seed \(seed)")
        }
    }

    @Test("There are as many changes as there are differences")
    func isMinimal() {
        for seed in Self.seeds {
            let pair = Pair(seed: seed)
            #expect(pair.plan.changes.count == differences(pair.current, pair.desired), "seed \(seed)")
        }
    }

    @Test("Equal tables in another order need nothing")
    func leavesEqualTablesAlone() {
        for seed in Self.seeds {
            var pair = Pair(seed: seed)
            let shuffled = pair.current.shuffled(using: &pair.numbers).map {
                ServiceWithServers(service: $0.service.effective, servers: $0.servers.shuffled(using: &pair.numbers))
            }
            #expect(TablePlan(from: pair.current, to: shuffled).changes == [], "seed \(seed)")
        }
    }

    @Test("A service with servers before and after is never without one on the way")
    func keepsServicesServed() {
        for seed in Self.seeds {
            let pair = Pair(seed: seed)
            var kernel = KernelModel(pair.current)
            let after = KernelModel(pair.desired)
            let served = kernel.services.keys.filter { kernel.serverCount($0) > 0 && after.serverCount($0) > 0 }
            for change in pair.plan.changes {
                _ = kernel.apply(change)
                let bereft = served.filter { kernel.serverCount($0) == 0 }
                #expect(bereft.isEmpty, "seed \(seed): after \(change)")
            }
        }
    }

    @Test("Stopping anywhere and undoing what was done restores the table")
    func undoesAnyPrefix() {
        for seed in Self.seeds {
            let pair = Pair(seed: seed)
            let plan = pair.plan
            for length in 0...plan.changes.count {
                var kernel = KernelModel(pair.current)
                for change in plan.changes[..<length] { _ = kernel.apply(change) }
                undo(plan, 0..<length, in: &kernel, seed)
                #expect(kernel.effective == KernelModel(pair.current).effective, "seed \(seed), \(length) changes")
            }
        }
    }

    /// As when a batch is on its way: changes after a refused one may have been taken.
    @Test("Undoing whatever the kernel took restores the table, where it refused some of it at random")
    func undoesAnySubset() {
        for seed in Self.seeds {
            var pair = Pair(seed: seed)
            let plan = pair.plan
            var kernel = KernelModel(pair.current)
            var taken: [Int] = []
            for (index, change) in plan.changes.enumerated() where !pair.numbers.oneIn(3) {
                if kernel.apply(change) { taken.append(index) }
            }
            undo(plan, taken, in: &kernel, seed)
            #expect(kernel.effective == KernelModel(pair.current).effective, "seed \(seed)")
        }
    }

    private func undo(
        _ plan: TablePlan, _ taken: some BidirectionalCollection<Int>, in kernel: inout KernelModel, _ seed: UInt64
    ) {
        for change in plan.undoing(taken) {
            let undone = kernel.apply(change)
            #expect(undone, "seed \(seed): refused to undo with \(change)")
        }
    }

    /// Counted on the tables as sets, without a look at the plan.
    private func differences(_ current: [ServiceWithServers], _ desired: [ServiceWithServers]) -> Int {
        let before = KernelModel(current).effective
        let after = KernelModel(desired).effective
        var count = 0
        for (identity, service) in after.services {
            let wanted = after.servers[identity] ?? [:]
            guard let present = before.services[identity] else {
                count += 1 + wanted.count
                continue
            }
            if present != service { count += 1 }
            let held = before.servers[identity] ?? [:]
            count += wanted.filter { held[$0.key] != $0.value }.count
            count += held.filter { wanted[$0.key] == nil }.count
        }
        return count + before.services.keys.filter { after.services[$0] == nil }.count
    }
}
