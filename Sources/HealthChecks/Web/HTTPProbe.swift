package import HealthPolicy
package import KeepalivedConfig
package import Reactor

/// HTTP_GET and SSL_GET: a page is what it should be.
package final class HTTPProbe: Probe {
    private let check: HTTPCheck
    private let limit: Duration
    private let path: CheckPath
    private let fetch: PageFetch
    private let resources: WebResources
    private let isTLS: Bool
    /// For what can be said without asking.
    private let timer: Timer
    private var answer: (() -> Void)?

    package init(
        _ check: HTTPCheck, isTLS: Bool, along path: CheckPath, within limit: Duration, _ resources: WebResources,
        in loop: EventLoop
    ) {
        (self.check, self.isTLS, self.path, self.limit) = (check, isTLS, path, limit)
        self.resources = resources
        fetch = PageFetch(along: path, in: loop)
        final class Relay { weak var probe: HTTPProbe? }
        let relay = Relay()
        timer = loop.timer { _ in relay.probe?.answer?() }
        relay.probe = self
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        // Without a page there is nothing that could be wrong.
        guard check.pages.indices.contains(step) else { return say(.passed, done) }
        let page = check.pages[step]
        do {
            let session = isTLS ? try resources.session(for: check.serverName(for: page)) : nil
            let search = try resources.search(for: page)
            let request = HTTPRequest(
                path: page.path.value, version: check.version.value, virtualHost: page.virtualHost.value,
                endpoint: path.endpoint)
            fetch.fetch(
                request, session, into: ResponseReader(makesDigest: page.digest.value != nil, search: search),
                within: limit
            ) { outcome in
                done(page.judge(outcome))
            }
        } catch {
            say(.undecided("cannot be checked: \(error.phrase)"), done)
        }
    }

    package func cancel() {
        answer = nil
        timer.set(nil)
        fetch.cancel()
    }

    /// In the next turn.
    private func say(_ result: CheckResult, _ done: @escaping (CheckResult) -> Void) {
        answer = { done(result) }
        timer.set(EventLoop.clock())
    }
}

extension HTTPCheck {
    /// Which host is asked for in the handshake; nil for none.
    func serverName(for page: Page) -> String? {
        sendsServerName.value ? serverName.value ?? page.virtualHost.value : nil
    }
}
