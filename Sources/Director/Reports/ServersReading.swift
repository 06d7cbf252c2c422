import ControlProtocol
import KeepalivedConfig

/// The virtual servers with their real servers, told line by line: each line says how it is when it is made.
final class ServersReading {
    private unowned let balancer: Balancer
    private var services: ArraySlice<RunningService>
    /// Places in a configuration are only good as long as it is that one.
    private let reloads: Int
    private var current: Current?

    private struct Current {
        var service: RunningService
        var traffic: TrafficReading?
        var isTold = false
        var next = 0
    }

    /// - Parameter name: The virtual server that it is about; nil for all of them.
    /// - Throws: That there is none of that name, and what there is.
    init(_ balancer: Balancer, only name: String?) throws(ControlRefusal) {
        self.balancer = balancer
        reloads = balancer.reloads
        services = balancer.services[...]
        guard let name else { return }
        do throws(UnknownName) {
            let place = try ServerNames(balancer.configuration).service(named: name)
            services = ArraySlice(balancer.services.filter { $0.place == place })
        } catch {
            throw ControlRefusal(error.message)
        }
    }

    func next() -> ControlStream.Piece {
        guard balancer.reloads == reloads, !balancer.isStopping else { return .failure(.cutShort) }
        guard var current = current ?? nextService() else { return .end }
        defer { self.current = current.next < current.service.servers.count || !current.isTold ? current : nil }
        if !current.isTold {
            if current.traffic?.step() == true { return .again }
            current.isTold = true
            return .line(of: ServersLine(service: current.service.report(current.traffic)))
        }
        defer { current.next += 1 }
        let clock = ReportClock(balancer.surroundings.time)
        return .line(
            of: ServersLine(server: current.service.report(server: current.next, clock, current.traffic)))
    }

    private func nextService() -> Current? {
        services.popFirst().map {
            Current(service: $0, traffic: balancer.hasTable ? balancer.surroundings.table.traffic(of: $0.place) : nil)
        }
    }
}
