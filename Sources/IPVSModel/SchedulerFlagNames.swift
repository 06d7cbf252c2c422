extension VirtualService {
    /// The names of the three scheduler flags under this service's scheduler, lowest bit first. The kernel gives the
    /// flags a meaning for `sh` and `mh` only.
    public var schedulerFlagNames: [String] {
        var names: [String] = []
        for (flag, name) in Self.flagNames(scheduler: scheduler) where flags.contains(flag) { names.append(name) }
        return names
    }

    /// A flag by its number, which every scheduler takes, or by the name that it has under this scheduler.
    package static func flag(_ name: String, scheduler: String) -> Flags? {
        let names = flagNames(scheduler: "") + flagNames(scheduler: scheduler)
        return names.first { $0.name == name }?.flag
    }

    package static func flagNames(scheduler: String) -> [(flag: Flags, name: String)] {
        switch scheduler {
        case "sh": [(.scheduler1, "sh-fallback"), (.scheduler2, "sh-port"), (.scheduler3, "flag-3")]
        case "mh": [(.scheduler1, "mh-fallback"), (.scheduler2, "mh-port"), (.scheduler3, "flag-3")]
        default: [(.scheduler1, "flag-1"), (.scheduler2, "flag-2"), (.scheduler3, "flag-3")]
        }
    }
}
