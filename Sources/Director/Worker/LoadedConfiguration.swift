import HealthChecks
package import KeepalivedConfig
import LocalHost
package import VRRPReporting

/// A configuration as it was read just now, with all that is wrong with it.
package struct LoadedConfiguration {
    package var configuration: Configuration
    package var report: DiagnosticReport

    /// Reads the plan's configuration, and the keys that it keeps in files.
    package init(_ plan: RunPlan) {
        var (configuration, diagnostics, files) = Configuration.read(
            plan.file, in: plan.context, from: plan.files, host: ThisMachine(), expressions: PerlExpressions())
        diagnostics += configuration.readKeyFiles(from: LocalFiles())
        configuration.shareEqualParts()
        self.configuration = configuration
        report = DiagnosticReport(path: plan.file, files: files, diagnostics: diagnostics)
    }

    /// Whether it can be run. With an error in it somebody would get something else than was asked for.
    package var runs: Bool { report.errorCount == 0 }

    /// Each fault with its place, one a line: `FILE:LINE:COLUMN: error: …`.
    package func lines(of severity: Diagnostic.Severity? = nil) -> [String] {
        report.diagnostics.compactMap { diagnostic in
            guard severity == nil || diagnostic.severity == severity else { return nil }
            let place = diagnostic.span.map { ":\($0.line):\($0.column)" } ?? ""
            let path = diagnostic.span.map { report.path(of: $0) } ?? report.path
            let kind = diagnostic.severity == .error ? "error" : "warning"
            return "\(path)\(place): \(kind): \(diagnostic.message)"
        }
    }
}
