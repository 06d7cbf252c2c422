import Addresses
import Glibc
import KeepalivedConfig
import NetworkTestSupport
import Routing
import Testing

@testable import Director

@Suite("The ledger")
struct LedgerTests {
    private static func address(_ last: UInt8) -> LedgerEntry {
        let spec = AddressSpec(interface: 7, address: .v4(IPv4Address(10, 0, 0, last)), prefixLength: 24)
        return .removal(.removeAddress(spec))
    }

    private static func leftovers(_ path: String) -> [LedgerEntry.Leftover] {
        Ledger.leftovers(in: Ledger.contents(of: path) ?? [], header: Ledger.header)
    }

    @Test("What is entered and not struck out is left, in its order")
    func entries() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/ledger"
        let ledger = try Ledger(at: path)
        let sysctl = Sysctl(.ipv4, "vrrp.51", "arp_ignore")
        let interface = VirtualInterfaceSpec(
            name: "vrrp.51", parent: 3, kind: .macvlan(.private, MACAddress(0x0000_5e00_0133)))
        let numbers = ledger.enter([
            Self.address(1), .sysctl(sysctl, old: 0, new: 1), Self.address(2), .interface(interface),
        ])
        ledger.strike([numbers[0]])
        guard case .removal(let change) = Self.address(2) else { return }
        #expect(
            Self.leftovers(path) == [
                .sysctl(sysctl, old: 0, new: 1), .removal(change),
                .interface(name: "vrrp.51", parent: 3, kind: "macvlan", address: "00:00:5e:00:01:33"),
            ])
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        ledger.close()
        #expect(access(path, F_OK) != 0)
    }

    @Test("A torn line does not count, wherever it is torn")
    func torn() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/ledger"
        let ledger = try Ledger(at: path)
        _ = ledger.enter([Self.address(1)])
        let whole = try #require(Ledger.contents(of: path))
        _ = ledger.enter([Self.address(2)])
        let longer = try #require(Ledger.contents(of: path))
        for length in whole.count..<longer.count {
            #expect(Ledger.leftovers(in: Array(longer[..<length]), header: Ledger.header).count == 1)
        }
        #expect(Ledger.leftovers(in: longer, header: Ledger.header).count == 2)
    }

    @Test("Another boot's or namespace's ledger is nothing")
    func elsewhere() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/ledger"
        let ledger = try Ledger(at: path)
        _ = ledger.enter([Self.address(1)])
        let bytes = try #require(Ledger.contents(of: path))
        #expect(Ledger.leftovers(in: bytes, header: "vrrpctl-ledger 1 another 1").isEmpty)
        #expect(Ledger.leftovers(in: [], header: Ledger.header).isEmpty)
        #expect(Ledger.releaseLeftovers(at: folder.path + "/none") == [])
    }

    @Test("A path in a sysctl's name leads nowhere else")
    func paths() {
        for line in [
            "sysctl net/ipv4/conf/../x 0 1", "sysctl kernel/x/conf/a/b 0 1", "sysctl net/ipv4/conf/a/../b 0 1",
        ] {
            #expect(LedgerEntry.Leftover(line.split(separator: " ")) == nil)
        }
    }

    @Test("It is written anew when most of it is struck out")
    func compaction() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/ledger"
        let ledger = try Ledger(at: path)
        let kept = ledger.enter([Self.address(1)])
        for _ in 0..<5000 { ledger.strike(ledger.enter([Self.address(2)])) }
        #expect(kept == [1])
        let text = String(decoding: try #require(Ledger.contents(of: path)), as: UTF8.self)
        #expect(text.split(separator: "\n").count < 5000)
        #expect(Self.leftovers(path).count == 1)
        #expect(access(path + ".new", F_OK) != 0)
    }
}
