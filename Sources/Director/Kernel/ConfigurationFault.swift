/// Why a line of a configuration cannot be asked of the kernel now, as a phrase.
struct ConfigurationFault: Error, Hashable {
    var message: String

    init(_ message: String) { self.message = message }
}
