import Glibc
import IPVS
import IPVSGrammar
import IPVSModel

/// Carries one command out against the kernel's table.
enum CommandRun {
    /// - Returns: The exit status.
    static func run(_ command: Command, _ kernel: borrowing Kernel) -> Int32 {
        do throws(IPVSError) {
            switch command {
            case .list(let listing): return ListRun.run(listing, kernel)
            case .save(let save): return SaveRun.run(save, kernel)
            case .addService(let service): try kernel.table.apply(.addService(service))
            case .editService(let service, let edit): return try EditRun.edit(service, edit, kernel)
            case .deleteService(let identity): try kernel.table.apply(.deleteService(identity))
            case .flush: try kernel.table.flush()
            case .addServer(let server, let identity): try kernel.table.apply(.addServer(server, identity))
            case .editServer(let server, let identity, let edit):
                return try EditRun.edit(server, identity, edit, kernel)
            case .deleteServer(let endpoint, let identity, let wait):
                if let wait { return try DrainRun.delete(endpoint, identity, wait, kernel) }
                try kernel.table.apply(.deleteServer(endpoint, identity))
            case .zero(let identity): try kernel.table.zero(identity)
            case .setTimeouts(let timeouts): try kernel.table.set(timeouts)
            case .startDaemon(let daemon): try kernel.table.start(daemon)
            case .stopDaemon(let daemon): try kernel.table.stop(daemon)
            case .help, .version, .restore: break
            }
            return 0
        } catch {
            complain(error.message)
            return UsageError.refused
        }
    }
}
