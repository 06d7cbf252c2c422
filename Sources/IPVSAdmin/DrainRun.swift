import Glibc
import IPVS
import IPVSGrammar
import IPVSModel
import Reporting

/// `--wait`: takes a real server out of service once its connections have ended.
enum DrainRun {
    /// Takes new connections off the server, waits, and deletes it.
    static func delete(
        _ endpoint: RealServer.Endpoint, _ identity: VirtualService.Identity, _ wait: Command.Wait,
        _ kernel: borrowing Kernel
    ) throws(IPVSError) -> Int32 {
        var server = try EditRun.find(endpoint, identity, .deleteServer, kernel).server
        if server.weight != 0 {
            server.weight = 0
            try kernel.table.apply(.editServer(server, identity))
        }
        let status = try self.wait(for: endpoint, identity, wait, kernel)
        if status != 0 {
            complain("it was not deleted, and stays at weight 0")
            return status
        }
        try kernel.table.apply(.deleteServer(endpoint, identity))
        return 0
    }

    /// Returns once the kernel counts no active and no inactive connection for the server, with status 1 where the time
    /// runs out before. A server that is deleted meanwhile has none.
    static func wait(
        for endpoint: RealServer.Endpoint, _ identity: VirtualService.Identity, _ wait: Command.Wait,
        _ kernel: borrowing Kernel
    ) throws(IPVSError) -> Int32 {
        let started = monotonicMilliseconds()
        let showsProgress = isatty(STDERR_FILENO) == 1
        var pause: Int64 = 50
        while true {
            let entry: ServerEntry
            do throws(IPVSError) {
                entry = try EditRun.find(endpoint, identity, .editServer, kernel)
            } catch .refused(_, errno: ENOENT), .refused(_, errno: ESRCH) {
                if showsProgress { clearProgress() }
                return 0
            }
            let waited = monotonicMilliseconds() - started
            let isOver = wait.limit.map { waited >= Int64($0) * 1000 } ?? false
            if entry.activeConnections == 0, entry.inactiveConnections == 0 {
                if showsProgress { clearProgress() }
                return 0
            }
            if isOver {
                if showsProgress { clearProgress() }
                complain(
                    """
                    \(name(of: endpoint)) still has \(entry.activeConnections) active and \
                    \(entry.inactiveConnections) inactive connections after \(waited / 1000) \(waited / 1000 == 1 ? "second" : "seconds")
                    """)
                return 1
            }
            if showsProgress { progress(endpoint, entry, waited) }
            let left = wait.limit.map { Int64($0) * 1000 - waited } ?? pause
            sleep(milliseconds: min(pause, max(left, 1)))
            pause = min(pause * 2, 1000)
        }
    }

    private static func progress(_ endpoint: RealServer.Endpoint, _ entry: ServerEntry, _ waited: Int64) {
        let line = """
            \r\(name(of: endpoint)): \(entry.activeConnections) active, \(entry.inactiveConnections) inactive \
            connections, waited \(waited / 1000) s\u{1b}[K
            """
        _ = writeAll(STDERR_FILENO, Array(line.utf8))
    }

    private static func clearProgress() {
        _ = writeAll(STDERR_FILENO, Array("\r\u{1b}[K".utf8))
    }

    private static func name(of endpoint: RealServer.Endpoint) -> String {
        var text = Text()
        NumericEndpoints().write(endpoint, nil, into: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}

func monotonicMilliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}

func sleep(milliseconds: Int64) {
    var time = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    // A signal that is handled may wake it early; every caller looks at the clock again.
    nanosleep(&time, nil)
}
