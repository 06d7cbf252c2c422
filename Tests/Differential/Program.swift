import Glibc

/// What a program did with one command line.
struct Outcome {
    /// The exit status; 128 and the signal's number if a signal ended it, as a shell says it.
    var status: Int
    var standardOutput: Bytes
    var standardError: Bytes
}

/// Why the suite itself cannot go on.
struct RunnerError: Error {
    var message: String
}

/// Runs the two programs in turn, under the same path, name, environment and standard input.
///
/// Both are run through a symbolic link to the folder that holds them, which is set to the one or the other: a program
/// that prints its own path prints the same one.
final class Launcher {
    private let folder: String
    private let oracle: String
    private let subject: String
    private var linked: String?

    init(oracle: String, subject: String) throws(RunnerError) {
        self.oracle = try absolutePath(oracle)
        self.subject = try absolutePath(subject)
        var template = Array("/tmp/differential.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw failure("make a folder in", "/tmp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(folder, 0o755)
    }

    deinit {
        for name in ["current", "input", "output", "error"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// Runs a command line as the C program.
    func runOracle(_ step: Step, input: Bytes) throws(RunnerError) -> Outcome {
        try link(to: oracle)
        return try run(step, input: input)
    }

    /// Runs a command line as our program.
    func runSubject(_ step: Step, input: Bytes) throws(RunnerError) -> Outcome {
        try link(to: subject)
        return try run(step, input: input)
    }

    private func link(to target: String) throws(RunnerError) {
        guard linked != target else { return }
        let path = "\(folder)/current"
        unlink(path)
        guard symlink(target, path) == 0 else { throw failure("link", path) }
        linked = target
    }

    private func run(_ step: Step, input: Bytes) throws(RunnerError) -> Outcome {
        try write(input, to: "\(folder)/input")
        let standardInput = try open("\(folder)/input", O_RDONLY)
        let output = try open(step.output)
        let error = try open("\(folder)/error", O_RDWR | O_CREAT | O_TRUNC)
        defer {
            close(standardInput)
            close(output)
            close(error)
        }
        let (executable, words) = try command(of: step)
        let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"] + step.environment
        let status = try spawn(
            executable, words, environment: environment,
            descriptors: [step.hasInput ? standardInput : nil, step.hasOutput ? output : nil, error])
        return Outcome(
            status: status, standardOutput: contents(of: output), standardError: contents(of: error))
    }

    /// What is run for the step, and under which arguments.
    private func command(of step: Step) throws(RunnerError) -> (executable: String, words: [Bytes]) {
        guard let name = step.commandLine.first else { throw RunnerError(message: "a step without words") }
        let base = String(decoding: name.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
        let path = "\(folder)/current/\(base)"
        // A script sees the path it was started by; a program that stands in for it is to see the same.
        let words = [base == "ipvsadm" ? name : Bytes(path.utf8)] + step.commandLine.dropFirst()
        guard step.unprivileged else { return (path, words) }
        let wrapper =
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            + ["bash", "-c", "program=$1; shift; exec -a \"$0\" \"$program\" \"$@\""]
        return ("/usr/bin/setpriv", wrapper.map { Bytes($0.utf8) } + [words[0], Bytes(path.utf8)] + words.dropFirst())
    }

    private func open(_ output: Output) throws(RunnerError) -> Int32 {
        switch output {
        case .compared: try open("\(folder)/output", O_RDWR | O_CREAT | O_TRUNC)
        case .file(let path): try open(path, O_WRONLY)
        case .closedPipe: try closedPipe()
        case .closed: try open("/dev/null", O_RDWR)
        }
    }

    private func open(_ path: String, _ flags: Int32) throws(RunnerError) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("open", path) }
        return descriptor
    }

    private func write(_ bytes: Bytes, to path: String) throws(RunnerError) {
        let descriptor = try open(path, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw failure("write", path) }
    }
}

extension Step {
    fileprivate var hasInput: Bool { if case .closed = input { false } else { true } }
    fileprivate var hasOutput: Bool { if case .closed = output { false } else { true } }
}

private func closedPipe() throws(RunnerError) -> Int32 {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure("open", "a pipe") }
    close(ends[0])
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    return ends[1]
}

/// What was written; nothing if it cannot be read back, as from a pipe.
private func contents(of descriptor: Int32) -> Bytes {
    var text: Bytes = []
    var buffer = Bytes(repeating: 0, count: 1 << 16)
    while true {
        let count = pread(descriptor, &buffer, buffer.count, off_t(text.count))
        guard count > 0 else { return text }
        text += buffer[..<count]
    }
}

func failure(_ operation: String, _ subject: String) -> RunnerError {
    RunnerError(message: "cannot \(operation) \(subject): \(String(cString: strerror(errno)))")
}

private func absolutePath(_ folder: String) throws(RunnerError) -> String {
    guard let resolved = realpath(folder, nil) else { throw failure("find", folder) }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// The child that the alarm ends, so that a program which waits for ever fails its case instead of the whole run.
nonisolated(unsafe) private var child: pid_t = 0
private let patience: UInt32 = 60

private func spawn(
    _ path: String, _ words: [Bytes], environment: [String], descriptors: [Int32?]
) throws(RunnerError) -> Int {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
        if let descriptor {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        } else {
            posix_spawn_file_actions_addclose(&actions, Int32(number))
        }
    }
    let arguments = words.map { strdup($0.map { CChar(bitPattern: $0) } + [0]) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    let number = posix_spawn(&child, path, &actions, nil, arguments, variables)
    guard number == 0 else {
        throw RunnerError(message: "cannot run \(path): \(String(cString: strerror(number)))")
    }
    signal(SIGALRM) { _ in kill(child, SIGKILL) }
    alarm(patience)
    defer { alarm(0) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return Int(signal == 0 ? (status >> 8) & 0xff : 128 + signal)
}
