import HealthChecks
import KeepalivedConfig
import Testing

@Suite struct HTTPRequestTests {
    private func request(
        _ server: String = "10.0.0.1", _ port: Int = 80, path: String = "/x?y=z",
        _ version: HTTPCheck.ProtocolVersion = .http10, host: String? = nil
    ) -> String {
        let endpoint = ServerEndpoint(address: address(server), port: port)
        let request = HTTPRequest(path: path, version: version, virtualHost: host, endpoint: endpoint)
        return String(decoding: request.bytes, as: UTF8.self)
    }

    @Test func isKeepalivedsToTheByte() {
        #expect(
            request() == "GET /x?y=z HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 10.0.0.1:80\r\n\r\n")
        #expect(
            request(.http10Close)
                == "GET /x?y=z HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: 10.0.0.1:80\r\n\r\n"
        )
        #expect(
            request(.http11)
                == "GET /x?y=z HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: 10.0.0.1:80\r\n\r\n"
        )
    }

    private func request(_ version: HTTPCheck.ProtocolVersion) -> String { request("10.0.0.1", 80, version) }

    @Test func asksTheAddressWithItsPortOrTheHostAsItIsWritten() {
        #expect(request("10.0.0.1", 443).contains("\r\nHost: 10.0.0.1:443\r\n"))
        #expect(request("fd00::1", 80).contains("\r\nHost: [fd00::1]:80\r\n"))
        #expect(request(host: "www.example.com").contains("\r\nHost: www.example.com\r\n"))
        #expect(request("fd00::1", host: "www.example.com:8080").contains("\r\nHost: www.example.com:8080\r\n"))
    }
}
