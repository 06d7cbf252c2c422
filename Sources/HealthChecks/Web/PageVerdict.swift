import HealthPolicy
import KeepalivedConfig

extension HTTPCheck.Page {
    /// What the outcome says of the server: keepalived's decision, also where a stricter one is thinkable.
    func judge(_ outcome: PageFetch.Outcome) -> CheckResult {
        switch outcome {
        case .problem(let problem): problem.result
        case .refused(.headerTooLong):
            .failed("sent a header of more than \(ResponseReader.longestHeader) bytes")
        case .refused(.bodyTooLong): .failed("sent a page of more than \(ResponseReader.longestBody >> 20) MiB")
        case .tooSlow(let patience): .failed("did not end its page within \(patience.components.seconds) s")
        case .response(let response, let withGoodbye): judge(response, withGoodbye: withGoodbye)
        }
    }

    private func judge(_ response: ResponseReader, withGoodbye: Bool) -> CheckResult {
        guard let header = response.header else { return .failed("closed the connection before a header's end") }
        if isTLSCompliant.value, !withGoodbye { return .failed("closed the TLS connection without a goodbye") }
        guard let status = header.status else { return .failed("answered without a status") }
        guard statusCodes.value.contains(where: { $0.contains(status) }) else {
            return .failed("answered \(path.value) with status \(status)")
        }
        if let digest = digest.value, let sent = response.digestText, sent != digest {
            return .failed("answered \(path.value) with a page whose digest is \(sent)")
        }
        if regex.pattern.value != nil, response.isFound == regex.isInverted.value {
            return .failed(
                regex.isInverted.value
                    ? "answered \(path.value) with a page that matches the regex"
                    : "answered \(path.value) with a page that does not match the regex")
        }
        return .passed
    }
}
