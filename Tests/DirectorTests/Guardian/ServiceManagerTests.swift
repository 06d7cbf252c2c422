import Glibc
import Testing

@testable import Director

struct ServiceManagerTests {
    @Test
    func tellsTheSocketThatItWasGiven() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/notify"
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = try #require(LocalAddress(path))
        #expect(address.withPointer { bind(descriptor, $0, $1) } == 0)
        ServiceManager(socket: path).tell("READY=1\nMAINPID=7")
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "READY=1\nMAINPID=7")
    }

    @Test
    func speaksToTheWatchdogTwiceAsOftenAsItWants() {
        #expect(ServiceManager(socket: "@x", watchdog: "20000000").watchdogInterval == .seconds(10))
        #expect(ServiceManager(socket: "@x", watchdog: "0").watchdogInterval == nil)
        #expect(ServiceManager(socket: nil, watchdog: "20000000").watchdogInterval == nil)
    }
}
