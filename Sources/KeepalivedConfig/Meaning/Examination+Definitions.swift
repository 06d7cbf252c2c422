import Addresses

extension Examination {
    /// `global_defs`, and whether there is anything to do at all.
    mutating func examineDefinitions() {
        let global = configuration.global
        let names = configuration.instances.map(\.name.value)
        if let daemon = global.director.syncDaemon.value, let name = daemon.instance, !names.contains(name) {
            error(
                "unknown-instance", "lvs_sync_daemon follows the vrrp_instance \(name), which there is not",
                at: global.director.syncDaemon.span, suggestion: Spelling.nearest(to: name, among: names))
        }
        examineMail()
        examineSessions()
        for file in configuration.trackFiles where file.path.value == nil && file.path.origin.isStandard {
            error(
                "missing-keyword", "track_file \(file.name.value) has no file", at: file.name.span,
                expected: "file PATH")
        }
        for process in configuration.trackProcesses {
            if process.process.value.isEmpty, process.process.origin.isStandard {
                error(
                    "missing-keyword", "vrrp_track_process \(process.name.value) has no process",
                    at: process.name.span, expected: "process COMMAND")
            }
            if let most = process.quorumMaximum.value, most < process.quorum.value, most > 0 {
                error(
                    "contradiction", "quorum_max \(most) is below the quorum of \(process.quorum.value)",
                    at: process.quorumMaximum.span)
            }
        }
        for group in configuration.announcementGroups {
            if group.interface.value == nil, group.interfaces.isEmpty {
                warn("empty-group", "garp_group names no interface", at: group.place.span, expected: "interface NAME")
            } else if group.interface.value != nil, !group.interfaces.isEmpty {
                warn("two-lists", "garp_group has interface and interfaces: use one", at: group.place.span)
            }
        }
        let fifos = [global.scripts.fifo, global.scripts.vrrpFifo, global.scripts.directorFifo]
        for (index, fifo) in fifos.enumerated() {
            guard let path = fifo.value?.path else { continue }
            if let other = fifos[..<index].first(where: { $0.value?.path == path }) {
                error(
                    "duplicate-fifo", "\(path) is used for two kinds of events", at: fifo.span,
                    related: Self.related("the other is here", other.span))
            }
        }
        if configuration.instances.isEmpty, configuration.virtualServers.isEmpty, configuration.staticAddresses.isEmpty,
            configuration.staticRoutes.isEmpty, configuration.staticRules.isEmpty
        {
            warn("nothing-to-do", "there is neither a vrrp_instance nor a virtual_server: nothing would run", at: nil)
        }
    }

    /// Mail that was asked for and has nowhere to go.
    private mutating func examineMail() {
        let mail = configuration.global.mail
        var wishes =
            configuration.instances.map(\.sendsMail) + configuration.syncGroups.map(\.sendsMail)
            + configuration.virtualServers.map(\.sendsMail)
        for server in configuration.virtualServers {
            for index in server.realServers.indices where server.realServers[index].sendsMail.origin.isWritten {
                wishes.append(server.realServers[index].sendsMail)
            }
        }
        guard let wish = wishes.first(where: { $0.value && $0.origin.isWritten }) else { return }
        if mail.recipients.isEmpty {
            warn(
                "mail-goes-nowhere", "mail is asked for and there is nobody to send it to", at: wish.span,
                expected: "notification_email { ADDRESS } in global_defs")
        } else if mail.server.value == nil {
            warn(
                "mail-goes-nowhere", "mail is asked for and there is no server to send it by", at: wish.span,
                expected: "smtp_server HOST in global_defs")
        }
    }
}
