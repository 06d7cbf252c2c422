/// Looks at a configuration as a whole: whether its parts fit each other, their protocol and this machine.
///
/// What cannot be done as written is corrected in `configuration`, with the reason as its origin.
struct Examination {
    var configuration: Configuration
    let host: (any HostFacts)?
    let expressions: (any ExpressionGrammar)?
    var found = FoundFaults()

    init(_ configuration: Configuration, host: (any HostFacts)?, expressions: (any ExpressionGrammar)? = nil) {
        self.configuration = configuration
        self.host = host
        self.expressions = expressions
    }

    mutating func examine() {
        for index in configuration.instances.indices { examineInstance(index) }
        examineVirtualRouters()
        examineAddressesOfAll()
        examineTracked()
        examineGroups()
        examineScripts()
        examineInterfaces()
        examineDefinitions()
        examineVirtualServers()
    }

    mutating func error(
        _ code: String, _ message: String, at span: SourceSpan?, expected: String? = nil, suggestion: String? = nil,
        related: [Diagnostic.Related] = []
    ) {
        found.add(
            Diagnostic(.error, code, message, at: span, expected: expected, suggestion: suggestion, related: related))
    }

    mutating func warn(
        _ code: String, _ message: String, at span: SourceSpan?, expected: String? = nil, suggestion: String? = nil,
        related: [Diagnostic.Related] = []
    ) {
        found.add(
            Diagnostic(.warning, code, message, at: span, expected: expected, suggestion: suggestion, related: related))
    }

    /// Another place that a diagnostic mentions.
    static func related(_ message: String, _ span: SourceSpan?) -> [Diagnostic.Related] {
        span.map { [Diagnostic.Related(message, at: $0)] } ?? []
    }
}
