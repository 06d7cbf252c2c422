package import Diagnosis
import Glibc
import LocalHost

/// Reads of this host what a doctor wants to know. It changes nothing.
package enum HostInspection {
    /// Everything but what takes time to hear.
    ///
    /// - Parameters:
    ///   - examined: The configuration, whose files are looked at.
    ///   - socket: Where a director would answer, absolute.
    ///   - director: Whether one does; nil where it could not be asked.
    ///   - process: The director's process, where it is known.
    package static func read(
        for examined: ExaminedConfiguration?, socket: String, director: Bool?, process: Int?
    ) -> HostState {
        var state = HostState()
        state.host = ThisMachine.fullHostName
        state.isRoot = geteuid() == 0
        state.controlSocket = socket
        state.directorRuns = director
        state.readInterfaces()
        state.readBridges()
        state.readSysctls()
        state.readModules()
        state.readFirewall()
        state.readProcesses()
        state.readDescriptorLimit(of: process)
        state.readFiles(for: examined, socket: socket)
        state.readClock()
        return state
    }
}
