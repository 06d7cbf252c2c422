package import KeepalivedConfig

/// Something about an instance or a sync group that scripts, readers of the FIFOs and mail are told.
package struct Notice: Hashable, Sendable {
    package enum Subject: String, Hashable, Sendable {
        case instance = "INSTANCE"
        case group = "GROUP"
    }

    /// The words are keepalived's: scripts compare them.
    package enum State: String, Hashable, Sendable {
        case active = "MASTER"
        case backup = "BACKUP"
        case fault = "FAULT"
        case stop = "STOP"
        /// The configuration does not have it any more. Without `notify_deleted` that is told as FAULT.
        case deleted = "DELETED"
        /// The active router has heard one with a lower priority.
        case activeHeardLowerPriority = "MASTER_RX_LOWER_PRI"
        /// The effective priority has changed; only for those that have `notify_priority_changes`, and only to FIFOs.
        case activePriority = "MASTER_PRIORITY"
        case backupPriority = "BACKUP_PRIORITY"
    }

    package var subject: Subject
    package var name: String
    package var state: State
    /// The effective priority; 0 for a group.
    package var priority: Int
    /// The scripts of the instance or group.
    package var scripts: NotifyScripts
    /// Whether there is mail about it (`smtp_alert`).
    package var sendsMail: Bool

    package init(
        _ subject: Subject = .instance, _ name: String, _ state: State, priority: Int, scripts: NotifyScripts,
        sendsMail: Bool = false
    ) {
        self.subject = subject
        self.name = name
        self.state = state
        self.priority = priority
        self.scripts = scripts
        self.sendsMail = sendsMail
    }

    /// The state as it is told.
    var toldState: State { state == .deleted && !scripts.saysDeleted.value ? .fault : state }

    /// What goes to the FIFOs, with its line feed.
    package var line: String { "\(subject.rawValue) \"\(name)\" \(toldState.rawValue) \(priority)\n" }

    /// What is to be run, in order: the state's own script with its own arguments, then `notify` with four more.
    var calls: [ScriptCall] {
        let own: (keyword: String, command: ScriptCommand?)
        switch toldState {
        case .active: own = ("notify_master", scripts.active.value)
        case .backup: own = ("notify_backup", scripts.backup.value)
        case .fault: own = ("notify_fault", scripts.fault.value)
        case .stop: own = ("notify_stop", scripts.stop.value)
        case .deleted: own = ("notify_deleted", scripts.deleted.value)
        case .activeHeardLowerPriority:
            own = ("notify_master_rx_lower_pri", scripts.activeHeardLowerPriority.value)
        case .activePriority, .backupPriority: return []
        }
        var calls: [ScriptCall] = []
        if let command = own.command { calls.append(ScriptCall("\(own.keyword) of \(name)", command)) }
        if toldState != .activeHeardLowerPriority, let command = scripts.any.value {
            let arguments = [subject.rawValue, name, toldState.rawValue, String(priority)]
            calls.append(ScriptCall("notify of \(name)", command, arguments: arguments))
        }
        return calls
    }
}
