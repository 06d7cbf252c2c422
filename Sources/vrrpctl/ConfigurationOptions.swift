import ArgumentParser
import HealthChecks
import KeepalivedConfig
import LocalHost

/// The options that say which configuration is meant, for every verb that reads one.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: [.customShort("f"), .customLong("use-file"), .customLong("file")],
        help: ArgumentHelp("The configuration; - is standard input.", valueName: "FILE"), completion: .file())
    var file = "/etc/keepalived/keepalived.conf"

    @Option(
        name: [.customShort("i"), .customLong("config-id")],
        help: ArgumentHelp(
            "What @ID lines are compared with (default: the host's name up to the first dot).", valueName: "ID"))
    var configurationID: String?

    @Flag(name: [.customShort("e"), .customLong("all-config")], help: "An included file that is missing is an error.")
    var allFiles = false

    /// Reads the file with all that it includes, and finds what is wrong with it.
    ///
    /// - Parameter host: This machine; nil leaves out what depends on it.
    func read(
        host: ThisMachine? = nil
    ) -> (configuration: Configuration, diagnostics: [Diagnostic], files: [SourceFile]) {
        let context = ReadingContext(
            configurationID: configurationID ?? ReadingContext.defaultID(hostName: ThisMachine.fullHostName),
            includeChecks: allFiles ? .all : [], randomSeed: ThisMachine.randomSeed)
        return Configuration.read(
            file, in: context, from: LocalFiles(stream: file), host: host, expressions: PerlExpressions())
    }
}
