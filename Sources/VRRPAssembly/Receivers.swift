package import Addresses
package import KeepalivedConfig
package import PacketFormats

/// What an instance of a configuration demands of the advertisements that it receives.
package struct ConfiguredReceiver: Sendable {
    /// The instance's name.
    package var instance: String
    /// Nil where unicast needs none.
    package var interface: String?
    package var receiver: Receiver
}

extension Configuration {
    /// A receiver for each instance that has a VRID, in the order of the file. The interfaces need not exist.
    ///
    /// - Parameter policy: the rules to judge by. `vrrp_strict` is about what is sent: keepalived itself goes on to send
    ///   the checksum of version 3 over IPv4 with the pseudo-header then, and has to be understood.
    package func receivers(policy: Receiver.Policy = .keepalived) -> [ConfiguredReceiver] {
        instances.compactMap { instance in
            instance.receiver(in: global, policy: policy).map {
                ConfiguredReceiver(instance: instance.name.value, interface: instance.interface.value, receiver: $0)
            }
        }
    }
}

extension VRRPInstance {
    /// Nil without a VRID.
    package func receiver(in global: GlobalDefinitions, policy: Receiver.Policy = .keepalived) -> Receiver? {
        guard let vrid = virtualRouterID.value.flatMap({ UInt8(exactly: $0) }), vrid != 0 else { return nil }
        var receiver = Receiver(
            version: protocolVersion, family: family, virtualRouterID: vrid, interval: advertisementInterval.value,
            addresses: addresses.map(\.value.address))
        receiver.mode =
            isUnicast
            ? .unicast(peers: unicastPeers.map { $0.value.peer }) : .multicast(group: multicastGroup(in: global))
        receiver.demandsKnownPeer = checksUnicastSource.value
        receiver.authentication = packetAuthentication
        receiver.trailer = trailerPolicy
        receiver.ownAddresses = [unicastSource.value, multicastSource.value].compactMap(\.self)
        receiver.policy = policy
        return receiver
    }

    package var protocolVersion: ProtocolVersion { version.value == 3 ? .v3 : .v2 }

    /// The group that advertisements go to and come from.
    package func multicastGroup(in global: GlobalDefinitions) -> IPAddress {
        multicastGroup.value
            ?? (family == .ipv4 ? global.multicastGroup4.value : global.multicastGroup6.value)
    }

    /// Version 3 has none, and the RFCs have abolished that of version 2.
    package var packetAuthentication: PacketFormats.Authentication {
        guard protocolVersion == .v2, !isStrict.value, let authentication, let kind = authentication.kind.value,
            let text = authentication.password.value
        else { return .none }
        let password = AuthenticationPassword(text.utf8)
        return kind == .simple ? .password(password) : .header(password)
    }

    /// The trailers of `auth_hmac`. Keys in files are there once `Configuration.readKeyFiles` has read them.
    package var trailerPolicy: TrailerPolicy? {
        guard let configured = messageAuthentication, !isStrict.value else { return nil }
        let keys = configured.keys.compactMap { key in
            key.value.bytes.map { TrailerKey(id: key.value.identifier, secret: $0) }
        }
        let mode: TrailerPolicy.Mode =
            switch configured.mode.value {
            case .enforce: .enforce
            case .permissive: .permissive
            case .receiveOnly: .receiveOnly
            }
        return TrailerPolicy(
            keys: keys, mode: mode,
            antiReplay: configured.replay.value == .time
                ? .time(window: Int(configured.timeWindow.value.components.seconds)) : .monotonic)
    }
}

extension KeepalivedConfig.UnicastPeer {
    package var peer: PacketFormats.UnicastPeer {
        guard minimumTTL != nil || maximumTTL != nil else { return PacketFormats.UnicastPeer(address) }
        let least = UInt8(clamping: minimumTTL ?? 0)
        return PacketFormats.UnicastPeer(address, hopLimits: least...max(least, UInt8(clamping: maximumTTL ?? 255)))
    }
}
