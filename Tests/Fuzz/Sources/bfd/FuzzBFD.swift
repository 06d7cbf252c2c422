import BFDProtocol
import PacketFormats
import VRRPProtocol

/// Any octets are a BFD control packet or none, what is read is written as it came, and a session takes any row of packets
/// without leaving its rules. The first octet says which kind of session; then pieces of 25 octets: one for how much time
/// passes, and a packet.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBFD(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    // A copy of exactly this length: one octet further is outside of the array, and stops the run.
    let bytes = Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : size))
    guard let choice = bytes.first else { return 0 }
    read(bytes[1...])
    var session = Session(
        Session.Configuration(
            desiredMinTx: choice & 1 == 0 ? 10_000 : .max, requiredMinRx: choice & 2 == 0 ? 10_000 : .max,
            multiplier: choice & 4 == 0 ? 5 : 255, isPassive: choice & 8 != 0), localDiscriminator: 1)
    var now = Instant.origin
    run(&session, .start, at: now)
    var rest = bytes.dropFirst()
    while let pause = rest.first {
        rest = rest.dropFirst()
        now = now + .milliseconds(Int(pause) * Int(pause))
        if let deadline = session.deadline, deadline <= now { run(&session, .timeReached, at: now) }
        var packet = Array(rest.prefix(BFDControlPacket.length))
        rest = rest.dropFirst(packet.count)
        // Most faults lie behind the first checks.
        if choice & 0x80 != 0, packet.count == BFDControlPacket.length {
            packet[0] = 0x20 | packet[0] & 0x1f
            packet[1] &= 0xfa
            packet[2] |= 1
            packet[3] = UInt8(BFDControlPacket.length)
            packet[7] |= 1
            packet[11] |= 1
        }
        if let received = read(packet[...]) { run(&session, .received(received), at: now) }
    }
    run(&session, .stop, at: now)
    precondition(session.deadline == nil)
    return 0
}

@discardableResult
private func read(_ octets: ArraySlice<UInt8>) -> BFDControlPacket? {
    guard let packet = try? BFDControlPacket(parsing: octets) else { return nil }
    let written = packet.octets
    precondition(written.count == BFDControlPacket.length && written.prefix(3) == octets.prefix(3))
    precondition(written.dropFirst(4) == octets.dropFirst(4).prefix(BFDControlPacket.length - 4))
    return packet
}

private func run(_ session: inout Session, _ event: Session.Event, at now: Instant) {
    var actions: [Session.Action] = []
    session.handle(event, at: now, jitter: Jitter(draw: 0x8000), into: &actions)
    for case .send(let packet) in actions {
        // Whatever we were told, what we send is taken by others.
        precondition(read(packet.octets[...]) == packet)
        precondition(packet.state == .up || packet.desiredMinTx >= 1_000_000)
    }
    if let deadline = session.deadline, case .timeReached = event { precondition(deadline >= now) }
}
