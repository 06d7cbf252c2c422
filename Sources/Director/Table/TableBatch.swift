import IPVSModel

/// Changes that go to the kernel together, and whom each is about.
struct TableBatch {
    private(set) var changes: [TableChange] = []
    private(set) var services: [TableService] = []
    private var removals: [(TableChange, TableService)] = []
    private var lastRemovals: [(TableChange, TableService)] = []

    var isEmpty: Bool { changes.isEmpty }

    mutating func add(_ change: TableChange, about service: TableService) {
        switch change {
        case .addService, .editService, .addServer, .editServer:
            changes.append(change)
            services.append(service)
        case .deleteServer: removals.append((change, service))
        case .deleteService: lastRemovals.append((change, service))
        }
    }

    /// Puts the removals behind everything else.
    mutating func close() {
        for (change, service) in removals + lastRemovals {
            changes.append(change)
            services.append(service)
        }
        removals = []
        lastRemovals = []
    }
}
