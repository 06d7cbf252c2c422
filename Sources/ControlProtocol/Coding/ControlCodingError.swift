/// Why a JSON value is not what it was taken for, such as `services[2].weight: a whole number is expected, not a string`.
package struct ControlCodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the value, such as `services[2].weight`; empty for the whole of it.
    package var path: String
    package var problem: String

    package init(_ path: String, _ problem: String) {
        self.path = path
        self.problem = problem
    }

    init(_ error: any Error) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            self.init(Self.text(context.codingPath + [key]), "is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self.init(Self.text(context.codingPath), context.debugDescription)
        default: self.init("", "\(error)")
        }
    }

    package var description: String { path.isEmpty ? "the value \(problem)" : "\(path): \(problem)" }

    private static func text(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : "." + key.stringValue
            }
        }
        return text
    }
}
