import IPVSModel

/// The real servers of one service, found by their endpoints.
///
/// There may be ten thousand, for which a dictionary would take four times the room: it has a slot of a server's full
/// size for each one that might still come. Here the servers lie close together, and what has room to spare is a table of
/// their places, four octets each.
struct TableServers: Sequence {
    typealias Endpoint = RealServer.Endpoint

    private var servers: [TableServer] = []
    /// Where a server is in `servers`, at its endpoint's hash or as soon behind it as a slot was free; a power of two in
    /// length, and never full.
    private var places: [Int32] = []
    private static let free: Int32 = -1

    /// In no order that means anything.
    var endpoints: some Sequence<Endpoint> { servers.lazy.map(\.endpoint) }

    func makeIterator() -> IndexingIterator<[TableServer]> { servers.makeIterator() }

    /// Nil for one that is not there, and to remove one.
    subscript(_ endpoint: Endpoint) -> TableServer? {
        get { slot(of: endpoint).map { servers[Int(places[$0])] } }
        set {
            switch (slot(of: endpoint), newValue) {
            case (let slot?, let server?): servers[Int(places[slot])] = server
            case (let slot?, nil): remove(slot)
            case (nil, let server?): insert(server)
            case (nil, nil): break
            }
        }
    }

    /// Makes room for that many, and for no more.
    mutating func reserve(_ count: Int) {
        servers.reserveCapacity(count)
    }

    mutating func changeAll(_ body: (inout TableServer) -> Void) {
        for place in servers.indices { body(&servers[place]) }
    }

    // MARK: Places

    private func first(of endpoint: Endpoint) -> Int { endpoint.hashValue & (places.count - 1) }

    private func slot(of endpoint: Endpoint) -> Int? {
        guard !places.isEmpty else { return nil }
        var slot = first(of: endpoint)
        while places[slot] != Self.free {
            if servers[Int(places[slot])].endpoint == endpoint { return slot }
            slot = (slot + 1) & (places.count - 1)
        }
        return nil
    }

    private mutating func insert(_ server: TableServer) {
        servers.append(server)
        if servers.count * 3 > places.count * 2 {
            places = Array(repeating: Self.free, count: Swift.max(places.count * 2, 4))
            for place in servers.indices { note(place) }
        } else {
            note(servers.count - 1)
        }
    }

    private mutating func note(_ place: Int) {
        var slot = first(of: servers[place].endpoint)
        while places[slot] != Self.free { slot = (slot + 1) & (places.count - 1) }
        places[slot] = Int32(truncatingIfNeeded: place)
    }

    private mutating func remove(_ slot: Int) {
        let place = Int(places[slot])
        let last = servers.count - 1
        if place != last, let slotOfLast = self.slot(of: servers[last].endpoint) {
            places[slotOfLast] = Int32(truncatingIfNeeded: place)
            servers.swapAt(place, last)
        }
        servers.removeLast()
        close(slot)
    }

    /// Frees a slot, and moves up what stands behind it only because it was taken.
    private mutating func close(_ slot: Int) {
        let mask = places.count - 1
        var (gap, next) = (slot, (slot + 1) & mask)
        while places[next] != Self.free {
            let wanted = first(of: servers[Int(places[next])].endpoint)
            if (next - wanted) & mask >= (next - gap) & mask {
                places[gap] = places[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        places[gap] = Self.free
    }
}
