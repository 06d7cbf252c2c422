import IPVS
import IPVSGrammar
import IPVSModel
import Reporting

/// `-S`: the table as rules that `-R` takes back.
enum SaveRun {
    static func run(_ save: Command.Save, _ kernel: borrowing Kernel) -> Int32 {
        var output = Output()
        do throws(IPVSError) {
            let services = try kernel.sortedServices()
            if save.isJSON {
                try ListRun.writeJSON(services, nil, kernel, &output, withState: false)
            } else if save.isNumeric {
                try write(services, RuleText(names: NumericEndpoints()), kernel, &output)
            } else {
                let names = try ListRun.lookUpNames(of: services, kernel)
                names.keepOnlyReversible()
                try write(services, RuleText(names: names), kernel, &output)
            }
        } catch {
            complain(error.message)
            return 1
        }
        return output.finish()
    }

    private static func write(
        _ services: [ServiceEntry], _ rules: RuleText, _ kernel: borrowing Kernel,
        _ output: inout Output
    ) throws(IPVSError) {
        var text = Output.text()
        var servers: [ServerEntry] = []
        for entry in services {
            let identity = entry.service.identity
            try kernel.readServers(of: entry, into: &servers, sorted: true)
            rules.write("-A", entry.service, into: &text)
            text.newline()
            for server in servers {
                rules.write("-a", server.server, of: identity, into: &text)
                text.newline()
                output.drain(&text)
            }
            output.drain(&text)
            if output.hasFailed { return }
        }
        output.flush(&text)
    }
}
