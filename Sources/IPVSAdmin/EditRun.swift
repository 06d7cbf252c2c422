import Glibc
import IPVS
import IPVSGrammar
import IPVSModel
import Reporting

/// `-E` and `-e`: they replace everything, and say what that changed where somebody watches; `--patch` changes only
/// what was given.
enum EditRun {
    static func edit(
        _ service: VirtualService, _ edit: Command.Edit, _ kernel: borrowing Kernel
    ) throws(IPVSError) -> Int32 {
        if edit.isPatch {
            let wanted = try patchable(service.identity, kernel).patched(with: service, edit.given)
            if let conflict = wanted.conflict(with: edit) {
                complain(conflict)
                return UsageError.usage
            }
            try kernel.table.apply(.editService(wanted))
            return 0
        }
        let before = isWatched ? try? kernel.table.service(service.identity).service : nil
        try kernel.table.apply(.editService(service))
        if let before { warn(before.resets(by: service, edit.given)) }
        return 0
    }

    /// The service as it is; missing, it is refused as an edit of it would be.
    private static func patchable(
        _ identity: VirtualService.Identity, _ kernel: borrowing Kernel
    ) throws(IPVSError) -> VirtualService {
        do throws(IPVSError) {
            return try kernel.table.service(identity).service
        } catch .refused(_, let errno) {
            throw .refused(.editService, errno: errno)
        }
    }

    static func edit(
        _ server: RealServer, _ identity: VirtualService.Identity, _ edit: Command.Edit,
        _ kernel: borrowing Kernel
    ) throws(IPVSError) -> Int32 {
        var wanted = server
        if edit.isPatch {
            let present = try find(server.endpoint, identity, .editServer, kernel).server
            wanted = present.patched(with: server, edit.given)
            if let conflict = wanted.conflict(with: edit.given, serviceFamily: identity.family) {
                complain(conflict)
                return UsageError.usage
            }
            try kernel.table.apply(.editServer(wanted, identity))
        } else {
            let before = isWatched ? try? find(server.endpoint, identity, .editServer, kernel).server : nil
            try kernel.table.apply(.editServer(server, identity))
            if let before { warn(before.resets(by: server, edit.given)) }
        }
        if let wait = edit.wait { return try DrainRun.wait(for: wanted.endpoint, identity, wait, kernel) }
        return 0
    }

    /// A real server as the kernel shows it; a missing one is refused as `operation` on it would be.
    static func find(
        _ endpoint: RealServer.Endpoint, _ identity: VirtualService.Identity, _ operation: IPVSError.Operation,
        _ kernel: borrowing Kernel
    ) throws(IPVSError) -> ServerEntry {
        let servers: [ServerEntry]
        do throws(IPVSError) {
            servers = try kernel.table.servers(of: identity)
        } catch .refused(_, let errno) {
            throw .refused(operation, errno: errno)
        }
        guard let server = servers.first(where: { $0.server.endpoint == endpoint }) else {
            throw .refused(operation, errno: ENOENT)
        }
        return server
    }

    /// Warnings are for people: a script that reads standard error gets what the C program gives it.
    private static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

    private static func warn(_ resets: [String]) {
        if resets.isEmpty { return }
        complain("warning: not given, so reset: \(resets.joined(separator: ", ")) (--patch keeps what is not given)")
    }
}
