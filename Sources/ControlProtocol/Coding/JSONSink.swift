import Reporting

/// Where an encoder and its containers write: one text, and what is open in it.
///
/// `Codable` never says that a container is finished. It is when something is written beside it, further out.
final class JSONSink {
    var writer = JSONWriter()
    private var open: [StaticString] = []

    /// How many containers are open.
    var depth: Int { open.count }

    func openObject() {
        writer.open("{")
        open.append("}")
    }

    func openArray() {
        writer.open("[")
        open.append("]")
    }

    /// Closes the innermost containers until so many are open.
    func close(to depth: Int) {
        while open.count > depth { writer.close(open.removeLast()) }
    }
}
