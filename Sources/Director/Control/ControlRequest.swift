package import ControlProtocol

/// What somebody asked the daemon for over its control socket: a line with an object that has the members `version`, 1,
/// and `request`, the name; what else is in it is the request's own.
package struct ControlRequest: Sendable {
    /// The version that is spoken here.
    package static let version = 1

    package var name: String
    /// The whole object.
    package var members: JSONValue

    /// - Parameter line: Without its end.
    /// - Throws: What is wrong with it.
    init(parsing line: ArraySlice<UInt8>) throws(ControlRefusal) {
        guard let value = JSONValue(parsing: line), case .object = value else {
            throw ControlRefusal("a request is one JSON object on a line")
        }
        guard value["version"]?.integer == Self.version else {
            throw ControlRefusal("this daemon speaks version \(Self.version)")
        }
        guard let name = value["request"]?.string else { throw ControlRefusal("a request has the member \"request\"") }
        self.name = name
        members = value
    }
}

/// Why a request is not carried out, in words for the operator; the answer has them in `error`.
package struct ControlRefusal: Error, Hashable, Sendable {
    package var message: String
    /// What the program that asked should end with.
    package var status: Int32

    package init(_ message: String, status: Int32 = 1) {
        self.message = message
        self.status = status
    }
}
