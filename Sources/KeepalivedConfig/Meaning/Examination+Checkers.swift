import Addresses

extension Examination {
    mutating func examine(_ checker: Checker, of server: RealServer) {
        let target = checker.connection.address.value ?? server.endpoint.value.address
        if let source = checker.connection.sourceAddress.value, source.family != target.family {
            error(
                "mixed-families", "\(source) cannot connect to \(target), which is of another family",
                at: checker.connection.sourceAddress.span)
        }
        if let source = checker.connection.sourceAddress.value, source.isLinkLocal,
            checker.connection.sourceInterface.value == nil
        {
            error(
                "missing-keyword", "bindto \(source) is link-local and needs an interface",
                at: checker.connection.sourceAddress.span, expected: "bind_if INTERFACE")
        }
        examinePort(of: checker, server)
        switch checker.kind {
        case .tcp, .ping, .smtp, .dns: break
        case .http(let check, let tls): examine(check, tls: tls, of: checker)
        case .udp(let check):
            if check.minimumReplyLength.value > check.maximumReplyLength.value {
                error(
                    "contradiction", "min_reply_length is above max_reply_length: no reply is right",
                    at: check.minimumReplyLength.span ?? check.maximumReplyLength.span)
            }
        case .script(let check):
            if check.command.value == nil, check.command.origin.isStandard {
                error(
                    "missing-keyword", "MISC_CHECK has no misc_path", at: checker.place.span,
                    expected: "misc_path \"COMMAND [ARGUMENT …]\"")
            }
            if let timeout = check.timeout.value, check.timeout.origin.isWritten,
                timeout > checker.timing.delayLoop.value
            {
                warn(
                    "timeout-over-interval", "misc_timeout is longer than delay_loop: runs that are due are left out",
                    at: check.timeout.span, related: Self.related("delay_loop is here", checker.timing.delayLoop.span))
            }
        case .file(let check):
            examine(
                check.file, among: configuration.trackFiles.map(\.name.value), "FILE_CHECK", "track_file",
                "unknown-track-file", checker)
        case .bfd(let check):
            examine(
                check.session, among: configuration.bfdInstances.map(\.name.value), "BFD_CHECK", "bfd_instance",
                "unknown-bfd-instance", checker)
            if let session = configuration.bfdInstances.first(where: { $0.name.value == check.session.value }),
                !session.isForCheckers
            {
                error(
                    "untold-session", "bfd_instance \(session.name.value) tells only instances: no check hears of it",
                    at: check.session.span, related: Self.related("`vrrp` is here", session.tellsVRRP.span))
            }
        }
    }

    /// Mail, names and pages have ports of their own; a bare connection or datagram has none.
    private mutating func examinePort(of checker: Checker, _ server: RealServer) {
        switch checker.kind {
        case .tcp, .udp: break
        default: return
        }
        guard checker.connection.port.value == nil, checker.connection.port.origin.isStandard,
            server.endpoint.value.port ?? 0 == 0
        else { return }
        error(
            "port-needed", "\(checker.keyword) has no port to connect to", at: checker.place.span,
            expected: "connect_port NUMBER, or real_server ADDRESS PORT")
    }

    private mutating func examine(
        _ name: Setting<String?>, among names: [String], _ keyword: String, _ kind: String, _ code: String,
        _ checker: Checker
    ) {
        guard let value = name.value else {
            if name.origin.isStandard {
                error("missing-keyword", "\(keyword) names no \(kind)", at: checker.place.span)
            }
            return
        }
        if !names.contains(value) {
            error(
                code, "there is no \(kind) \(value)", at: name.span,
                suggestion: Spelling.nearest(to: value, among: names))
        }
    }

    private mutating func examine(_ check: HTTPCheck, tls: Bool, of checker: Checker) {
        if check.pages.isEmpty {
            warn(
                "missing-keyword", "\(checker.keyword) has no url, so there is nothing to check",
                at: checker.place.span, expected: "url { path / }")
        }
        if check.serverName.value != nil, !check.sendsServerName.value {
            warn(
                "sni-off", "sni_name does nothing without enable_sni", at: check.serverName.span, expected: "enable_sni"
            )
        }
        for page in check.pages {
            let regex = page.regex
            if let pattern = regex.pattern.value {
                examine(pattern, regex.options.value, at: regex.pattern.span)
            } else if regex.pattern.origin.isStandard, regex.isInverted.value || !regex.options.value.isEmpty {
                warn(
                    "no-regex", "there is no regex that this would be for",
                    at: regex.isInverted.span ?? regex.options.span, expected: "regex PATTERN")
            }
            if let most = regex.maximumOffset.value, most < regex.minimumOffset.value {
                error(
                    "contradiction", "regex_max_offset is below regex_min_offset: nothing can match",
                    at: regex.maximumOffset.span)
            }
            if page.path.value.utf8.first != UInt8(ascii: "/"), !page.path.value.isEmpty {
                warn(
                    "bad-path", "path \(page.path.value) does not begin with a slash", at: page.path.span,
                    expected: "/\(page.path.value)")
            }
        }
    }

    private mutating func examine(_ pattern: String, _ options: [String], at span: SourceSpan?) {
        guard let fault = expressions?.fault(in: pattern, options: options) else { return }
        error(
            "bad-regex", "the regular expression \(pattern) is not valid: \(fault)", at: span,
            expected: "a regular expression as PCRE2 knows it")
    }
}
