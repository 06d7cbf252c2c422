import CLinux
import Glibc

/// Starts this program once more, in the other role.
enum SecondProcess {
    /// - Parameters:
    ///   - arguments: Those of this process.
    ///   - role: What the new one is.
    ///   - kept: Descriptors that it gets.
    ///   - services: What it needs to talk to the service manager.
    static func start(
        _ arguments: [String], as role: ProcessRole, keeping kept: [Int32], services: ServiceManager
    ) throws(DirectorError) -> Int32 {
        let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        services.putBack()
        let error = clinux_start_again(
            words, ProcessRole.variable, role.text, kept, UInt32(kept.count), &process)
        services.takeAway()
        guard error == 0 else {
            throw DirectorError("cannot start a second process: \(String(cString: strerror(error)))")
        }
        return process
    }
}
