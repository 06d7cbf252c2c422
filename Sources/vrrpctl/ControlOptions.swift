import ArgumentParser
import Director
import Glibc
import LocalHost
import VRRPReporting

/// Which daemon is meant, for every verb that runs one or asks one.
struct ControlOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The control socket of the daemon.", valueName: "PATH"), completion: .file())
    var socket = Self.usualSocket

    static let usualSocket = "/run/vrrpctl/control.sock"

    var state: StateFiles { StateFiles(socket: socket, workingFolder: LocalFiles().folder(of: "x")) }

    /// Asks the daemon.
    ///
    /// - Throws: The exit status that says what kept it from answering, after a message.
    func ask<Answer>(_ body: (ControlClient) throws(ControlFailure) -> Answer) throws(ExitCode) -> Answer {
        do throws(ControlFailure) {
            return try body(ControlClient(path: state.socket))
        } catch {
            StandardStream.write("vrrpctl: \(ShownText.harmless(error.message))\n", to: STDERR_FILENO)
            throw ExitCode(error.status)
        }
    }
}
