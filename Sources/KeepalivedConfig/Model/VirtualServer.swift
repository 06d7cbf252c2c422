package import Addresses
package import IPVSModel

/// `virtual_server`: what clients connect to.
package struct VirtualServer: Hashable, Sendable {
    package enum Identity: Hashable, Sendable {
        case address(IPAddress, port: Int?)
        case firewallMark(UInt32)
        case group(String)
    }

    package enum TransportName: String, Hashable, Sendable, CaseIterable {
        case tcp = "TCP"
        case udp = "UDP"
        case sctp = "SCTP"

        package var transport: TransportProtocol {
            switch self {
            case .tcp: .tcp
            case .udp: .udp
            case .sctp: .sctp
            }
        }
    }

    package enum FamilyName: String, Hashable, Sendable, CaseIterable {
        case inet
        case inet6
    }

    package enum Engine: String, Hashable, Sendable, CaseIterable {
        case sip
    }

    package var identity: Setting<Identity>
    package var scheduler = Setting(Scheduler.wlc)
    package var forwarding = Setting(Forwarding())
    package var transport = Setting(TransportName.udp)
    package var flags = Setting(VirtualService.Flags())
    /// `sh-…` and `mh-…`, which are part of `flags` if that is the scheduler.
    package var flagsOfSchedulers: [Scheduler: Setting<VirtualService.Flags>] = [:]
    package var family = Setting<FamilyName?>(nil)

    /// In seconds; nil for none.
    package var persistenceTimeout = Setting<Int?>(nil)
    package var persistenceGranularity = Setting<String?>(nil)
    package var persistenceEngine = Setting<Engine?>(nil)

    package var timing = CheckTiming()
    package var isAlpha = Setting(false)
    package var isOmega = Setting(false)
    package var inhibitsOnFailure = Setting(false)
    package var suspendsWithoutAddress = Setting(false)
    package var virtualHost = Setting<String?>(nil)
    package var weight = Setting(1)
    package var sendsMail = Setting(false)

    package var sorryServer = Setting<ServerEndpoint?>(nil)
    package var sorryServerInhibits = Setting(false)
    package var sorryServerForwarding = Setting<Forwarding?>(nil)

    package var quorum = Setting(1)
    package var hysteresis = Setting(0)
    package var quorumUp = Setting<ScriptCommand?>(nil)
    package var quorumDown = Setting<ScriptCommand?>(nil)

    package var realServers: [RealServer] = []

    package init(identity: Setting<Identity>) { self.identity = identity }
}
