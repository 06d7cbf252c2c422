import ControlProtocol

/// The last rates of a virtual or real server, the newest last.
struct RateSeries: Hashable, Sendable {
    /// Readings that are kept: what the widest sparkline shows.
    static let longest = 32

    /// A second; nil where the kernel did not say.
    private(set) var connections: [UInt64?] = []
    /// A second, in both directions.
    private(set) var bytes: [UInt64?] = []

    mutating func add(_ traffic: TrafficReport?) {
        Self.add(traffic?.connectionRate, to: &connections)
        Self.add(traffic.map { $0.incomingByteRate &+ $0.outgoingByteRate }, to: &bytes)
    }

    private static func add(_ reading: UInt64?, to readings: inout [UInt64?]) {
        if readings.count == longest { readings.removeFirst() }
        readings.append(reading)
    }
}
