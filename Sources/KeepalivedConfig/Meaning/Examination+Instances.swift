import Addresses

extension Examination {
    mutating func examineInstance(_ index: Int) {
        examineIdentity(index)
        examineState(index)
        examineInterval(index)
        examineAuthentication(index)
        examineUnicast(index)
        examineMulticast(index)
        examineAddresses(index)
    }

    // MARK: What every instance needs

    private mutating func examineIdentity(_ index: Int) {
        let instance = configuration.instances[index]
        let (name, span) = (instance.name.value, instance.name.span)
        if instance.virtualRouterID.value == nil, instance.virtualRouterID.origin.isStandard {
            error(
                "missing-keyword", "vrrp_instance \(name) has no virtual_router_id", at: span,
                expected: "virtual_router_id 1 to 255, the same on all nodes of this virtual router")
        }
        guard instance.interface.value == nil, instance.interface.origin.isStandard else {
            if instance.interface.value == "lo" {
                error("bad-interface", "VRRP does not run on the loopback interface", at: instance.interface.span)
            }
            return
        }
        if instance.unicastPeers.isEmpty {
            error(
                "missing-keyword", "vrrp_instance \(name) has no interface", at: span,
                expected: "interface NAME; only unicast instances with unicast_src_ip go without")
        } else if instance.unicastSource.value == nil {
            error(
                "missing-keyword", "vrrp_instance \(name) has neither an interface nor unicast_src_ip", at: span,
                expected: "one of the two")
        } else if instance.unicastSource.value?.isLinkLocal == true {
            error(
                "missing-keyword", "vrrp_instance \(name) has a link-local source, which needs an interface", at: span,
                expected: "interface NAME")
        }
    }

    // MARK: State and preemption

    private mutating func examineState(_ index: Int) {
        let instance = configuration.instances[index]
        let strict = instance.isStrict
        let masterSpan = instance.state.span
        if instance.state.value == .active, instance.state.origin.isFile {
            if !instance.preempts.value, instance.priority.value != 255 {
                warn(
                    "nopreempt-with-master", "nopreempt is not taken with state MASTER", at: instance.preempts.span,
                    expected: "state BACKUP on every node",
                    related: Self.related("state MASTER is here", masterSpan))
                configuration.instances[index].preempts.force(true, .stateMaster, masterSpan)
            }
            if instance.preemptDelay.value > .zero {
                warn(
                    "preempt-delay-with-master", "preempt_delay is not taken with state MASTER",
                    at: instance.preemptDelay.span, expected: "state BACKUP",
                    related: Self.related("state MASTER is here", masterSpan))
                configuration.instances[index].preemptDelay.force(.zero, .stateMaster, masterSpan)
            }
            if strict.value, instance.priority.value != 255 {
                warn(
                    "strict-state", "in strict mode state MASTER is for priority 255 alone", at: masterSpan,
                    related: Self.related("strict mode is set here", strict.span))
                configuration.instances[index].state.force(.backup, .strictMode, strict.span)
            }
        }
        if instance.priority.value == 255, !instance.preempts.value {
            warn(
                "nopreempt-of-owner", "priority 255 always preempts: nopreempt is not taken",
                at: instance.preempts.span, related: Self.related("the priority is here", instance.priority.span))
            configuration.instances[index].preempts.force(true, .ownerPriority, instance.priority.span)
        } else if !instance.preempts.value, instance.preemptDelay.value > .zero, instance.state.value == .backup {
            warn(
                "preempt-delay-with-nopreempt", "with nopreempt there is nothing for preempt_delay to delay",
                at: instance.preemptDelay.span, related: Self.related("nopreempt is here", instance.preempts.span))
        }
        if strict.value, instance.preemptDelay.value > .zero {
            warn("strict-preempt-delay", "strict mode has no preempt_delay", at: instance.preemptDelay.span)
            configuration.instances[index].preemptDelay.force(.zero, .strictMode, strict.span)
        }
        if strict.value, instance.transmitsOnBase.value {
            warn(
                "strict-vmac", "strict mode does not advertise on the base interface", at: instance.transmitsOnBase.span
            )
            configuration.instances[index].transmitsOnBase.force(false, .strictMode, strict.span)
        }
        if strict.value, instance.accepts.value, instance.accepts.origin.isFile, instance.version.value == 2 {
            warn("strict-accept", "in strict mode version 2 has no accept", at: instance.accepts.span)
        }
    }

    // MARK: What the version can carry

    private mutating func examineInterval(_ index: Int) {
        let instance = configuration.instances[index]
        let interval = instance.advertisementInterval
        let micros = interval.value.microseconds
        if instance.family == .ipv6, instance.version.value == 2 {
            warn(
                "ipv6-needs-version-3",
                "version 2 is for IPv4 only, and the addresses are IPv6: version 3 is taken", at: instance.version.span,
                expected: "version 3",
                related: Self.related("the first address is here", instance.addresses.first?.span))
            configuration.instances[index].version.force(3, .ipv6Addresses, instance.addresses.first?.span)
            return
        }
        let global = configuration.global.version
        if instance.family == .ipv6, instance.version.origin == .because(.ipv6Addresses, instance.version.span),
            global.origin.isFile, global.value == 2
        {
            warn(
                "ipv6-needs-version-3", "vrrp_version 2 is for IPv4 only: instances with IPv6 addresses take version 3",
                at: global.span, related: Self.related("the first address is here", instance.addresses.first?.span))
        }
        let related: [Diagnostic.Related] =
            instance.version.origin.isStandard
            ? [] : Self.related("version \(instance.version.value) comes from here", instance.version.span)
        if instance.version.value == 2, micros % 1_000_000 != 0 {
            let rounded = Duration.seconds(max(1, (micros + 500_000) / 1_000_000))
            warn(
                "interval-version",
                "version 2 cannot advertise every \(interval.value.secondsText) seconds: "
                    + "\(rounded.secondsText) is taken", at: interval.span,
                expected: "whole seconds from 1 to 255, or version 3 on all nodes", related: related)
            configuration.instances[index].advertisementInterval.force(rounded, .version2Interval, interval.span)
        } else if instance.version.value == 3, micros > 40_950_000 {
            warn(
                "interval-version",
                "version 3 cannot advertise every \(interval.value.secondsText) seconds: 40.95 is taken",
                at: interval.span, expected: "0.01 to 40.95 seconds", related: related)
            configuration.instances[index].advertisementInterval.value = .milliseconds(40_950)
        }
    }

    // MARK: Authentication

    private mutating func examineAuthentication(_ index: Int) {
        let instance = configuration.instances[index]
        if let authentication = instance.authentication {
            examine(authentication, of: instance, index)
        }
        if let messages = instance.messageAuthentication { examine(messages, of: instance, index) }
    }

    private mutating func examine(_ authentication: Authentication, of instance: VRRPInstance, _ index: Int) {
        let span = authentication.kind.span ?? authentication.password.span ?? instance.name.span
        if let password = authentication.password.value, password.utf8.count > 8 {
            let kept = String(decoding: password.utf8.prefix(8), as: UTF8.self)
            warn(
                "password-too-long",
                "only the first 8 bytes of auth_pass count: \(password.utf8.count - 8) are cut off",
                at: authentication.password.span, expected: "at most 8 bytes, the same on all nodes")
            configuration.instances[index].authentication?.password.value = kept
        }
        if authentication.password.value == nil, authentication.password.origin.isStandard {
            warn(
                "missing-keyword", "authentication without auth_pass protects nothing: the block is ignored", at: span,
                expected: "auth_pass PASSWORD, or no authentication block")
            configuration.instances[index].authentication = nil
            return
        }
        if authentication.kind.value == nil, authentication.kind.origin.isStandard {
            warn(
                "missing-keyword", "authentication without auth_type is taken as PASS", at: span,
                expected: "auth_type PASS")
            configuration.instances[index].authentication?.kind.value = .simple
        }
        let isHeader = authentication.kind.value == .header
        if instance.version.value == 3 {
            warn(
                "authentication-version", "version 3 has no authentication: the block is ignored", at: span,
                expected: "auth_hmac, or version 2",
                related: Self.related("version 3 comes from here", instance.version.span))
            configuration.instances[index].authentication = nil
        } else if instance.isStrict.value {
            warn(
                "strict-authentication", "strict mode has no authentication: the block is ignored", at: span,
                related: Self.related("strict mode is set here", instance.isStrict.span))
            configuration.instances[index].authentication = nil
        } else if isHeader, instance.state.value == .active, instance.priority.value != 255 {
            warn(
                "header-with-master", "with auth_type AH it starts as BACKUP, to learn the sequence number",
                at: instance.state.span)
            configuration.instances[index].state.value = .backup
        }
    }

    private mutating func examine(_ messages: MessageAuthentication, of instance: VRRPInstance, _ index: Int) {
        let span = messages.keys.first?.span ?? messages.activeKey.span ?? instance.name.span
        if messages.keys.isEmpty {
            error("missing-keyword", "auth_hmac has no key that can be taken", at: span, expected: "key NUMBER KEY")
            return
        }
        if let active = messages.activeKey.value {
            if !messages.keys.contains(where: { Int($0.value.identifier) == active }) {
                error("unknown-key", "there is no key \(active)", at: messages.activeKey.span)
            }
        } else if messages.keys.count == 1, let only = messages.keys.first {
            configuration.instances[index].messageAuthentication?.activeKey.value = Int(only.value.identifier)
        } else {
            error(
                "missing-keyword", "with several keys auth_hmac must say which is sent", at: span,
                expected: "active_key NUMBER")
        }
        for key in messages.keys {
            if let path = key.value.file, let host, !host.hasReadableFile(path) {
                error("missing-file", "the key's file \(path) cannot be read", at: key.span)
            }
        }
        if instance.authentication != nil, instance.version.value == 2 {
            warn("two-authentications", "auth_hmac and authentication are both set", at: span)
        }
    }
}
