/// Lets as many attempts run at a time as there are descriptors for. The others wait in their order.
final class AttemptGate {
    /// In descriptors.
    private(set) var capacity: Int
    private(set) var taken = 0
    private var waiting: [ProbedCheck] = []
    /// How many at the front of `waiting` have been dealt with.
    private var served = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var waitingCount: Int { waiting.count - served }

    /// Whether an attempt may begin; if not, the check is called when it may.
    func enter(_ check: ProbedCheck) -> Bool {
        // One alone may always run, whatever it takes.
        if served == waiting.count, taken == 0 || taken + check.descriptors <= capacity {
            taken += check.descriptors
            return true
        }
        waiting.append(check)
        return false
    }

    /// An attempt of this check has ended.
    func leave(_ check: ProbedCheck) {
        taken -= check.descriptors
        while served < waiting.count {
            let next = waiting[served]
            guard next.isWaiting else {
                served += 1
                continue
            }
            guard taken == 0 || taken + next.descriptors <= capacity else { break }
            served += 1
            taken += next.descriptors
            next.mayBegin()
        }
        if served == waiting.count {
            waiting.removeAll(keepingCapacity: waiting.count < 1024)
            served = 0
        } else if served > 4096 {
            waiting.removeFirst(served)
            served = 0
        }
    }
}
