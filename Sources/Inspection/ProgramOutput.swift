import CLinux
import Glibc

/// What another program says, within a time.
package enum ProgramOutput {
    package enum Failure: Error, Hashable, Sendable {
        /// There is no such program.
        case missing
        case notStarted(String)
        case tooSlow
        /// It ended with another status than 0; what it said to standard error.
        case refused(String)
        case tooLong
    }

    /// Where programs of administrators are, whatever PATH says.
    private static let folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
    private static let longest = 1 << 26

    /// The program's path; nil where there is none.
    package static func find(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        for folder in path.split(separator: ":").map(String.init) + folders {
            let candidate = "\(folder)/\(name)"
            if access(candidate, X_OK) == 0 { return candidate }
        }
        return nil
    }

    /// Runs it and waits for its end.
    ///
    /// - Parameter patience: In milliseconds.
    package static func of(_ name: String, _ arguments: [String] = [], patience: Int = 3000) throws(Failure) -> [UInt8]
    {
        guard let path = find(name) else { throw .missing }
        var output: [Int32] = [-1, -1]
        var complaints: [Int32] = [-1, -1]
        guard clinux_pipe(&output) == 0 else { throw .notStarted(String(cString: strerror(errno))) }
        defer { close(output[0]) }
        guard clinux_pipe(&complaints) == 0 else {
            close(output[1])
            throw .notStarted(String(cString: strerror(errno)))
        }
        defer { close(complaints[0]) }
        let child = start(path, [name] + arguments, output[1], complaints[1])
        close(output[1])
        close(complaints[1])
        let process: pid_t
        switch child {
        case .success(let number): process = number
        case .failure(let failure): throw failure
        }
        let heard = listen(output[0], complaints[0], until: now() + patience)
        if heard.failure != nil { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        if let failure = heard.failure { throw failure }
        guard status == 0 else {
            let said = String(decoding: heard.complaints, as: UTF8.self)
            throw .refused(String(said.split(whereSeparator: \.isNewline).first ?? "it failed without a word"))
        }
        return heard.output
    }

    private static func start(
        _ path: String, _ words: [String], _ output: Int32, _ complaints: Int32
    ) -> Result<pid_t, Failure> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, complaints, 2)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, path, &actions, nil, &arguments, environ)
        return code == 0 ? .success(process) : .failure(.notStarted(String(cString: strerror(code))))
    }

    private static func listen(
        _ output: Int32, _ complaints: Int32, until deadline: Int
    ) -> (output: [UInt8], complaints: [UInt8], failure: Failure?) {
        var texts: [[UInt8]] = [[], []]
        var descriptors = [output, complaints].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while descriptors.contains(where: { $0.fd >= 0 }) {
            let rest = deadline - now()
            guard rest > 0 else { return (texts[0], texts[1], .tooSlow) }
            guard poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: rest)) > 0 else { continue }
            for index in descriptors.indices where descriptors[index].fd >= 0 && descriptors[index].revents != 0 {
                let count = read(descriptors[index].fd, &piece, piece.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { descriptors[index].fd = -1 } else { texts[index] += piece[..<count] }
                if texts[index].count > longest { return (texts[0], texts[1], .tooLong) }
            }
        }
        return (texts[0], texts[1], nil)
    }

    /// In milliseconds of a clock that never jumps.
    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
