/// The parts that only one kind of check has. Reading another kind's gives its defaults; setting them does nothing.
extension Checker {
    var http: HTTPCheck {
        get { if case .http(let check, _) = kind { check } else { HTTPCheck() } }
        set { if case .http(_, let tls) = kind { kind = .http(newValue, tls: tls) } }
    }

    var smtp: SMTPCheck {
        get { if case .smtp(let check) = kind { check } else { SMTPCheck() } }
        set { if case .smtp = kind { kind = .smtp(newValue) } }
    }

    var dns: DNSCheck {
        get { if case .dns(let check) = kind { check } else { DNSCheck() } }
        set { if case .dns = kind { kind = .dns(newValue) } }
    }

    var udp: UDPCheck {
        get { if case .udp(let check) = kind { check } else { UDPCheck() } }
        set { if case .udp = kind { kind = .udp(newValue) } }
    }

    var script: ScriptCheck {
        get { if case .script(let check) = kind { check } else { ScriptCheck() } }
        set { if case .script = kind { kind = .script(newValue) } }
    }

    var file: FileCheck {
        get { if case .file(let check) = kind { check } else { FileCheck() } }
        set { if case .file = kind { kind = .file(newValue) } }
    }

    var bfd: BFDCheck {
        get { if case .bfd(let check) = kind { check } else { BFDCheck() } }
        set { if case .bfd = kind { kind = .bfd(newValue) } }
    }
}
