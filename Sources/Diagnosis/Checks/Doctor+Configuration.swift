import KeepalivedConfig

extension Doctor {
    /// Diagnostics that are about this host and not about the text, and how bad they are for a running service.
    private static let hostChecks: [String: Severity] = [
        "script-missing": .error, "script-not-executable": .error, "script-insecure": .warning,
        "unknown-user": .warning, "unknown-group": .warning, "too-many-addresses": .warning,
    ]

    /// What the checks of interfaces say in more words.
    private static let foundElsewhere: Set<String> = ["missing-interface", "interface-down"]

    mutating func examineConfiguration() {
        guard let examined else {
            find(
                .note, "no-configuration", "", "no configuration was examined: only the host itself was",
                mend: ["vrrpctl doctor -f FILE"])
            return
        }
        let others = examined.diagnostics.filter { !Self.foundElsewhere.contains($0.code) }
        let errors = others.filter { $0.severity == .error }
        let warnings = others.filter { $0.severity == .warning && Self.hostChecks[$0.code] == nil }
        if !errors.isEmpty || !warnings.isEmpty {
            let counts = [(errors.count, "error"), (warnings.count, "warning")].filter { $0.0 > 0 }
                .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
            find(
                errors.isEmpty ? .note : .error, "configuration-faults", examined.path,
                "the configuration has \(counts.joined(separator: " and "))",
                evidence: (errors + warnings).prefix(5).map(shown),
                mend: ["vrrpctl check -f \(ShellWord.quoted(examined.path))"])
        }
        for diagnostic in examined.diagnostics {
            guard var severity = Self.hostChecks[diagnostic.code] else { continue }
            if diagnostic.severity == .error { severity = .error }
            find(
                severity, diagnostic.code, "", diagnostic.message, evidence: [place(diagnostic)],
                mend: [diagnostic.expected].compactMap { $0 })
        }
        if instances.isEmpty, virtualServers.isEmpty, errors.isEmpty {
            find(.note, "empty-configuration", examined.path, "there is no vrrp_instance and no virtual_server in it")
        }
    }

    private func place(_ diagnostic: Diagnostic) -> String {
        guard let examined, let span = diagnostic.span else { return examined?.path ?? "" }
        let file = Int(span.file)
        let path = examined.files.indices.contains(file) ? examined.files[file] : examined.path
        return "\(path):\(span.line)"
    }

    private func shown(_ diagnostic: Diagnostic) -> String {
        "\(place(diagnostic)): \(diagnostic.severity == .error ? "error" : "warning"): \(diagnostic.message)"
    }
}
