/// Where in the configuration a keyword may stand: the kind of block around it.
package enum Scope: UInt8, Hashable, Sendable, CaseIterable {
    case root
    case globalDefinitions
    case notificationEmail
    case script
    case trackProcess
    case trackFile
    case syncGroup
    case syncGroupMembers
    case instance
    case authentication
    case messageAuthentication
    case unicastPeers
    case virtualAddresses
    case routes
    case rules
    case trackedInterfaces
    case trackedScripts
    case trackedFiles
    case trackedProcesses
    case trackedSessions
    case staticAddresses
    case staticRoutes
    case staticRules
    case trackGroup
    case trackGroupMembers
    case announcementGroup
    case announcementInterfaces
    case interfaceDelays
    case linkbeatInterfaces
    case tls
    case bfdInstance
    case virtualServerGroup
    case virtualServer
    case realServer
    case tcpCheck
    case httpCheck
    case sslCheck
    case url
    case smtpCheck
    case smtpHost
    case dnsCheck
    case udpCheck
    case pingCheck
    case scriptCheck
    case fileCheck
    case bfdCheck

    /// The block's keyword, as an operator knows it.
    package var name: String {
        switch self {
        case .root: "the top level"
        case .globalDefinitions: "global_defs"
        case .notificationEmail: "notification_email"
        case .script: "vrrp_script"
        case .trackProcess: "vrrp_track_process"
        case .trackFile: "track_file"
        case .syncGroup: "vrrp_sync_group"
        case .syncGroupMembers: "group"
        case .instance: "vrrp_instance"
        case .authentication: "authentication"
        case .messageAuthentication: "auth_hmac"
        case .unicastPeers: "unicast_peer"
        case .virtualAddresses: "virtual_ipaddress"
        case .routes: "virtual_routes"
        case .rules: "virtual_rules"
        case .trackedInterfaces: "track_interface"
        case .trackedScripts: "track_script"
        case .trackedFiles: "track_file list"
        case .trackedProcesses: "track_process"
        case .trackedSessions: "track_bfd"
        case .staticAddresses: "static_ipaddress"
        case .staticRoutes: "static_routes"
        case .staticRules: "static_rules"
        case .trackGroup: "track_group"
        case .trackGroupMembers: "group of a track_group"
        case .announcementGroup: "garp_group"
        case .announcementInterfaces: "interfaces"
        case .interfaceDelays: "interface_up_down_delays"
        case .linkbeatInterfaces: "linkbeat_interfaces"
        case .tls: "SSL"
        case .bfdInstance: "bfd_instance"
        case .virtualServerGroup: "virtual_server_group"
        case .virtualServer: "virtual_server"
        case .realServer: "real_server"
        case .tcpCheck: "TCP_CHECK"
        case .httpCheck: "HTTP_GET"
        case .sslCheck: "SSL_GET"
        case .url: "url"
        case .smtpCheck: "SMTP_CHECK"
        case .smtpHost: "host"
        case .dnsCheck: "DNS_CHECK"
        case .udpCheck: "UDP_CHECK"
        case .pingCheck: "PING_CHECK"
        case .scriptCheck: "MISC_CHECK"
        case .fileCheck: "FILE_CHECK"
        case .bfdCheck: "BFD_CHECK"
        }
    }
}
