import ArgumentParser
import Director
import LocalHost

/// Which daemon is meant, for every verb that runs one or asks one.
struct ControlOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The control socket of the daemon.", valueName: "PATH"), completion: .file())
    var socket = "/run/vrrpctl/control.sock"

    var state: StateFiles { StateFiles(socket: socket, workingFolder: LocalFiles().folder(of: "x")) }
}
