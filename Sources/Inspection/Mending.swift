package import Diagnosis
import Glibc

/// Carries out what `--fix` may do.
package enum Mending {
    /// - Returns: Why it could not be done; nil if it was.
    package static func apply(_ remedy: Remedy) -> String? {
        switch remedy {
        case .sysctl(let path, let value): write(value, to: "/proc/sys/\(path)")
        case .loadModule(let name): load(name)
        case .withdrawRights(let path, let bits): withdraw(bits, from: path)
        }
    }

    private static func write(_ value: String, to path: String) -> String? {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        var value = value
        let count = value.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        return count > 0 ? nil : String(cString: strerror(errno))
    }

    private static func load(_ name: String) -> String? {
        do throws(ProgramOutput.Failure) {
            _ = try ProgramOutput.of("modprobe", ["--", name], patience: 10_000)
            return nil
        } catch {
            switch error {
            case .missing: return "there is no modprobe here"
            case .notStarted(let reason), .refused(let reason): return reason
            case .tooSlow: return "modprobe does not end"
            case .tooLong: return "modprobe says too much"
            }
        }
    }

    /// On the file itself, and not on what a link leads to since it was looked at.
    private static func withdraw(_ bits: UInt16, from path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        // A socket cannot be opened.
        guard descriptor >= 0 else {
            var status = stat()
            guard stat(path, &status) == 0, chmod(path, status.st_mode & 0o7777 & ~mode_t(bits)) == 0 else {
                return String(cString: strerror(errno))
            }
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, fchmod(descriptor, status.st_mode & 0o7777 & ~mode_t(bits)) == 0 else {
            return String(cString: strerror(errno))
        }
        return nil
    }
}
