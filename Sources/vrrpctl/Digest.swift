import Addresses
import ArgumentParser
import Glibc
import HealthChecks
import KeepalivedConfig
import Reactor
import Reporting
import VRRPReporting

struct Digest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fetches a page as a check does, and prints its digest.",
        discussion: """
            What it prints is what a digest line of HTTP_GET or SSL_GET takes, and what genhash prints: the MD5 of the \
            page without its header, 32 hexadecimal digits. A host that is written by its name is asked for by that \
            name, as with virtualhost and enable_sni; an address is asked for as itself. Certificates are not verified. \
            A status other than 200 to 299 is noted on standard error.

            Examples:
              vrrpctl digest http://10.0.0.11/health
              vrrpctl digest https://www.example.com/ --server 10.0.0.11

            Exit status: 0 if there is a digest; 68 if the host's name is not known; 69 if the server cannot be \
            reached or does not answer in time; 76 if what it answers is no page; 2 for a wrong command line.
            """)

    @Argument(
        help: ArgumentHelp("The page: http://HOST[:PORT]/PATH, or with https.", valueName: "URL"),
        transform: { text in
            guard let url = PageURL(text) else { throw ValidationError("\(text) is no URL of a page") }
            return url
        })
    var url: PageURL

    @Option(
        help: ArgumentHelp("Which address to connect to, whatever the host is.", valueName: "ADDRESS"),
        transform: { text in
            guard let address = PageURL.address(text) else { throw ValidationError("\(text) is no address") }
            return address
        })
    var server: IPAddress?

    @Option(help: ArgumentHelp("The host that is asked for, as virtualhost has it.", valueName: "HOST"))
    var virtualHost: String?

    @Option(
        help: ArgumentHelp("The host that is asked for in the TLS handshake, as sni_name has it.", valueName: "HOST"))
    var sni: String?

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            "The version of HTTP, as http_protocol has it: 1.0, 1.0C (with Connection: close) or 1.1.",
            valueName: "VERSION"),
        transform: { text in
            guard let version = HTTPCheck.ProtocolVersion(rawValue: text.uppercased()) else {
                throw ValidationError("\(text) is no version: it is 1.0, 1.0C or 1.1")
            }
            return version
        })
    var version = HTTPCheck.ProtocolVersion.http10

    @Option(help: ArgumentHelp("How long the server may say nothing.", valueName: "SECONDS"))
    var timeout = 5.0

    @Flag(help: "Write one JSON document.")
    var json = false

    func validate() throws {
        guard timeout > 0, timeout <= 86400 else { throw ValidationError("--timeout is above 0 and at most 86400") }
        for host in [virtualHost, sni] {
            guard let host else { continue }
            guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
                throw ValidationError("\(host) is no host")
            }
        }
        guard sni == nil || url.isTLS else { throw ValidationError("--sni is for https") }
    }

    func run() throws {
        let endpoint = ServerEndpoint(address: try address(), port: url.port)
        let page: ResponseReader
        switch try fetch(endpoint) {
        case .response(let response, _): page = response
        case .problem(let problem): throw failure("\(shown(endpoint)) \(problem.phrase)", EX_UNAVAILABLE)
        case .refused(.headerTooLong):
            throw failure(
                "\(shown(endpoint)) sent a header of more than \(ResponseReader.longestHeader) bytes", EX_PROTOCOL)
        case .refused(.bodyTooLong):
            throw failure("\(shown(endpoint)) sent more than \(ResponseReader.longestBody >> 20) MiB", EX_PROTOCOL)
        case .tooSlow(let patience):
            throw failure(
                "\(shown(endpoint)) did not end its page within \(patience.components.seconds) s", EX_UNAVAILABLE)
        }
        guard let header = page.header, let status = header.status, let digest = page.digestText else {
            throw failure("\(shown(endpoint)) did not answer with a page", EX_PROTOCOL)
        }
        if !(200...299).contains(status) {
            StandardStream.write("vrrpctl: note: the server answered with status \(status)\n", to: STDERR_FILENO)
        }
        guard json else {
            var text = Text()
            text.append(digest)
            text.newline()
            return try StandardStream.print(text)
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("digest")
            writer.string(digest)
            writer.key("status")
            writer.number(status)
            writer.key("bytes")
            writer.number(page.bodySize)
            writer.key("server")
            writer.string(shown(endpoint))
        }
        writer.text.newline()
        try StandardStream.print(writer.text)
    }

    private func address() throws -> IPAddress {
        if let server { return server }
        switch url.host {
        case .address(let address): return address
        case .name(let name):
            guard let address = HostLookup.address(of: name) else {
                throw failure("there is no host \(name)", EX_NOHOST)
            }
            return address
        }
    }

    /// Runs a loop for as long as it takes.
    private func fetch(_ endpoint: ServerEndpoint) throws -> PageFetch.Outcome {
        let name: String? = if case .name(let name) = url.host { name } else { nil }
        let request = HTTPRequest(
            path: url.path, version: version, virtualHost: virtualHost ?? name, endpoint: endpoint)
        do {
            let loop = try EventLoop()
            let session = url.isTLS ? TLSSession(try TLSContext(), serverName: sni ?? name) : nil
            let fetch = PageFetch(along: CheckPath(to: endpoint, CheckConnection()), in: loop)
            var outcome: PageFetch.Outcome?
            fetch.fetch(
                request, session, into: ResponseReader(makesDigest: true), within: .milliseconds(Int64(timeout * 1000))
            ) {
                outcome = $0
                loop.stop()
            }
            loop.run()
            if let outcome { return outcome }
            throw failure("the fetch ended without an outcome", EX_SOFTWARE)
        } catch let error as TLSContext.Failure {
            throw failure(error.phrase, EX_SOFTWARE)
        } catch let error as ReactorError {
            throw failure("\(error)", EX_OSERR)
        }
    }

    private func shown(_ endpoint: ServerEndpoint) -> String {
        let address = endpoint.address.family == .ipv6 ? "[\(endpoint.address)]" : "\(endpoint.address)"
        return "\(address):\(endpoint.port ?? 0)"
    }

    private func failure(_ message: String, _ status: Int32) -> ExitCode {
        StandardStream.write("vrrpctl: \(ShownText.harmless(message))\n", to: STDERR_FILENO)
        return ExitCode(status)
    }
}
