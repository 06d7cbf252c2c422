import CLinux

/// The attributes of routes, which C has as an enumeration of its own.
enum RouteAttribute {
    static let destination = Int(RTA_DST.rawValue)
    static let encapsulation = Int(RTA_ENCAP.rawValue)
    static let encapsulationType = Int(RTA_ENCAP_TYPE.rawValue)
    static let expires = Int(RTA_EXPIRES.rawValue)
    static let gateway = Int(RTA_GATEWAY.rawValue)
    static let interface = Int(RTA_OIF.rawValue)
    static let metrics = Int(RTA_METRICS.rawValue)
    static let multipath = Int(RTA_MULTIPATH.rawValue)
    static let preference = Int(RTA_PREF.rawValue)
    static let preferredSource = Int(RTA_PREFSRC.rawValue)
    static let priority = Int(RTA_PRIORITY.rawValue)
    static let realms = Int(RTA_FLOW.rawValue)
    static let table = Int(RTA_TABLE.rawValue)
    static let ttlPropagation = Int(RTA_TTL_PROPAGATE.rawValue)
    static let via = Int(RTA_VIA.rawValue)
}
