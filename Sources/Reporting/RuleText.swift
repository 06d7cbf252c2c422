import Addresses
package import IPVSModel

/// Rules in the form that `-S` writes and `-R` reads.
package struct RuleText {
    package var names: any EndpointNames

    package init(names: any EndpointNames) {
        self.names = names
    }

    /// `-A …` or `-E …`, without the line's end.
    package func write(_ command: StaticString, _ service: VirtualService, into text: inout Text) {
        text.append(command)
        write(service.identity, into: &text)
        text.append(" -s ")
        text.append(service.scheduler)
        if service.flags.contains(.persistent) {
            text.append(" -p ")
            text.append(service.persistenceTimeout)
            if !service.hasWholeMask {
                text.append(" -M ")
                text.append(maskOf: service)
            }
        }
        if !service.persistenceEngine.isEmpty {
            text.append(" --pe ")
            text.append(service.persistenceEngine)
        }
        if service.flags.contains(.onePacket) { text.append(" -o") }
        let flags = service.schedulerFlagNames
        if !flags.isEmpty {
            text.append(" -b ")
            text.appendList(flags)
        }
    }

    /// `-a …` or `-e …`, without the line's end.
    package func write(
        _ command: StaticString, _ server: RealServer, of identity: VirtualService.Identity, into text: inout Text
    ) {
        write(command, server.endpoint, of: identity, into: &text)
        text.append(server.forwarding.ruleOption)
        text.append(" -w ")
        text.append(server.weight)
        if server.forwarding == .tunnel { write(server.tunnel, into: &text) }
        if server.upperThreshold != 0 {
            text.append(" -x ")
            text.append(server.upperThreshold)
        }
        if server.lowerThreshold != 0 {
            text.append(" -y ")
            text.append(server.lowerThreshold)
        }
    }

    /// `-d …`, without the line's end.
    package func write(
        _ command: StaticString, _ endpoint: RealServer.Endpoint, of identity: VirtualService.Identity,
        into text: inout Text
    ) {
        text.append(command)
        write(identity, into: &text)
        text.append(" -r ")
        names.write(endpoint, identity.transport, into: &text)
    }

    /// The options that name a service, with a space before them.
    package func write(_ identity: VirtualService.Identity, into text: inout Text) {
        switch identity {
        case .firewallMark(let mark, let family):
            text.append(" -f ")
            text.append(mark)
            if family == .ipv6 { text.append(" -6") }
        case .address(let transport, let address, let port):
            text.append(transport.ruleOption)
            names.write(address, port, transport, into: &text)
        }
    }

    private func write(_ tunnel: Tunnel, into text: inout Text) {
        switch tunnel.type {
        case .gue:
            text.append(" --tun-type gue --tun-port ")
            text.append(tunnel.port)
            text.append(tunnel.checksum.ruleOption)
        case .gre:
            text.append(" --tun-type gre")
            text.append(tunnel.checksum.ruleOption)
        default:
            text.append(" --tun-type ipip")
        }
    }
}

extension TableChange {
    /// The change as one ipvsadm command line without the program's name.
    package func write(with rules: RuleText, into text: inout Text) {
        switch self {
        case .addService(let service): rules.write("-A", service, into: &text)
        case .editService(let service): rules.write("-E", service, into: &text)
        case .deleteService(let identity):
            text.append("-D")
            rules.write(identity, into: &text)
        case .addServer(let server, let identity): rules.write("-a", server, of: identity, into: &text)
        case .editServer(let server, let identity): rules.write("-e", server, of: identity, into: &text)
        case .deleteServer(let endpoint, let identity): rules.write("-d", endpoint, of: identity, into: &text)
        }
    }
}

extension TransportProtocol {
    fileprivate var ruleOption: StaticString {
        switch self {
        case .udp: " -u "
        case .sctp: " --sctp-service "
        default: " -t "
        }
    }
}

extension ForwardingMethod {
    /// The rule language has no words for local delivery and bypass: a server on this machine comes back as `-g`.
    fileprivate var ruleOption: StaticString {
        switch self {
        case .masquerade: " -m"
        case .tunnel: " -i"
        default: " -g"
        }
    }
}

extension TunnelChecksum {
    /// Bits that the rule language has no word for are left out.
    fileprivate var ruleOption: StaticString {
        if rawValue & Self.checksum.rawValue != 0 { return " --tun-csum" }
        return rawValue & Self.remote.rawValue != 0 ? " --tun-remcsum" : " --tun-nocsum"
    }
}
