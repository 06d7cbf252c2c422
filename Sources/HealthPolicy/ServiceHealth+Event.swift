extension ServiceHealth {
    package enum Event: Hashable, Sendable {
        /// The table has been filled with `entries`.
        case started
        case checkCameUp(server: Int, check: Int)
        case checkWentDown(server: Int, check: Int)
        /// The first verdict of a check is that it has failed, as it was taken to be.
        case checkStayedDown(server: Int, check: Int)
        case weight(server: Int, check: Int, CheckResult.Weight)
        /// An operator has told a server something, or that it is to do again what its checks say.
        case ordered(server: Int, ServerOrder?)
        /// The configuration is another one. `before` has for each server its former place, nil for a new one. The
        /// actions only tell; the table is to be brought to `entries`.
        case reconfigured(Settings, servers: [Server], before: [Int?])
        /// The daemon ends.
        case ended
    }

    package enum Action: Hashable, Sendable {
        /// The server is in the table with this weight from now on, whether it was there or not.
        case show(server: Int, weight: Int)
        case hide(server: Int)
        case showSorry(weight: Int)
        case hideSorry
        case tellServer(Int, isUp: Bool)
        /// A living server is not configured any more; its former place.
        case tellRemoved(Int)
        /// - Parameters:
        ///   - sum: of the weights of the living servers.
        ///   - threshold: what the sum was compared with.
        case tellQuorum(isUp: Bool, sum: Int, threshold: Int)
    }

    /// A destination that belongs into the table.
    package struct Entry: Hashable, Sendable {
        /// Nil for the sorry server.
        package var server: Int?
        package var weight: Int

        package init(server: Int?, weight: Int) {
            self.server = server
            self.weight = weight
        }
    }

    /// The whole table.
    package var entries: [Entry] {
        var entries = servers.indices.compactMap { place in
            tableWeight(of: place).map { Entry(server: place, weight: $0) }
        }
        if let weight = sorryTableWeight { entries.append(Entry(server: nil, weight: weight)) }
        return entries
    }

    /// The weight that the server has in the table; nil if it is not there.
    package func tableWeight(of server: Int) -> Int? {
        guard servers.indices.contains(server) else { return nil }
        let state = servers[server]
        switch state.order {
        case .disable: return nil
        case .drain where state.isUp: return 0
        case .drain: break
        case nil: if state.isUp && !isSorry { return Int(state.weight) }
        }
        return state.isInhibited ? 0 : nil
    }

    /// The weight that the sorry server has in the table; nil if it is not there.
    package var sorryTableWeight: Int? {
        guard let sorry = settings.sorryServer else { return nil }
        return isSorry ? sorry.weight : sorry.isInhibited ? 0 : nil
    }
}
