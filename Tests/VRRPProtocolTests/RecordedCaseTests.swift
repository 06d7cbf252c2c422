import Addresses
import PacketFormats
import Testing
import VRRPProtocol

/// Sequences of events that were recorded from another implementation, through the encoder, the decoder and the
/// machine.
@Suite("Recorded cases")
struct RecordedCaseTests {
    @Test("all 24 cases are there")
    func count() {
        #expect(RecordedCase.all.count == 24)
    }

    @Test("a recorded sequence of events gives what the RFC asks for", arguments: RecordedCase.all)
    func replay(recorded: RecordedCase) throws {
        var replay = Replay(recorded)
        for step in recorded.before { try replay.take(step) }
        if recorded.ordered { replay.done = [] }
        for step in recorded.then { try replay.take(step) }

        // RFC 9568 has no fault: a router that waits for something is in Initialize.
        let state = replay.bench.router.state == .fault ? .initialize : replay.bench.router.state
        #expect("\(state)" == recorded.state ?? "initialize")

        let expected = try recorded.actions.compactMap { try replay.expectation($0) }
        if recorded.ordered {
            #expect(replay.done == expected)
        } else {
            #expect(replay.done.sorted() == expected.sorted())
        }
        for action in recorded.actions {
            switch action.do {
            case "timer":
                let remaining = try #require(replay.bench.remaining)
                let centiseconds = try #require(action.centiseconds)
                // The recording has four digits: a microsecond.
                #expect(abs(remaining / .milliseconds(10) - centiseconds) <= 0.000_05)
                #expect(replay.bench.router.state == (action.timer == "active-down" ? .backup : .active))
            case "no-timer":
                #expect(replay.bench.router.state != .active)
                #expect(action.timer == "advertisement")
            case "virtual-mac":
                let mac = VirtualMACInterface(
                    family: replay.bench.router.configuration.family,
                    virtualRouterID: replay.bench.router.configuration.virtualRouterID
                ).hardwareAddress
                #expect(mac.description == action.mac)
            default:
                break
            }
        }
    }
}

/// No case has authentication.
private struct NoDigests: KeyedDigests {
    func hmacMD5(of message: [UInt8], key: [UInt8]) -> [UInt8] { [] }
    func hmacSHA256(of message: [UInt8], key: [UInt8]) -> [UInt8] { [] }
}

/// A virtual router that takes the steps of a recorded case. It begins without an interface.
private struct Replay {
    var bench: Bench
    /// One entry for each address and advertisement, without transitions.
    var done: [String] = []

    init(_ recorded: RecordedCase) {
        bench = Bench(recorded.configuration)
        bringUp()
    }

    private mutating func bringUp() {
        _ = bench.on(.faulted(FaultCause(.interface)))
        _ = bench.on(.faulted(FaultCause(.virtualMACInterface)))
        _ = bench.on(.startup)
    }

    mutating func take(_ step: RecordedCase.Step) throws {
        switch step.do {
        case "interface-up": note(bench.on(.recovered(FaultCause(.interface))))
        case "virtual-mac-up": note(bench.on(.recovered(FaultCause(.virtualMACInterface))))
        case "interface-down": note(bench.on(.faulted(FaultCause(.interface))))
        case "virtual-mac-down": note(bench.on(.faulted(FaultCause(.virtualMACInterface))))
        case "own-address": note(bench.on(.primaryAddressChanged(try address(step.address))))
        case "hear":
            for _ in 1...(step.times ?? 1) {
                let interval = Duration.milliseconds(try #require(step.centiseconds) * 10)
                note(bench.wait(interval / 2))
                let received = try receive(step)
                note(bench.on(.advertisement(HeardAdvertisement(received))))
            }
        case "reject":
            let rejection = #expect(throws: Rejection.self) { try receive(step) }
            #expect(rejection?.rawValue == step.reason)
            // What the decoder discards never reaches the machine; only a counter tells of it.
            done.append("count \(rejection?.rawValue ?? "nothing")")
        case "down-timer":
            #expect(bench.router.state == .backup)
            bench.now = try #require(bench.router.deadline)
            note(bench.on(.timeReached))
        case "add-address":
            var changed = bench.router.configuration
            changed.virtualAddresses.append(try address(step.address))
            note(bench.on(.reconfigured(changed)))
        case "remove-address":
            var changed = bench.router.configuration
            let gone = try address(step.address)
            changed.virtualAddresses.removeAll { $0 == gone }
            note(bench.on(.reconfigured(changed)))
        case "shut-down":
            note(bench.on(.shutdown))
        case "another-router":
            var configuration = bench.router.configuration
            configuration.virtualRouterID = try #require(step.vrid)
            configuration.virtualAddresses = (step.addresses ?? []).compactMap(IPAddress.init(text:))
            bench = Bench(configuration)
            bringUp()
        default:
            Issue.record("unknown step \(step.do)")
        }
    }

    /// Sends the step's advertisement through the encoder, and to this router's decoder.
    private func receive(_ step: RecordedCase.Step) throws -> ReceivedAdvertisement {
        let own = bench.router.configuration
        let sent = Advertisement(
            version: step.version.flatMap(ProtocolVersion.init) ?? own.version,
            virtualRouterID: step.vrid ?? own.virtualRouterID, priority: try #require(step.priority),
            interval: .milliseconds(try #require(step.centiseconds) * 10), addresses: own.virtualAddresses)
        let transmission = Transmission(from: try address(step.source), to: VRRPWire.group(own.family))
        let packet = try transmission.packet(sent, digests: NoDigests())
        let receiver = Receiver(
            version: own.version, family: own.family, virtualRouterID: own.virtualRouterID,
            interval: own.advertisementInterval, addresses: own.virtualAddresses)
        var replay = ReplayState()
        return try receiver.decode(ipPacket: packet[...], replay: &replay, digests: NoDigests())
    }

    func expectation(_ action: RecordedCase.Expectation) throws -> String? {
        switch action.do {
        case "advertise": "advertise \(try #require(action.priority))"
        case "install", "remove", "announce": "\(action.do) \(try address(action.address))"
        case "count": "count \(try #require(action.reason))"
        default: nil
        }
    }

    private func address(_ text: String?) throws -> IPAddress {
        let text = try #require(text)
        return try #require(IPAddress(text: text))
    }

    private mutating func note(_ deeds: [Deed]) {
        for deed in deeds {
            switch deed {
            case .advertise(let priority): done.append("advertise \(priority)")
            case .install(let addresses): done += addresses.map { "install \($0)" }
            case .announce(let addresses, let count):
                #expect(count == 1)
                done += addresses.map { "announce \($0)" }
            case .remove(let addresses): done += addresses.map { "remove \($0)" }
            case .become: break
            }
        }
        for advertisement in bench.sent {
            #expect(advertisement.addresses == bench.router.configuration.virtualAddresses)
            #expect(advertisement.interval == bench.router.configuration.advertisementInterval)
        }
    }
}
