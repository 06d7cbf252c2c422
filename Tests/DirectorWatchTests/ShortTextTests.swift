import ControlProtocol
import Screens
import Testing

@testable import DirectorWatch

@Suite struct ShortTextTests {
    @Test(
        "Numbers in five columns",
        arguments: [
            (0, "0"), (9999, "9999"), (10_000, "10.0k"), (99_949, "99.9k"), (99_999, "99.9k"), (100_000, "100k"),
            (999_999, "999k"), (1_000_000, "1.0M"), (12_345_678, "12.3M"), (1 << 40, "1.0T"), (.max, "18.4E"),
        ] as [(UInt64, String)])
    func numbers(number: UInt64, text: String) {
        #expect(ShortText.number(number) == text)
    }

    @Test(
        "Ages in six columns",
        arguments: [
            (0, "0s"), (59, "59s"), (60, "1m00s"), (3599, "59m59s"), (3600, "1h00m"), (86_399, "23h59m"),
            (86_400, "1d00h"), (8_639_999, "99d23h"), (8_640_000, "100d"), (-5, "0s"),
        ] as [(Int64, String)])
    func ages(seconds: Int64, text: String) {
        #expect(ShortText.age(of: SampleDirector.ago(seconds), at: SampleDirector.now) == text)
    }

    @Test("A time of today is a time, another has its day")
    func clock() {
        #expect(ShortText.clock(SampleDirector.now, today: SampleDirector.now) == "22:14:33")
        #expect(ShortText.clock(SampleDirector.ago(86_400), today: SampleDirector.now) == "11-20 22:14:33")
        #expect(ShortText.clock(SampleDirector.now, today: nil) == "11-21 22:14:33")
    }

    @Test(
        "A sparkline is as high as its greatest reading, with gaps for nothing",
        arguments: [
            ([], "    "), ([0, 0, 0, 0], "    "), ([1], "   █"), ([1, 2, 4, 8], "▁▂▄█"), ([8, nil, 0, 8], "█  █"),
            ([100, 1, 2, 4, 8], "▁▂▄█"), ([.max, .max / 2, 1, .max], "█▄▁█"),
        ] as [([UInt64?], String)])
    func sparkline(readings: [UInt64?], text: String) {
        #expect(Sparkline.text(readings, width: 4, .unicode) == text)
    }

    @Test("No room, no sparkline; without UTF-8 it is ASCII")
    func sparklineElsewhere() {
        #expect(Sparkline.text([1, 2], width: 0, .unicode) == "")
        #expect(Sparkline.text([1, 2, 4, 8], width: 5, .ascii) == " _.=@")
    }

    @Test("Histories end with what is not reported any more")
    func history() {
        var history = RateHistory()
        for rate in 1...40 { history.add(SampleDirector.twoServers(rate: UInt64(rate))) }
        let series = history.series(of: "[192.168.0.2]:tcp:80", in: "[10.91.0.20]:tcp:80")
        #expect(series.connections.count == 32)
        #expect(series.connections.last == 40)
        #expect(series.bytes.last == 400_000)
        history.add(SampleDirector.servers([]))
        #expect(history.series(of: "[10.91.0.20]:tcp:80") == RateSeries())
    }
}
