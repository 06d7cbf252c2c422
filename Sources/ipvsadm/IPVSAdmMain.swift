import Glibc
import IPVSAdmin

@main
enum IPVSAdmMain {
    static func main() {
        // argv as bytes: CommandLine.arguments would repair what is no UTF-8, and messages echo what was typed.
        let arguments = (0..<Int(CommandLine.argc)).compactMap { index in
            CommandLine.unsafeArgv[index].map { argument in
                UnsafeBufferPointer(start: argument, count: strlen(argument)).map(UInt8.init(bitPattern:))
            }
        }
        exit(Program.run(arguments))
    }
}
