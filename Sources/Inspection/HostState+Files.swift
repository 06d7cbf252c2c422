import Diagnosis
import Glibc
import KeepalivedConfig
import LocalHost

extension HostState {
    /// Reads the rights of the configuration's files, of its keys, and of what the director keeps.
    mutating func readFiles(for examined: ExaminedConfiguration?, socket: String) {
        if let examined {
            let hasSecrets = examined.configuration.instances.contains { instance in
                instance.authentication?.password.value != nil
                    || instance.messageAuthentication?.keys.contains { $0.value.file == nil } ?? false
            }
            for path in examined.files { read(path, .configuration(hasSecrets: hasSecrets)) }
            var keys: [String] = []
            for instance in examined.configuration.instances {
                for key in instance.messageAuthentication?.keys ?? [] {
                    if let path = key.value.file, !keys.contains(path) { keys.append(path) }
                }
            }
            for path in keys { read(path, .key) }
        }
        read(FilePath.folder(of: socket), .stateFolder)
        read(socket, .controlSocket)
    }

    private mutating func read(_ path: String, _ role: FileFacts.Role) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        let kind = status.st_mode & S_IFMT
        if case .configuration = role, kind != S_IFREG { return }
        files.append(
            FileFacts(
                path: path, role: role, mode: UInt16(status.st_mode & 0o7777), owner: status.st_uid,
                ownerName: getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? String(status.st_uid),
                groupName: getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? String(status.st_gid),
                writer: ThisMachine.writer(of: path)))
    }
}
