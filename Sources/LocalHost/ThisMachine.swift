import Glibc
package import KeepalivedConfig

/// This machine, as checks of a configuration see it.
///
/// The interfaces are those at the time of the first question.
package final class ThisMachine: HostFacts {
    private lazy var interfaces = LocalInterfaces.all()
    /// What was asked before: thousands of real servers may share a script.
    private var programs: [String: ProgramFacts] = [:]

    package init() {}

    package var hostName: String { ReadingContext.defaultID(hostName: Self.fullHostName) }

    /// The host's name as the kernel has it.
    package static var fullHostName: String {
        var bytes = [CChar](repeating: 0, count: 257)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
        return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    package func interface(_ name: String) -> InterfaceFacts? { interfaces[name] }

    package func program(_ word: String) -> ProgramFacts {
        if let known = programs[word] { return known }
        let facts = LocalProgram.facts(word)
        programs[word] = facts
        return facts
    }

    /// Who besides root can change what is at a path, or put something else there, as a phrase; nil where nobody can.
    package static func writer(of path: String) -> String? { LocalProgram.writer(of: path) }

    package func hasReadableFile(_ path: String) -> Bool {
        guard let status = SystemCalls.status(path), !status.isFolder else { return false }
        return access(path, R_OK) == 0
    }

    package func hasUser(_ name: String) -> Bool { getpwnam(name) != nil || UInt32(name) != nil }

    package func hasGroup(_ name: String) -> Bool { getgrnam(name) != nil || UInt32(name) != nil }

    /// A number that differs from run to run.
    package static var randomSeed: UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
