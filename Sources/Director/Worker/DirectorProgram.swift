import Glibc
package import PacketFormats

/// `vrrpctl run`: guardian and worker, each as its own process, from one and the same call.
package enum DirectorProgram {
    /// Runs until it is told to end.
    ///
    /// - Parameters:
    ///   - arguments: The program's own, which the other process gets too.
    ///   - digests: For authentication.
    /// - Returns: The exit status. What is wrong has been said.
    package static func run(_ plan: RunPlan, arguments: [String], digests: any KeyedDigests) -> Int32 {
        let role = ProcessRole.take()
        let services = ServiceManager.take()
        let log = Log(level: plan.logLevel, format: plan.logFormat)
        do throws(DirectorError) {
            switch role {
            case .first:
                try Rights.check()
                let guardian = try Guardian(
                    log: log, files: plan.state, arguments: arguments, services: services,
                    lock: try InstanceLock.take(plan.state))
                return guardian.run()
            case .worker(let channel, let lock, let guardian, let isReplacement):
                let worker = try Worker(
                    plan, log: log, arguments: arguments, services: services, channel: channel, lock: lock,
                    guardian: guardian, isReplacement: isReplacement)
                return worker.run(digests: digests)
            case .successor(let channel, let lock, let worker):
                let guardian = try Guardian(
                    log: log, files: plan.state, arguments: arguments, services: services,
                    lock: InstanceLock(descriptor: lock))
                return guardian.run(guarding: worker, over: channel)
            }
        } catch {
            log.error(error.message, event: "start-failed")
            log.finish()
            return error.status
        }
    }
}
