import Glibc

/// An interface of this host to capture from.
package struct CaptureInterface: Hashable, Sendable {
    package let name: String
    let index: Int32

    /// - Throws: Where this host, or the network namespace, has no such interface.
    package init(_ name: String) throws(WireCaptureError) {
        // Names are shorter than IFNAMSIZ, and the call would cut off what is longer.
        let index = name.utf8.count < Int(IFNAMSIZ) ? if_nametoindex(name) : 0
        guard index > 0 else {
            let known = Self.all.joined(separator: ", ")
            throw WireCaptureError(
                "there is no interface \(name) here" + (known.isEmpty ? "" : "; there are: \(known)"))
        }
        self.name = name
        self.index = Int32(bitPattern: index)
    }

    /// Whether it is still there, under its name or another.
    var exists: Bool {
        var name = [CChar](repeating: 0, count: Int(IFNAMSIZ))
        return if_indextoname(UInt32(bitPattern: index), &name) != nil
    }

    private static var all: [String] {
        guard let list = if_nameindex() else { return [] }
        defer { if_freenameindex(list) }
        var names: [String] = []
        var entry = list
        while entry.pointee.if_index != 0, let name = entry.pointee.if_name {
            names.append(String(cString: name))
            entry += 1
        }
        return names
    }
}
