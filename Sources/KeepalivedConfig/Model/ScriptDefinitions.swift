/// Scripts of the whole daemon, and how all scripts are run.
package struct ScriptDefinitions: Hashable, Sendable {
    package struct Fifo: Hashable, Sendable {
        package var path: String
        package var user: String?
        package var group: String?
    }

    package var isSecured = Setting(false)
    /// Nil for the user keepalived_script if there is one, or else the daemon's.
    package var user = Setting<ScriptUser?>(nil)
    package var startup = Setting<ScriptCommand?>(nil)
    package var startupTimeout = Setting(Duration.seconds(10))
    package var shutdown = Setting<ScriptCommand?>(nil)
    package var shutdownTimeout = Setting(Duration.seconds(10))
    package var fifo = Setting<Fifo?>(nil)
    package var fifoScript = Setting<ScriptCommand?>(nil)
    package var vrrpFifo = Setting<Fifo?>(nil)
    package var vrrpFifoScript = Setting<ScriptCommand?>(nil)
    package var directorFifo = Setting<Fifo?>(nil)
    package var directorFifoScript = Setting<ScriptCommand?>(nil)
    package var notifiesPriorityChanges = Setting(false)
    package var writesStatesOnReload = Setting(false)

    package init() {}
}
