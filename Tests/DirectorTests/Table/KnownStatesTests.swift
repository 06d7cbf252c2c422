import Glibc
import HealthPolicy
import KeepalivedConfig
import Testing

@testable import Director

@Suite("The known states")
struct KnownStatesTests {
    private static let text = """
        virtual_server 10.0.0.1 80 {
            lb_algo rr
            lb_kind NAT
            protocol TCP
            delay_loop 5
            real_server 10.1.0.2 80 {
                TCP_CHECK {
                }
                HTTP_GET {
                    url {
                        path /a
                    }
                }
                TCP_CHECK {
                }
            }
            real_server 10.1.0.3 80 {
                TCP_CHECK {
                }
            }
        }
        """

    private static func keys(_ text: String) -> [[CheckKey]] {
        KnownStates.keys(of: TableStage.configuration(text).virtualServers[0])
    }

    private static func contents(_ stage: TableStage) -> String {
        String(decoding: Ledger.contents(of: stage.path) ?? [], as: UTF8.self)
    }

    @Test("Each check has a key of its own, also the same check twice")
    func keys() {
        let keys = Self.keys(Self.text)
        #expect(keys.map(\.count) == [3, 1])
        #expect(Set(keys.joined()).count == 4)
    }

    @Test("Keys outlive what does not concern what is checked, and nothing else")
    func stability() {
        let keys = Self.keys(Self.text)
        let timing = Self.text.replacing("delay_loop 5", with: "delay_loop 9\n retry 3\n quorum 2\n lvs_sched wlc")
        #expect(Self.keys(timing) == keys)
        #expect(Self.keys("! more\nglobal_defs {\n router_id x\n}\n" + Self.text) == keys)
        let page = Self.keys(Self.text.replacing("path /a", with: "path /b"))
        #expect(page[0][0] == keys[0][0] && page[0][1] != keys[0][1] && page[1] == keys[1])
        #expect(
            Set(Self.keys(Self.text.replacing("10.0.0.1", with: "10.0.0.7")).joined()).isDisjoint(with: keys.joined()))
        #expect(Self.keys(Self.text.replacing("10.1.0.3", with: "10.1.0.4"))[0] == keys[0])
    }

    @Test("States are there at the next start, and so is what changed last")
    func restart() {
        let stage = TableStage(Self.text).start()
        let keys = Self.keys(Self.text)
        let service = KnownStates.key(of: TableStage.configuration(Self.text).virtualServers[0])
        #expect(stage.states.check(keys[0][0]) == nil)
        stage.states.note(keys[0][0], KnownCheck(isUp: true))
        stage.states.note(keys[0][0], KnownCheck(isUp: false))
        stage.states.note(keys[0][1], KnownCheck(isUp: true, weight: .absolute(17)))
        stage.states.note(keys[1][0], KnownCheck(isUp: true, weight: .added(-3)))
        stage.states.note(service, hasQuorum: false)
        stage.pass(.seconds(2))
        // As after kill -9: nobody closed anything.
        let next = TableStage(Self.text, after: stage)
        #expect(next.states.check(keys[0][0]) == KnownCheck(isUp: false))
        #expect(next.states.check(keys[0][1]) == KnownCheck(isUp: true, weight: .absolute(17)))
        #expect(next.states.check(keys[1][0]) == KnownCheck(isUp: true, weight: .added(-3)))
        #expect(next.states.quorum(service) == false)
        #expect(next.takeLog().isEmpty)
    }

    @Test("An orderly end writes what is left, and the states stay")
    func end() {
        let stage = TableStage(Self.text).start()
        let keys = Self.keys(Self.text)
        stage.states.note(keys[0][0], KnownCheck(isUp: false))
        stage.keeper.stop()
        stage.states.close()
        let next = TableStage(Self.text, after: stage)
        #expect(next.states.check(keys[0][0]) == KnownCheck(isUp: false))
        #expect(!Self.contents(stage).contains("+service"))
    }

    @Test("States are written once a second at most, and only if something has changed")
    func rate() {
        let stage = TableStage(Self.text).start()
        let key = Self.keys(Self.text)[0][0]
        let empty = Self.contents(stage).count
        for round in 0..<10 {
            stage.states.note(key, KnownCheck(isUp: round % 2 == 0))
            stage.pass(.milliseconds(50))
        }
        #expect(Self.contents(stage).count == empty)
        stage.pass(.seconds(1))
        let written = Self.contents(stage).count
        #expect(written > empty)
        for _ in 0..<10 {
            stage.states.note(key, KnownCheck(isUp: false))
            stage.pass(.seconds(1))
        }
        #expect(Self.contents(stage).count == written)
    }

    @Test("A state that changes the table is known to the next run, also if this one is killed at once")
    func killedAtOnce() {
        let stage = TableStage(Self.text).start()
        let key = Self.keys(Self.text)[0][0]
        stage.states.note(key, KnownCheck(isUp: false))
        stage.keeper.set(service: 0, server: 0, weight: nil)
        stage.keeper.flush()
        #expect(TableStage(Self.text, after: stage).states.check(key) == KnownCheck(isUp: false))
    }

    @Test("The file does not grow without end")
    func growth() {
        let stage = TableStage(Self.text).start()
        let key = Self.keys(Self.text)[0][0]
        for round in 0..<9000 {
            stage.states.note(key, KnownCheck(isUp: round % 2 == 0))
            stage.pass(.seconds(1))
        }
        #expect(Self.contents(stage).split(separator: "\n").count < 5000)
        #expect(TableStage(Self.text, after: stage).states.check(key) == KnownCheck(isUp: false))
    }

    @Test(
        "A damaged file is ignored, and that is said",
        arguments: [
            "garbage\n", "vrrpctl-states 1 HEAD\nnonsense 5\n", "vrrpctl-states 1 HEAD\ncheck 5 sideways\n",
            "\u{0}\u{1}",
        ])
    func damage(_ text: String) {
        let stage = TableStage(Self.text).start()
        stage.states.note(Self.keys(Self.text)[0][0], KnownCheck(isUp: false))
        stage.states.close()
        let head = Self.contents(stage).split(separator: "\n")[0].dropFirst("vrrpctl-states 1 ".count)
        Self.write(text.replacing("HEAD", with: head), to: stage.path)
        let next = TableStage(Self.text, after: stage)
        #expect(next.takeLog().contains("is damaged"))
        #expect(next.states.count == 0)
        #expect(next.start().table == stage.table)
    }

    @Test("A line that a crash tore does not count, nor does a file of another boot")
    func torn() {
        let stage = TableStage(Self.text).start()
        let keys = Self.keys(Self.text)
        stage.states.note(keys[0][0], KnownCheck(isUp: false))
        stage.states.close()
        let whole = Self.contents(stage)
        Self.write(whole + "check 1234567", to: stage.path)
        let next = TableStage(Self.text, after: stage)
        #expect(next.states.check(keys[0][0]) == KnownCheck(isUp: false))
        Self.write(whole.replacing("vrrpctl-states 1 ", with: "vrrpctl-states 1 x"), to: stage.path)
        let other = TableStage(Self.text, after: stage)
        #expect(other.states.count == 0)
        #expect(other.takeLog().isEmpty)
    }

    @Test("What the configuration does not have any more is forgotten")
    func forgotten() {
        let stage = TableStage(Self.text).start()
        let keys = Self.keys(Self.text)
        stage.states.note(keys[0][0], KnownCheck(isUp: false))
        stage.states.note(keys[1][0], KnownCheck(isUp: false))
        stage.states.keep(only: Set(keys[0]), [])
        let next = TableStage(Self.text, after: stage)
        #expect(next.states.check(keys[0][0]) != nil && next.states.check(keys[1][0]) == nil)
    }

    @Test("Ten thousand states cost a line each when they change, and the file is read back whole")
    func many() {
        let stage = TableStage(Self.text).start()
        for number in 0..<10_000 as Range<UInt64> {
            stage.states.note(CheckKey(value: number), KnownCheck(isUp: number % 3 != 0))
        }
        stage.pass(.seconds(1))
        let before = Self.contents(stage).utf8.count
        stage.states.note(CheckKey(value: 7), KnownCheck(isUp: false))
        stage.pass(.seconds(1))
        #expect(Self.contents(stage).utf8.count - before < 40)
        let next = TableStage(Self.text, after: stage)
        #expect(next.states.count == 10_000)
        #expect(next.states.check(CheckKey(value: 7)) == KnownCheck(isUp: false))
        #expect(next.states.check(CheckKey(value: 9)) == KnownCheck(isUp: false))
    }

    private static func write(_ text: String, to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var text = text
        _ = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
    }
}
