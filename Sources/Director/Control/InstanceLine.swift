import ControlProtocol

/// A line of a long answer to `status`.
struct InstanceLine: Codable {
    var instance: InstanceReport
}
