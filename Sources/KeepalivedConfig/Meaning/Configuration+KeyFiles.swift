extension Configuration {
    /// More than any key with its line end.
    private static let keyFileLimit = 4096

    /// Reads the keys of `auth_hmac` that are in files, `file:PATH`, into the model. A file holds what would be written
    /// in the configuration, the key as text or as `hex:` and digits; a line end behind it does not count.
    ///
    /// Only who sends or judges packets does this: the keys of a configuration that is looked at stay where they are.
    ///
    /// - Returns: An error for each file that cannot be read or holds no key. None of them shows what is in a file.
    package mutating func readKeyFiles(from files: any ConfigurationFiles) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        for index in instances.indices {
            guard var authentication = instances[index].messageAuthentication else { continue }
            for position in authentication.keys.indices {
                guard let path = authentication.keys[position].value.file else { continue }
                let fault: String
                switch files.read(path, limit: Self.keyFileLimit) {
                case .bytes(let contents):
                    if let key = MessageAuthentication.Key.bytes(ofFile: contents) {
                        authentication.keys[position].value.bytes = key
                        continue
                    }
                    fault = "holds no key of 32 to 64 bytes"
                case .missing: fault = "does not exist"
                case .folder: fault = "is a folder"
                case .tooLarge: fault = "is too large for a key"
                case .unreadable(let reason): fault = "cannot be read: \(reason)"
                }
                let identifier = authentication.keys[position].value.identifier
                faults.append(
                    Diagnostic(
                        .error, "missing-file",
                        "the file \(path) of key \(identifier) of \(instances[index].name.value) \(fault)",
                        at: authentication.keys[position].span, expected: "32 to 64 bytes, or hex: and digits"))
            }
            instances[index].messageAuthentication = authentication
        }
        return faults
    }
}

extension MessageAuthentication.Key {
    /// The key that a file holds; nil if that is none.
    fileprivate static func bytes(ofFile contents: [UInt8]) -> [UInt8]? {
        var contents = contents[...]
        if contents.last == 0x0a { contents.removeLast() }
        if contents.last == 0x0d { contents.removeLast() }
        var key: [UInt8]? = Array(contents)
        if contents.starts(with: "hex:".utf8) {
            key = Interpreter.hexadecimalBytes(String(decoding: contents.dropFirst(4), as: UTF8.self)[...])
        }
        return key.flatMap { (32...64).contains($0.count) ? $0 : nil }
    }
}
