import HealthPolicy

extension ServerStream.Problem {
    /// What it means for a check.
    var result: CheckResult {
        switch self {
        case .connection(let failure): failure.result
        case .tls(let phrase): .failed("does not speak TLS: \(phrase)")
        }
    }

    /// Goes after the server's name.
    package var phrase: String {
        switch self {
        case .connection(let failure): failure.phrase
        case .tls(let phrase): "does not speak TLS: \(phrase)"
        }
    }
}
