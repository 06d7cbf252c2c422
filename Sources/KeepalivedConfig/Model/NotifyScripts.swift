/// What is run when the state of an instance or a sync group changes.
package struct NotifyScripts: Hashable, Sendable {
    package var any = Setting<ScriptCommand?>(nil)
    package var active = Setting<ScriptCommand?>(nil)
    package var backup = Setting<ScriptCommand?>(nil)
    package var fault = Setting<ScriptCommand?>(nil)
    package var stop = Setting<ScriptCommand?>(nil)
    /// Of an instance only.
    package var activeHeardLowerPriority = Setting<ScriptCommand?>(nil)
    package var deleted = Setting<ScriptCommand?>(nil)
    /// Whether a deleted instance says DELETED instead of FAULT.
    package var saysDeleted = Setting(false)

    package init() {}

    package var all: [Setting<ScriptCommand?>] {
        [any, active, backup, fault, stop, activeHeardLowerPriority, deleted]
    }
}
