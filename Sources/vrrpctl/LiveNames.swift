import ArgumentParser
import ControlProtocol
import Director
import Glibc

extension CompletionKind {
    /// Instances of the running daemon.
    static var instanceNames: CompletionKind {
        .custom { words, _, _ in
            LiveNames.ask(words) { client throws(ControlFailure) in try client.status().instances.map(\.name) }
        }
    }

    /// Virtual servers of the running daemon.
    static var virtualServerNames: CompletionKind {
        .custom { words, _, _ in
            LiveNames.ask(words) { client throws(ControlFailure) in try client.servers().services.map(\.name) }
        }
    }

    /// Real servers of the running daemon; where a virtual server stands before, those of it.
    static var realServerNames: CompletionKind {
        .custom { words, _, _ in
            LiveNames.ask(words) { client throws(ControlFailure) in
                let services = try client.servers().services
                let named = services.filter { words.contains($0.name) }
                return (named.isEmpty ? services : named).flatMap { $0.servers.map(\.name) }
            }
        }
    }

    /// Instances and real servers.
    static var instanceAndServerNames: CompletionKind {
        .custom { words, _, _ in
            LiveNames.ask(words) { client throws(ControlFailure) in
                try client.status().instances.map(\.name)
                    + client.servers().services.flatMap { $0.servers.map(\.name) }
            }
        }
    }
}

/// Names for a shell that completes a line: quickly or not at all, and without a word.
enum LiveNames {
    /// - Parameter words: The line; a `--socket` in it says which daemon is meant.
    static func ask(_ words: [String], _ body: (ControlClient) throws(ControlFailure) -> [String]) -> [String] {
        // Somebody waits at a keyboard. What is not there in time is not offered.
        signal(SIGALRM) { _ in _exit(0) }
        var limit = itimerval()
        limit.it_value.tv_usec = 250_000
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &limit, nil)
        do throws(ControlFailure) {
            let names = try body(ControlClient(path: socket(in: words)))
            var seen: Set<String> = []
            // A name that a shell would take apart or a terminal would obey is no help.
            return names.filter { seen.insert($0).inserted && $0.unicodeScalars.allSatisfy { $0.value > 0x20 } }
        } catch {
            return []
        }
    }

    private static func socket(in words: [String]) -> String {
        var options = ControlOptions()
        options.socket = ControlOptions.usualSocket
        for (word, next) in zip(words, words.dropFirst() + [""]) {
            if word == "--socket", !next.isEmpty { options.socket = next }
            if word.hasPrefix("--socket=") { options.socket = String(word.dropFirst("--socket=".count)) }
        }
        return options.state.socket
    }
}
