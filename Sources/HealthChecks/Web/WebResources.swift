package import KeepalivedConfig

/// What checks of pages share: the TLS settings and the compiled expressions. Made when a check first needs it, so that
/// a director without such checks pays for none of it.
package final class WebResources {
    private let credentials: TLSCredentials?
    private var context: Result<TLSContext, TLSContext.Failure>?
    private var expressions: [ExpressionKey: Result<RegularExpression, RegularExpression.CompileError>] = [:]

    private struct ExpressionKey: Hashable {
        let pattern: String
        let options: [String]
    }

    /// Why this host cannot make an attempt; goes after "cannot be checked: ".
    struct Lacking: Error {
        let phrase: String
    }

    package init(tls credentials: TLSCredentials?) {
        self.credentials = credentials
    }

    func session(for serverName: String?) throws(Lacking) -> TLSSession {
        let context = try sharedContext()
        guard let session = TLSSession(context, serverName: serverName) else {
            throw Lacking(phrase: "this host has no memory left")
        }
        return session
    }

    private func sharedContext() throws(Lacking) -> TLSContext {
        if context == nil {
            context = Result { () throws(TLSContext.Failure) in
                try TLSContext(
                    password: credentials?.password.value, authority: credentials?.authority.value,
                    certificate: credentials?.certificate.value, key: credentials?.key.value)
            }
        }
        switch context {
        case .success(let context): return context
        case .failure(let failure): throw Lacking(phrase: failure.phrase)
        case nil: throw Lacking(phrase: "there is no TLS")
        }
    }

    /// The search for the page's expression; nil if it has none.
    func search(for page: HTTPCheck.Page) throws(Lacking) -> ResponseSearch? {
        guard let pattern = page.regex.pattern.value else { return nil }
        let key = ExpressionKey(pattern: pattern, options: page.regex.options.value)
        let expression =
            expressions[key]
            ?? Result { () throws(RegularExpression.CompileError) in
                try RegularExpression(pattern, options: key.options)
            }
        expressions[key] = expression
        switch expression {
        case .success(let expression):
            return ResponseSearch(
                expression, from: page.regex.minimumOffset.value, to: page.regex.maximumOffset.value)
        case .failure(let error):
            throw Lacking(phrase: "the regular expression \(pattern) is not valid: \(error.message)")
        }
    }
}
