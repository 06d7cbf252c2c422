extension Keyword {
    /// What holds where a keyword is not written because a wider block says it, for the manual page. Nil where no wider
    /// block does.
    package static func widerDefault(of name: String, in scope: Scope) -> String? {
        switch scope {
        case .instance: ofInstance(name)
        case .syncGroup: ofGroup(name)
        case .virtualServer where name == "smtp_alert": "smtp_alert_checker"
        case .realServer: ofRealServer(name)
        case .url where name == "tls_compliant": "the check's"
        case .tcpCheck, .httpCheck, .sslCheck, .smtpCheck, .smtpHost, .dnsCheck, .udpCheck, .pingCheck, .scriptCheck,
            .bfdCheck:
            ofCheck(name)
        default: nil
        }
    }

    private static func ofInstance(_ name: String) -> String? {
        switch name {
        case "garp_master_delay", "garp_master_repeat", "garp_master_refresh", "garp_master_refresh_repeat",
            "garp_extra_if", "lower_prio_no_advert", "higher_prio_send_advert", "owner_ignore_adverts",
            "down_timer_adverts", "skip_check_adv_addr", "check_unicast_src":
            "vrrp_\(name)"
        case "v3_checksum_as_v2": "that of global_defs"
        case "strict_mode": "vrrp_strict"
        default: ofGroup(name)
        }
    }

    private static func ofGroup(_ name: String) -> String? {
        switch name {
        case "smtp_alert": "smtp_alert_vrrp"
        case "notify_priority_changes": "vrrp_notify_priority_changes"
        default: nil
        }
    }

    private static func ofRealServer(_ name: String) -> String? {
        switch name {
        case "weight", "alpha", "inhibit_on_failure": "the virtual server's"
        case "smtp_alert": "smtp_alert_checker, or else yes"
        default: nil
        }
    }

    private static func ofCheck(_ name: String) -> String? {
        switch name {
        case "alpha": "the real server's"
        case "log_all_failures": "checker_log_all_failures"
        default: nil
        }
    }
}
