import ArgumentParser
import KeepalivedConfig
import Reporting
import VRRPReporting

/// Not for operators: what the manual page is held against.
struct ListKeywords: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keywords", abstract: "Lists the keywords of the configuration.", shouldDisplay: false)

    @Flag(help: "Write one JSON document.")
    var json = false

    func run() throws {
        var writer = JSONWriter()
        if json {
            KeywordsJSON.write(Keyword.all, into: &writer)
        } else {
            for keyword in Keyword.all {
                writer.text.append("\(keyword.scope.name)\t\(keyword.name)\t\(keyword.form.text)\n")
            }
        }
        try StandardStream.print(writer.text)
    }
}
