import PacketFormats
import Testing

struct CalendarDateTests {
    @Test(
        arguments: [
            (0, 1970, 1, 1), (-1, 1969, 12, 31), (59, 1970, 3, 1), (11_016, 2000, 2, 29), (11_017, 2000, 3, 1),
            (20_778, 2026, 11, 21), (-719_468, 0, 3, 1), (-719_469, 0, 2, 29), (-719_529, -1, 12, 31),
        ] as [(Int64, Int64, Int64, Int64)])
    func knownDays(number: Int64, year: Int64, month: Int64, day: Int64) {
        let date = CalendarDate(year: year, month: month, day: day)
        #expect(CalendarDate(daysSince1970: number) == date)
        #expect(date.daysSince1970 == number)
    }

    @Test
    func everyDayOfFourCenturiesComesBack() {
        for number in Int64(-30_000)...116_097 {
            #expect(CalendarDate(daysSince1970: number).daysSince1970 == number)
        }
    }
}
