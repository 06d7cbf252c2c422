extension Doctor {
    mutating func examineFiles() {
        for file in host.files { examine(file) }
    }

    private mutating func examine(_ file: FileFacts) {
        let evidence = ["\(file.path): mode \(String(file.mode, radix: 8)), \(file.ownerName):\(file.groupName)"]
        switch file.role {
        case .configuration(let hasSecrets):
            if hasSecrets, file.mode & 0o004 != 0 {
                find(
                    .warning, "readable-secrets", file.path,
                    "anybody on this host can read the passwords in the configuration", evidence: evidence,
                    remedies: [.withdrawRights(path: file.path, bits: 0o007)])
            }
            examineWriter(file, "can change what root's director runs", evidence)
        case .key:
            if file.mode & 0o044 != 0 {
                find(
                    .warning, "readable-secrets", file.path, "others than its owner can read the key",
                    evidence: evidence, remedies: [.withdrawRights(path: file.path, bits: 0o077)])
            }
            examineWriter(file, "can change the key", evidence)
        case .stateFolder: examineWriter(file, "can take away what the director keeps there", evidence)
        case .controlSocket:
            guard file.mode & 0o002 != 0 else { return }
            find(
                .warning, "open-socket", file.path, "anybody on this host can connect to the control socket",
                evidence: evidence, remedies: [.withdrawRights(path: file.path, bits: 0o007)])
        }
    }

    private mutating func examineWriter(_ file: FileFacts, _ consequence: String, _ evidence: [String]) {
        guard let writer = file.writer else { return }
        let isOwned = file.owner == 0
        // Only the file's own rights can be taken away without asking what a folder is for.
        let isWritable = file.mode & 0o022 != 0
        find(
            .warning, "writable-by-others", file.path, "\(writer), and so \(consequence)",
            evidence: evidence,
            mend: isOwned && isWritable
                ? [] : ["namei -l \(ShellWord.quoted(file.path))", "chown root:root \(ShellWord.quoted(file.path))"],
            remedies: isOwned && isWritable ? [.withdrawRights(path: file.path, bits: 0o022)] : [])
    }
}
