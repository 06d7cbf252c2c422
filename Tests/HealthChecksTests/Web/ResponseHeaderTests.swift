import Testing

@testable import HealthChecks

/// What keepalived 2.2.7 made of the same headers: `Tests/Lab/tools/web/cases.py` has it beside it.
@Suite struct ResponseHeaderTests {
    private func header(_ line: String, _ others: String = "") -> ResponseHeader {
        ResponseHeader(Array("\(line)\r\n\(others)\r\n\r\n".utf8)[...])
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK", "HTTP/1.1 200 ", "HTTP/2 200 OK", "http/1.1 200 OK", "HTTP/9.9 200 OK", "x 200 y", " 200 OK",
        "HTTP/1.0\0 200 OK", "HTTP/1.1 200 \0OK", "HTTP/1.1 200  OK",
    ])
    func hasAStatus(_ line: String) {
        #expect(header(line).status == 200)
    }

    @Test(arguments: [
        "HTTP/1.1 200", "HTTP/1.1  200 OK", "HTTP/1.1 200OK", "HTTP/1.1", "200 OK", "hello", "", " ", "  ",
        "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 0200 OK", "HTTP/1.1 +20 OK", "HTTP/1.1 -20 OK",
        "HTTP/1.1 2x0 OK", "HTTP/1.1\t200 OK", "HTTP/1.1 200\tOK", "HTTP/1.1 4294967496 OK", "HTTP/1.1 2\u{0}0 OK",
    ])
    func hasNone(_ line: String) {
        #expect(header(line).status == nil)
    }

    @Test func looksForTheStatusInTheFirstLineOnly() {
        #expect(header("HTTP/1.1", " 200 OK").status == nil)
        #expect(header("HTTP/1.1 200", "X: y z").status == nil)
    }

    @Test(arguments: [
        ("Content-Length: 5", 5), ("Content-Length:5", 5), ("Content-Length:   5", 5), ("Content-Length:\t5", 5),
        ("X-Content-Length: 5", 5), ("X: Content-Length: 5", 5), ("Content-Length: +5", 5), ("Content-Length: 05", 5),
        ("Content-Length: 5\r\nContent-Length: 6", 5), ("Content-Length:\r\n 5", 5), ("Content-Length:", 0),
        ("Content-Length:\r\nX: y", 0), ("Content-Length: 4294967301", 4_294_967_301),
    ])
    func hasALength(_ line: String, _ length: Int) {
        #expect(header("HTTP/1.0 200 OK", line).contentLength == length)
    }

    @Test(arguments: [
        "content-length: 5", "CONTENT-LENGTH: 5", "Content-Length: 5 ", "Content-Length: 5x", "Content-Length: 0x5",
        "Content-Length : 5", "Content-Length: x", "Content-Length: -5", "Content-Length: 99999999999999999999",
        "Content-Length: 9223372036854775808", "Content-Length: 5, 5", "Content-Length: 5.5", "Content-Length",
        "Content-Length: ", "X: \u{0}\r\nContent-Length: 5",
    ])
    func hasNoLength(_ line: String) {
        #expect(header("HTTP/1.0 200 OK", line).contentLength == nil)
    }
}
