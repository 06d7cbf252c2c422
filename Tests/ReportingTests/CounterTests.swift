import IPVSModel
import Reporting
import Testing

@Suite("Counters in nine columns")
struct CounterTests {
    /// Seen in the C program, with the numbers injected between the kernel and it.
    @Test(
        "A counter that outgrows its column is divided by a thousand, a million and so on, without rounding",
        arguments: [
            (0, "        0"),
            (7, "        7"),
            (99_999_999, " 99999999"),
            (100_000_000, "  100000K"),
            (999_999_999, "  999999K"),
            (1_000_000_000, "    1000M"),
            (99_999_999_999, "   99999M"),
            (100_000_000_000, "     100G"),
            (99_999_999_999_999, "   99999G"),
            (100_000_000_000_000, "     100T"),
            (.max, "18446744T"),
        ] as [(UInt64, String)])
    func abbreviated(number: UInt64, expected: String) {
        #expect(written { $0.appendCounter(number, exact: false) } == expected)
    }

    @Test(
        "With --exact every digit stands, with a blank before it",
        arguments: [
            (0, "        0"),
            (99_999_999, " 99999999"),
            (100_000_000, " 100000000"),
            (4_294_967_296, " 4294967296"),
            (.max, " 18446744073709551615"),
        ] as [(UInt64, String)])
    func exact(number: UInt64, expected: String) {
        #expect(written { $0.appendCounter(number, exact: true) } == expected)
    }

    @Test("A rate of connections and packets is never abbreviated, a rate of bytes is")
    func rates() {
        var statistics = Statistics()
        statistics.rate.connections = 100_000_000
        statistics.rate.packetsIn = .max
        statistics.rate.packetsOut = 1
        statistics.rate.bytesIn = 100_000_000
        statistics.rate.bytesOut = 5
        let text = written {
            TableListing(columns: .rates, exact: false, names: NumericEndpoints())
                .write(
                    SampleTable.server("10.0.0.2", 80, .masquerade), statistics, of: SampleTable.tcp("10.0.0.1", 80),
                    into: &$0)
        }
        #expect(
            text == "  -> 10.0.0.2:80                  100000000 18446744073709551615        1  100000K        5$\n")
    }

    @Test("The kernel's version is three numbers", arguments: [(0x010201, "1.2.1"), (0x0a0fff, "10.15.255")])
    func version(packed: UInt32, expected: String) {
        #expect(written { $0.appendVersion(packed) } == expected)
    }
}
