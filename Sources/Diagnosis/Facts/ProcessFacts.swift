/// A process of this host and this network namespace.
package struct ProcessFacts: Hashable, Sendable {
    package var number: Int
    /// The program's name, at most 15 bytes.
    package var name: String
    /// The file of the program; empty where that cannot be read.
    package var path: String

    package init(number: Int, name: String, path: String = "") {
        self.number = number
        self.name = name
        self.path = path
    }
}
