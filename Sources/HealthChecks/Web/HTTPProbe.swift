package import HealthPolicy
package import KeepalivedConfig
package import Reactor

/// HTTP_GET and SSL_GET: a page is what it should be.
package final class HTTPProbe: Probe {
    /// The check as the configuration holds it: there may be ten thousand of them.
    private let kind: Checker.Kind
    private let limit: Duration
    private let path: CheckPath
    private let resources: WebResources
    private let loop: EventLoop
    /// While an attempt runs.
    private var fetch: PageFetch?
    /// For what can be said without asking.
    private var timer: Timer?

    /// - Parameter kind: `.http`; another one always passes.
    package init(
        _ kind: Checker.Kind, along path: CheckPath, within limit: Duration, _ resources: WebResources,
        in loop: EventLoop
    ) {
        (self.kind, self.path, self.limit) = (kind, path, limit)
        (self.resources, self.loop) = (resources, loop)
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        // Without a page there is nothing that could be wrong.
        guard case .http(let check, let isTLS) = kind, check.pages.indices.contains(step) else {
            return say(.passed, done)
        }
        let page = check.pages[step]
        do {
            let session = isTLS ? try resources.session(for: check.serverName(for: page)) : nil
            let search = try resources.search(for: page)
            let request = HTTPRequest(
                path: page.path.value, version: check.version.value, virtualHost: page.virtualHost.value,
                endpoint: path.endpoint)
            let fetch = PageFetch(along: path, in: loop)
            self.fetch = fetch
            fetch.fetch(
                request, session, into: ResponseReader(makesDigest: page.digest.value != nil, search: search),
                within: limit
            ) { [unowned self] outcome in
                self.fetch = nil
                done(page.judge(outcome))
            }
        } catch {
            say(.undecided("cannot be checked: \(error.phrase)"), done)
        }
    }

    package func cancel() {
        timer = nil
        fetch?.cancel()
        fetch = nil
    }

    /// In the next turn.
    private func say(_ result: CheckResult, _ done: @escaping (CheckResult) -> Void) {
        timer = loop.timer { _ in done(result) }
        timer?.set(EventLoop.clock())
    }
}

extension HTTPCheck {
    /// Which host is asked for in the handshake; nil for none.
    func serverName(for page: Page) -> String? {
        sendsServerName.value ? serverName.value ?? page.virtualHost.value : nil
    }
}
