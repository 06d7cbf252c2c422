import Testing

@testable import ControlProtocol

struct EventPeriodTests {
    private static let noon = Timestamp(milliseconds: 43_200_000)

    @Test(
        arguments: [
            ("90s", 43_110_000), ("10m", 42_600_000), ("2h", 36_000_000), ("1d", -43_200_000), ("0s", 43_200_000),
            ("1970-01-01T10:00:00Z", 36_000_000), ("1970-01-01t10:00:00z", 36_000_000),
            ("1970-01-01T10:00:00.5Z", 36_000_500), ("1970-01-01T10:00:00.123456789Z", 36_000_123),
            ("1970-01-01T10:00:00+01:30", 30_600_000), ("1970-01-01T10:00:00.25-02:00", 43_200_250),
            ("1970-01-01T10:00:00.000Z", 36_000_000),
        ] as [(String, Int64)])
    func means(_ text: String, _ milliseconds: Int64) throws {
        #expect(try #require(EventPeriod(text)).since(Self.noon).milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "s", "10", "-5m", "+5m", "5w", "5 m", "1.5h", "99999999999999999999d", "9999999d", "yesterday",
        "1970-01-01", "1970-01-01T10:00:00", "1970-01-01T10:00:00+1:00", "1970-02-30T10:00:00Z",
        "1970-01-01T25:00:00Z", "1970-01-01T10:00:00.Z", "1970-01-01T10:00:00+01:00x", "1970-01-01T10:00:00+24:00",
        "1970-01-01 10:00:00Z",
    ])
    func meansNothing(_ text: String) {
        #expect(EventPeriod(text) == nil)
    }

    @Test
    func lines() {
        var event = DirectorEvent(
            sequence: 1, time: Timestamp(milliseconds: 1_795_273_391_042), kind: .transition, subject: "lan",
            text: "backup → active: started")
        #expect(
            EventText.line(event, offset: 3600)
                == "2026-11-21 16:03:11.042  transition    lan  backup → active: started")
        event.kind = .notification
        event.subject = ""
        #expect(EventText.line(event, offset: 0).hasPrefix("2026-11-21 15:03:11.042  notification  -  backup"))
    }
}
