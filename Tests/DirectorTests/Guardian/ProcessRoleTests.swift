import Testing

@testable import Director

struct ProcessRoleTests {
    @Test(arguments: [
        ProcessRole.worker(channel: 5, lock: 4, guardian: 12_345, isReplacement: false),
        ProcessRole.worker(channel: 5, lock: 4, guardian: 12_345, isReplacement: true),
        ProcessRole.successor(channel: 17, lock: 3, worker: 99),
    ])
    func isToldByTheEnvironment(_ role: ProcessRole) {
        #expect(ProcessRole(text: role.text) == role)
    }

    /// Somebody may set the variable by hand; then it is as if it were not there.
    @Test(arguments: ["", "worker", "worker 1 2 3", "worker 5 4", "worker 5 4 3 2", "worker a b c", "nobody 5 4 100"])
    func anythingElseIsAFirstProcess(_ text: String) {
        #expect(ProcessRole(text: text) == .first)
    }
}
