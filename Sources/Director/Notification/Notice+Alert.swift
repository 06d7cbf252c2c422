extension Notice {
    /// What is mailed about it, in keepalived's words; nil where it sends no mail.
    var alert: Alert? {
        guard sendsMail else { return nil }
        let said: (title: String, instance: String, group: String)
        switch toldState {
        case .active: said = ("Entering MASTER state", "now owning", "now in MASTER state")
        case .backup: said = ("Entering BACKUP state", "no longer owning", "now in BACKUP state")
        case .fault: said = ("Entering FAULT state", "no longer owning", "now in FAULT state")
        case .stop: said = ("Stopping", "", "now stopping")
        case .deleted: said = ("Deleted", "", "deleted")
        case .activeHeardLowerPriority, .activePriority, .backupPriority: return nil
        }
        switch subject {
        case .group:
            return Alert(
                subject: "VRRP Group \(name) - \(said.title)", finding: "All VRRP group instances are \(said.group)")
        case .instance:
            let finding =
                switch toldState {
                case .stop: "VRRP Instance stopping"
                case .deleted: "VRRP Deleted at reload"
                default: "VRRP Instance is \(said.instance) VRRP VIPs"
                }
            return Alert(subject: "VRRP Instance \(name) - \(said.title)", finding: finding)
        }
    }
}
