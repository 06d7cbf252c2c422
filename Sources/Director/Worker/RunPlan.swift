package import KeepalivedConfig

/// What `vrrpctl run` was asked for.
package struct RunPlan {
    /// The configuration: a file, or what stands for one.
    package var file: String
    package var files: any ConfigurationFiles
    package var context: ReadingContext
    package var state: StateFiles
    package var logFormat: LogFormat
    package var logLevel: LogLevel

    package init(
        file: String, files: any ConfigurationFiles, context: ReadingContext, state: StateFiles, logFormat: LogFormat,
        logLevel: LogLevel
    ) {
        self.file = file
        self.files = files
        self.context = context
        self.state = state
        self.logFormat = logFormat
        self.logLevel = logLevel
    }
}
