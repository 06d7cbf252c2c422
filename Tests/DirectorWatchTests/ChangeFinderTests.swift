import ControlProtocol
import DirectorWatch
import Reporting
import Testing

@Suite struct ChangeFinderTests {
    private func text(_ changes: [WatchChange]) -> [String] {
        changes.map {
            var text = Text()
            $0.write(into: &text)
            return String(decoding: text.bytes.dropLast(), as: UTF8.self)
        }
    }

    private func json(_ changes: [WatchChange]) -> [JSONValue?] {
        changes.map {
            var text = Text()
            $0.writeJSON(into: &text)
            return JSONValue(parsing: text.bytes[...])
        }
    }

    /// Without the time, which is the same for all.
    private func short(_ changes: [WatchChange]) -> [String] {
        text(changes).map { String($0.dropFirst(25)) }
    }

    @Test("At the first look everything is listed")
    func first() {
        var finder = ChangeFinder()
        #expect(
            text(finder.take(SampleDirector.status())) == [
                "2026-11-21T22:14:33.000Z node lb1: vrrpctl 0.6.0, /etc/keepalived/keepalived.conf, process 812",
                "2026-11-21T22:14:33.000Z instance VI_1: active: priority 150, interface eth0, vrid 51, 10.91.0.10/24",
            ])
        #expect(
            short(finder.take(SampleDirector.twoServers(secondIsUp: false))) == [
                "service [10.91.0.20]:tcp:80: quorum: wlc, dr, weight 3",
                "server [192.168.0.2]:tcp:80 of [10.91.0.20]:tcp:80: up: weight 3",
                "server [192.168.0.3]:tcp:80 of [10.91.0.20]:tcp:80: down: weight 0",
            ])
    }

    @Test("What is as before is not told, whatever the rates do")
    func same() {
        var finder = ChangeFinder()
        _ = finder.take(SampleDirector.status())
        _ = finder.take(SampleDirector.twoServers(rate: 3))
        #expect(finder.take(SampleDirector.status()).isEmpty)
        #expect(finder.take(SampleDirector.twoServers(rate: 7000)).isEmpty)
    }

    @Test("A transition has its own time and its cause in words")
    func transition() {
        var finder = ChangeFinder()
        _ = finder.take(SampleDirector.status())
        let last = TransitionReport(
            from: "active", to: "backup", cause: "outranked", text: "10.91.0.2 has priority 200",
            time: SampleDirector.ago(1))
        let backup = SampleDirector.instance("VI_1", "backup", since: SampleDirector.ago(1), last: last)
        #expect(
            text(finder.take(SampleDirector.status([backup]))) == [
                "2026-11-21T22:14:32.000Z instance VI_1: state active -> backup: 10.91.0.2 has priority 200"
            ])
        // It left the state between two looks, and is back.
        let again = SampleDirector.instance("VI_1", "backup", since: SampleDirector.ago(0))
        #expect(short(finder.take(SampleDirector.status([again]))) == ["instance VI_1: state backup -> backup"])
    }

    @Test("Priorities, orders, instances that come and go")
    func instances() {
        var finder = ChangeFinder()
        _ = finder.take(SampleDirector.status())
        let order = SteeringReport(order: "priority", since: SampleDirector.ago(3), priority: 20)
        #expect(
            short(
                finder.take(
                    SampleDirector.status([
                        SampleDirector.instance("VI_1", effective: 20, steering: [order]),
                        SampleDirector.instance("VI_2"),
                    ])))
                == [
                    "instance VI_1: priority 150 -> 20", "instance VI_1: orders priority 20",
                    "instance VI_2: added active: priority 150, interface eth0, vrid 51, 10.91.0.10/24",
                ])
        #expect(
            short(finder.take(SampleDirector.status([SampleDirector.instance("VI_2")]))) == [
                "instance VI_1: removed"
            ])
    }

    @Test("Real servers: state, weight, orders, coming and going")
    func servers() {
        var finder = ChangeFinder()
        _ = finder.take(SampleDirector.twoServers())
        #expect(
            short(finder.take(SampleDirector.twoServers(secondIsUp: false))) == [
                "server [192.168.0.3]:tcp:80 of [10.91.0.20]:tcp:80: state up -> down: TCP_CHECK: connection refused",
                "server [192.168.0.3]:tcp:80 of [10.91.0.20]:tcp:80: weight 3 -> 0",
            ])
        let drain = SteeringReport(order: "drain", since: SampleDirector.now)
        let drained = SampleDirector.servers([
            SampleDirector.service(
                "[10.91.0.20]:tcp:80", [SampleDirector.server("[192.168.0.2]:tcp:80", weight: 0, steering: drain)],
                hasQuorum: false)
        ])
        #expect(
            short(finder.take(drained)) == [
                "service [10.91.0.20]:tcp:80: state quorum -> no quorum",
                "server [192.168.0.2]:tcp:80 of [10.91.0.20]:tcp:80: state up -> draining: TCP_CHECK: connected",
                "server [192.168.0.2]:tcp:80 of [10.91.0.20]:tcp:80: weight 3 -> 0",
                "server [192.168.0.3]:tcp:80 of [10.91.0.20]:tcp:80: removed",
            ])
        #expect(short(finder.take(SampleDirector.servers([]))) == ["service [10.91.0.20]:tcp:80: removed"])
        #expect(
            short(finder.take(SampleDirector.twoServers())).first
                == "service [10.91.0.20]:tcp:80: added quorum: wlc, dr, weight 6")
    }

    @Test("A director that goes is told once, and that it is back")
    func gone() {
        var finder = ChangeFinder()
        _ = finder.take(SampleDirector.status())
        #expect(
            text(finder.lose("no daemon runs", at: SampleDirector.now)) == [
                "2026-11-21T22:14:33.000Z node lb1: gone: no daemon runs"
            ])
        #expect(finder.lose("no daemon runs", at: SampleDirector.now).isEmpty)
        #expect(
            short(finder.take(SampleDirector.status(pid: 900))) == ["node lb1: back", "node lb1: restarted 812 -> 900"])
        #expect(
            short(
                finder.take(
                    SampleDirector.status(
                        pid: 900, maintenance: SteeringReport(order: "maintenance", since: SampleDirector.now))))
                == ["node lb1: orders maintenance"])
        #expect(short(finder.take(SampleDirector.status(pid: 900))) == ["node lb1: orders no more maintenance"])
    }

    @Test("As JSON, each on a line")
    func asJSON() {
        var finder = ChangeFinder()
        _ = finder.take(SampleDirector.twoServers())
        let changes = json(finder.take(SampleDirector.twoServers(secondIsUp: false)))
        #expect(changes.count == 2)
        let first = changes[0]
        #expect(first?["time"]?.string == "2026-11-21T22:14:33.000Z")
        #expect(first?["kind"]?.string == "server")
        #expect(first?["name"]?.string == "[192.168.0.3]:tcp:80")
        #expect(first?["service"]?.string == "[10.91.0.20]:tcp:80")
        #expect(first?["change"]?.string == "state")
        #expect(first?["from"]?.string == "up")
        #expect(first?["to"]?.string == "down")
        #expect(changes[1]?["change"]?.string == "weight")
        #expect(changes[1]?["to"]?.string == "0")
        #expect(changes[1]?["text"] == nil)
    }

    @Test("What comes from outside does not steer the terminal")
    func harmless() {
        var finder = ChangeFinder()
        _ = finder.take(SampleDirector.status())
        let lines = text(finder.take(SampleDirector.status([SampleDirector.instance("VI\u{1b}[2J\n")])))
        #expect(lines.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } })
        #expect(lines[0].contains(#"VI\u{1b}[2J\u{a}"#))
    }
}
