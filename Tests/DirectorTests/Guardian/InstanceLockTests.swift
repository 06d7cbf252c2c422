import Glibc
import Testing

@testable import Director

struct InstanceLockTests {
    @Test
    func filesHaveTheirPlaceBesideTheSocket() {
        let files = StateFiles(socket: "/run/vrrpctl/control.sock", workingFolder: "/")
        #expect(files.folder == "/run/vrrpctl")
        #expect(files.lock == "/run/vrrpctl/control.lock")
        #expect(files.ledger == "/run/vrrpctl/control.ledger")
        #expect(StateFiles(socket: "here", workingFolder: "/tmp/x").lock == "/tmp/x/here.lock")
        #expect(StateFiles(socket: "/s", workingFolder: "/").folder == "/")
    }

    @Test
    func keepsASecondOneOutAndNamesTheFirst() throws {
        let folder = TemporaryFolder()
        let files = StateFiles(socket: folder.path + "/a/b/control.sock", workingFolder: "/")
        let lock = try InstanceLock.take(files)
        lock.sign(4711)
        let refusal = #expect(throws: DirectorError.self) { try InstanceLock.take(files) }
        #expect(refusal?.status == 75)
        #expect(refusal?.message.hasPrefix("process 4711 runs with the socket \(files.socket) already") == true)
        close(lock.descriptor)
        let second = try InstanceLock.take(files)
        close(second.descriptor)
    }
}
