import IPVSGrammar

/// `ipvsadm-save [-n] [--json]`.
enum SaveProgram {
    static func run(_ words: [[UInt8]], calledAs name: [UInt8]) -> Int32 {
        var save = Command.Save()
        for word in words {
            switch String(decoding: word, as: UTF8.self) {
            case "-n": save.isNumeric = true
            case "--json": save.isJSON = true
            case let option where option.hasPrefix("-"):
                complain(baseName(name) + ": Script to save the IPVS table to stdout.")
                complain("   With the -n option, prints out the table in numeric format.")
                return 1
            default: break
            }
        }
        return Program.withKernel { SaveRun.run(save, $0) }
    }
}

/// The last part of the path that a program was called by.
func baseName(_ path: [UInt8]) -> String {
    String(decoding: path.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
}
