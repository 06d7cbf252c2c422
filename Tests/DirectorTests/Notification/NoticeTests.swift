import KeepalivedConfig
import Testing

@testable import Director

/// What is run and written for a change of state; arguments and lines are those of keepalived 2.2.7.
struct NoticeTests {
    private static var scripts: NotifyScripts {
        var scripts = NotifyScripts()
        scripts.any.value = ScriptCommand(words: ["/any", "own"], text: "/any own")
        scripts.active.value = ScriptCommand(words: ["/active"], text: "/active")
        scripts.backup.value = ScriptCommand(words: ["/backup"], text: "/backup")
        scripts.fault.value = ScriptCommand(words: ["/fault"], text: "/fault")
        scripts.stop.value = ScriptCommand(words: ["/stop"], text: "/stop")
        scripts.deleted.value = ScriptCommand(words: ["/deleted"], text: "/deleted")
        scripts.activeHeardLowerPriority.value = ScriptCommand(words: ["/lower"], text: "/lower")
        return scripts
    }

    private func notice(_ state: Notice.State, saysDeleted: Bool = false) -> Notice {
        var scripts = Self.scripts
        scripts.saysDeleted.value = saysDeleted
        return Notice(.instance, "VI_1", state, priority: 150, scripts: scripts)
    }

    @Test(arguments: [
        (Notice.State.active, "/active", "MASTER"), (.backup, "/backup", "BACKUP"), (.fault, "/fault", "FAULT"),
        (.stop, "/stop", "STOP"),
    ])
    func theStatesOwnScriptComesFirst(state: Notice.State, own: String, word: String) {
        let calls = notice(state).calls
        #expect(calls.map(\.command.words) == [[own], ["/any", "own"]])
        #expect(calls.map(\.arguments) == [[], ["INSTANCE", "VI_1", word, "150"]])
        #expect(calls.last?.title == "notify of VI_1")
        #expect(notice(state).line == "INSTANCE \"VI_1\" \(word) 150\n")
    }

    @Test
    func deletedIsToldAsFaultUnlessAskedFor() {
        #expect(notice(.deleted).calls.map(\.command.words.first) == ["/fault", "/any"])
        #expect(notice(.deleted).line == "INSTANCE \"VI_1\" FAULT 150\n")
        #expect(notice(.deleted, saysDeleted: true).calls.map(\.command.words.first) == ["/deleted", "/any"])
        #expect(notice(.deleted, saysDeleted: true).line == "INSTANCE \"VI_1\" DELETED 150\n")
    }

    @Test
    func aLowerPriorityIsToldToItsOwnScriptOnly() {
        #expect(notice(.activeHeardLowerPriority).calls.map(\.command.words.first) == ["/lower"])
        #expect(notice(.activeHeardLowerPriority).line == "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 150\n")
    }

    @Test
    func prioritiesAreToldToFifosOnly() {
        #expect(notice(.activePriority).calls.isEmpty)
        #expect(notice(.activePriority).line == "INSTANCE \"VI_1\" MASTER_PRIORITY 150\n")
        #expect(notice(.backupPriority).line == "INSTANCE \"VI_1\" BACKUP_PRIORITY 150\n")
    }

    @Test
    func groupsSayGroup() {
        let notice = Notice(.group, "G", .backup, priority: 0, scripts: Self.scripts)
        #expect(notice.calls.last?.arguments == ["GROUP", "G", "BACKUP", "0"])
        #expect(notice.line == "GROUP \"G\" BACKUP 0\n")
    }
}
