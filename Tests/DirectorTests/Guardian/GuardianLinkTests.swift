import Glibc
import Reactor
import Testing
import VRRPProtocol

@testable import Director

/// The worker's side against an end of the connection that the test holds in the guardian's place.
struct GuardianLinkTests {
    private static var log: Log { Log(level: .error, descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC)) }

    private static func will(_ byte: UInt8) -> Will { Will(packets: [.init(interface: 2, bytes: [byte])]) }

    /// What has arrived.
    private static func heard(_ channel: GuardianChannel) -> [GuardianMessage] {
        var all: [GuardianMessage] = []
        while case .messages(let messages?) = channel.receive() { all += messages }
        return all
    }

    private static func turn(_ loop: EventLoop) {
        let end = loop.timer { _ in loop.stop() }
        end.set(EventLoop.clock() + .milliseconds(1))
        loop.run()
        withExtendedLifetime(end) {}
    }

    @Test
    func handsOnTheLastWillOfEachInstance() throws {
        let loop = try EventLoop()
        let (mine, its) = try GuardianChannel.pair()
        let guardian = GuardianChannel(its)
        let link = GuardianLink(loop: loop, log: Self.log, channel: mine, guardian: getpid()) { _ in getpid() }
        link.attach()
        link.leave(Self.will(1), for: "a")
        link.leave(Self.will(2), for: "b")
        link.leave(Self.will(3), for: "a")
        Self.turn(loop)
        #expect(
            Self.heard(guardian) == [.will(instance: "a", Self.will(3)), .will(instance: "b", Self.will(2))])
        link.leave(Self.will(3), for: "a")
        link.leave(nil, for: "b")
        link.leave(nil, for: "c")
        Self.turn(loop)
        #expect(Self.heard(guardian) == [.will(instance: "b", nil)], "what has not changed is not told again")
        link.end(0)
        #expect(Self.heard(guardian) == [.ended(0)])
    }

    /// A thousand instances become active in one turn, while the guardian does not read.
    @Test
    func waitsForNobody() throws {
        let loop = try EventLoop()
        let (mine, its) = try GuardianChannel.pair()
        let guardian = GuardianChannel(its)
        let link = GuardianLink(loop: loop, log: Self.log, channel: mine, guardian: getpid()) { _ in getpid() }
        link.attach()
        let large = Will(packets: (0..<20).map { _ in .init(interface: 2, bytes: [UInt8](repeating: 7, count: 1000)) })
        for number in 0..<1000 { link.leave(large, for: "\(number)") }
        Self.turn(loop)
        var told = Self.heard(guardian)
        while true {
            Self.turn(loop)
            let more = Self.heard(guardian)
            if more.isEmpty { break }
            told += more
        }
        #expect(told == (0..<1000).map { .will(instance: "\($0)", large) })
    }

    @Test
    func tellsAnotherGuardianEverything() throws {
        let loop = try EventLoop()
        let (mine, its) = try GuardianChannel.pair()
        var second: GuardianChannel?
        let link = GuardianLink(loop: loop, log: Self.log, channel: mine, guardian: getpid()) { its in
            // The caller closes its copy, as it does for a process that has one.
            second = GuardianChannel(dup(its))
            return getpid()
        }
        link.attach()
        link.enter(namespace: "/run/netns/blue")
        link.ready()
        link.leave(Self.will(1), for: "a")
        link.leave(Self.will(2), for: "b")
        link.leave(nil, for: "b")
        Self.turn(loop)
        close(its)
        Self.turn(loop)
        let guardian = try #require(second)
        #expect(
            Self.heard(guardian) == [.namespace("/run/netns/blue"), .will(instance: "a", Self.will(1)), .ready])
    }
}
