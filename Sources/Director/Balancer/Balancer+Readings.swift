import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

extension Balancer {
    /// What checks are told of, by name.
    enum WatchedThing: Hashable {
        case file(String)
        case session(String)
    }

    func observeReadings() {
        surroundings.feeds.observe { [unowned self] kind, name, _ in
            if kind == .file { tell(.file(name)) }
        }
        surroundings.sessions.observe { [unowned self] name, _ in tell(.session(name)) }
    }

    /// Finds the checks that are told, after all checks have been made.
    func indexWatching() {
        watching = [:]
        for service in services {
            for server in service.servers {
                for case let check as ToldCheck in server.checks {
                    guard let thing = check.checker.watched else { continue }
                    watching[thing, default: []].append(check)
                }
            }
        }
    }

    /// What is known means something else, perhaps, by another configuration.
    func tellAll() {
        for thing in watching.keys { tell(thing) }
    }

    private func tell(_ thing: WatchedThing) {
        for check in watching[thing] ?? [] { check.hear(reading(of: check.checker)) }
    }

    /// What a check that is told knows now.
    func reading(of checker: Checker) -> CheckResult {
        switch checker.watched {
        case .file(let name):
            // A file that is not there or has no number counts as 0.
            var value = 0
            if case .value(let number) = surroundings.feeds.reading(of: .file, name: name) { value = number }
            return CheckResult(file: name, value: value, weight: weight(of: checker, file: name))
        case .session(let name):
            return surroundings.sessions.isUp(name) == true
                ? .passed : .failed("hears nothing from its neighbour: session \(name) is down")
        case nil: return .passed
        }
    }

    private func weight(of checker: Checker, file: String) -> TrackWeight {
        if case .file(let check) = checker.kind, let weight = check.weight.value { return weight }
        return configuration.trackFiles.first { $0.name.value == file }?.weight.value ?? TrackWeight(1)
    }
}

extension Checker {
    /// What it is told of; nil for a check that asks.
    var watched: Balancer.WatchedThing? {
        switch kind {
        case .file(let check): check.file.value.map(Balancer.WatchedThing.file)
        case .bfd(let check): check.session.value.map(Balancer.WatchedThing.session)
        case .tcp, .ping, .http, .smtp, .dns, .udp, .script: nil
        }
    }
}

extension CheckResult {
    /// What keepalived makes of a file's number: without a weight any number but 0 is a failure, or 0 if reversed; with one
    /// the number times the weight is added to the real server's, which is at least 0 then and stays in the table.
    /// `dynamic` makes no difference, as with keepalived 2.2.7.
    init(file name: String, value: Int, weight: TrackWeight) {
        guard !weight.decidesFault else {
            self = (value != 0) == weight.isReversed ? .passed : .failed("has \(value) in track_file \(name)")
            return
        }
        let (product, overflow) = value.multipliedReportingOverflow(
            by: weight.isReversed ? -weight.value : weight.value)
        let most = 65_535
        let added =
            overflow
            ? ((value < 0) == ((weight.value < 0) != weight.isReversed) ? most : -most) : min(max(product, -most), most)
        self = .passed(added == 0 ? .unchanged : .added(added))
    }
}
