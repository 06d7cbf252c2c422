import IPVSModel
import KeepalivedConfig
import Reporting

@testable import Director

/// A keeper of the table with a made-up kernel, a clock that passes when the test says so, and what it logs.
struct TableStage {
    let kernel: FakeTable
    let folder: TemporaryFolder
    private let pipe: LogPipe
    let log: Log
    let clock: TableClock
    let states: KnownStates
    let keeper: TableKeeper

    var path: String { folder.path + "/states" }

    /// - Parameter before: A stage whose kernel and file this one finds.
    init(_ text: String, after before: TableStage? = nil) {
        kernel = before?.kernel ?? FakeTable()
        folder = before?.folder ?? TemporaryFolder()
        clock = TableClock()
        pipe = LogPipe()
        log = Log(level: .info, descriptor: pipe.pipe.writing, priorities: false)
        states = KnownStates(at: folder.path + "/states", time: clock, log: log)
        keeper = TableKeeper(kernel, states: states, time: clock, log: log)
        configure(text)
    }

    static func configuration(_ text: String) -> Configuration {
        Configuration.understand(ConfigurationReader.read(text: text)).configuration
    }

    /// Reloads: all real servers are up.
    func configure(_ text: String) {
        let configuration = Self.configuration(text)
        keeper.configure(configuration)
        for (place, service) in configuration.virtualServers.enumerated() {
            for (index, server) in service.realServers.enumerated() {
                keeper.set(service: place, server: index, weight: server.weight.value)
            }
        }
    }

    func start(isReplacement: Bool = false) -> TableStage {
        keeper.start(isReplacement: isReplacement)
        return self
    }

    /// The table as `ipvsadm -Sn` shows it.
    var table: [String] { Self.rules(kernel) }

    static func rules(_ kernel: FakeTable) -> [String] {
        let rules = RuleText(names: NumericEndpoints())
        var lines: [String] = []
        for identity in kernel.order.sorted() {
            guard let entry = kernel.entries[identity] else { continue }
            var text = Text()
            rules.write("-A", entry.service, into: &text)
            lines.append(text.withBytes { String(decoding: $0, as: UTF8.self) })
            for server in entry.servers.sorted(by: { $0.endpoint < $1.endpoint }) {
                var text = Text()
                rules.write("-a", server, of: identity, into: &text)
                lines.append(text.withBytes { String(decoding: $0, as: UTF8.self) })
            }
        }
        return lines
    }

    /// What was logged since this was asked last.
    func takeLog() -> String { pipe.pipe.read() }

    func pass(_ duration: Duration) { clock.pass(duration) }
}

private final class LogPipe {
    let pipe = Pipe()
}
