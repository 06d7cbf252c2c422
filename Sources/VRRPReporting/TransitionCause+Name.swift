package import VRRPProtocol

extension TransitionCause {
    /// The cause in a word, for programs: the same in documents and in logs.
    package var name: String {
        switch self {
        case .started: "started"
        case .ownsAddresses: "owns-addresses"
        case .silence: "silence"
        case .resignation: "resignation"
        case .preemption: "preemption"
        case .higherPriority: "higher-priority"
        case .higherAddress: "higher-address"
        case .duplicateOwner: "duplicate-owner"
        case .fault: "fault"
        case .recovery: "recovery"
        case .shutdown: "shutdown"
        case .reconfiguration: "reconfiguration"
        case .addressLost: "address-lost"
        case .lateness: "lateness"
        case .standsBack: "stands-back"
        case .groupStepsDown: "group-steps-down"
        }
    }
}
