import HealthChecks
import Testing

@Suite struct PageURLTests {
    @Test(arguments: [
        ("http://10.0.0.1", false, "10.0.0.1", 80, "/"), ("https://10.0.0.1/", true, "10.0.0.1", 443, "/"),
        ("HTTP://10.0.0.1:8080/a/b?c=d#e", false, "10.0.0.1", 8080, "/a/b?c=d"),
        ("https://[fd00::1]:444/x", true, "fd00::1", 444, "/x"), ("http://[fd00::1]", false, "fd00::1", 80, "/"),
        ("http://10.0.0.1?x", false, "10.0.0.1", 80, "/?x"), ("http://10.0.0.1#x", false, "10.0.0.1", 80, "/"),
    ])
    func hasAnAddress(_ text: String, _ isTLS: Bool, _ host: String, _ port: Int, _ path: String) throws {
        let url = try #require(PageURL(text))
        #expect(url.isTLS == isTLS)
        #expect(url.host == .address(address(host)))
        #expect(url.port == port)
        #expect(url.path == path)
    }

    @Test func hasAName() {
        #expect(PageURL("http://www.example.com:81/x:y@z")?.host == .name("www.example.com"))
        #expect(PageURL("http://www.example.com:81/x:y@z")?.path == "/x:y@z")
    }

    @Test(arguments: [
        "", "/", "10.0.0.1", "ftp://10.0.0.1/", "http://", "http:///x", "http://10.0.0.1:/", "http://10.0.0.1:0/",
        "http://10.0.0.1:65536/", "http://10.0.0.1:x/", "http://[fd00::1", "http://[10.0.0.1]/", "http://fd00::1/",
        "http://user@10.0.0.1/", "http://10.0.0.1/a b", "http://10.0.0.1/a\r\nX: y", "http://10.0.0.1/ü",
    ])
    func isRefused(_ text: String) {
        #expect(PageURL(text) == nil)
    }
}
