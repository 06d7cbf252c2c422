import IPVSGrammar

/// `ipvsadm-restore [--replace [--dry-run]] [--check]`: clears the table and loads the rules on standard input; with
/// `--replace` it changes only what differs.
enum RestoreProgram {
    static func run(_ words: [[UInt8]], calledAs name: [UInt8]) -> Int32 {
        let options = words.filter { $0.starts(with: "--".utf8) && $0.count > 2 }
        do throws(UsageError) {
            let arguments = [Array("--restore".utf8)] + options
            let invocation = try InvocationParser.parse(arguments, lookup: SystemNames())
            guard case .restore(let restore) = invocation.command else { return UsageError.usage }
            return RestoreRun.run(restore, clearing: !restore.replaces)
        } catch .message(let text, let status) {
            complain(text)
            return status
        } catch {
            complain("\(baseName(name)): reads rules from standard input; takes --replace, --dry-run and --check")
            return UsageError.usage
        }
    }
}
