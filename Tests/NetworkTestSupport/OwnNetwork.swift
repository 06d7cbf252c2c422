import CLinux
import Glibc

/// Whether tests can have a network namespace of their own.
package let canMakeNetworks = geteuid() == 0 && access("/proc/thread-self/ns/net", F_OK) == 0

/// Runs `body` on a thread that is alone in a network namespace, with the veth pair w0–w1 and w2–w3, all up.
package func inOwnNetwork(_ body: @escaping @Sendable () throws -> Void) throws {
    try onThread {
        guard clinux_enter_network(-1) == 0 else { throw CommandFailure(command: "unshare", output: "\(errno)") }
        try shell(
            """
            ip link set lo up
            ip link add w0 type veth peer name w1
            ip link add w2 type veth peer name w3
            for i in 0 1 2 3; do sysctl -qw net.ipv6.conf.w$i.addr_gen_mode=1; ip link set w$i up; done
            # Before the kernel has noticed the carrier, IPv6 addresses stay tentative.
            for i in 0 1 2 3; do until ip -o link show w$i | grep -q "state UP"; do sleep 0.01; done; done
            """)
        try body()
    }
}

/// Runs `body` on a thread of its own, as what it does to that must not reach other tests.
private func onThread(_ body: @escaping @Sendable () throws -> Void) throws {
    final class Job {
        let body: () throws -> Void
        var failure: (any Error)?
        init(_ body: @escaping () throws -> Void) { self.body = body }
    }
    let job = Job(body)
    var thread = pthread_t()
    let created = pthread_create(
        &thread, nil,
        { @Sendable argument in
            guard let argument else { return nil }
            let job = Unmanaged<Job>.fromOpaque(argument).takeUnretainedValue()
            do { try job.body() } catch { job.failure = error }
            return nil
        }, Unmanaged.passUnretained(job).toOpaque())
    guard created == 0 else { throw CommandFailure(command: "pthread_create", output: "\(created)") }
    pthread_join(thread, nil)
    if let failure = job.failure { throw failure }
}

package struct CommandFailure: Error {
    package var command: String
    package var output: String
}

/// Runs a shell in this thread's network namespace; returns what it wrote.
@discardableResult
package func shell(_ command: String) throws -> String {
    guard let pipe = popen("{ set -e; \(command)\n} 2>&1", "r") else {
        throw CommandFailure(command: command, output: "popen")
    }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = fread(&chunk, 1, chunk.count, pipe)
        if count == 0 { break }
        output += chunk[..<count]
    }
    let text = String(decoding: output, as: UTF8.self)
    guard pclose(pipe) == 0 else { throw CommandFailure(command: command, output: text) }
    return text
}
