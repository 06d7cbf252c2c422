import Addresses
import VRRPProtocol

/// An action as the tests compare it: without the log, and with the new state of a transition only.
enum Deed: Equatable, CustomStringConvertible {
    case advertise(UInt8)
    case install([IPAddress])
    case announce([IPAddress], Int)
    case remove([IPAddress])
    case become(VirtualRouter.State)

    init?(_ action: VirtualRouter.Action) {
        switch action {
        case .sendAdvertisement(let advertisement): self = .advertise(advertisement.priority)
        case .installAddresses(let addresses): self = .install(addresses)
        case .announce(let addresses, let count): self = .announce(addresses, count)
        case .removeAddresses(let addresses): self = .remove(addresses)
        case .notify(let transition): self = .become(transition.to)
        case .report: return nil
        }
    }

    var description: String {
        switch self {
        case .advertise(let priority): "advertise \(priority)"
        case .install(let addresses): "install \(addresses)"
        case .announce(let addresses, let count): "announce \(addresses) \(count) times"
        case .remove(let addresses): "remove \(addresses)"
        case .become(let state): "become \(state)"
        }
    }
}
