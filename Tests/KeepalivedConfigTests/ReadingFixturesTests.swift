import Foundation
import TestSupport
import Testing

@testable import KeepalivedConfig

@Suite("Whole configurations")
struct ReadingFixturesTests {
    @Test("Configurations as operators write them have no fault in their text", arguments: FixtureFiles.names)
    func noFaults(name: String) throws {
        let tree = ConfigurationReader.read(text: String(decoding: try FixtureFiles.bytes(name), as: UTF8.self))
        #expect(faults(tree) == [])
        #expect(!tree.statements.isEmpty)
        #expect(tree.statements.allSatisfy { $0.body != nil })
    }

    @Test(
        "One text is a configuration for each node of a site",
        arguments: [("left", "150", "left"), ("right", "100", "right")])
    func site(id: String, priority: String, router: String) throws {
        let context = ReadingContext(configurationID: id)
        let tree = ConfigurationReader.read("/site/site.conf", in: context, from: try FixtureFiles.site())
        #expect(faults(tree) == [])
        #expect(
            tree.statements.map { ($0.arguments.first?.text ?? $0.keyword.text) } == [
                "global_defs", "VLAN_10", "VLAN_20", "VLAN_30", "VLAN_40", "GUESTS", "EXTRA",
            ])
        #expect(outline(tree.statements[0].body ?? []) == "router_id \(router); include_check match")
        #expect(
            outline([tree.statements[2]]) == "vrrp_instance VLAN_20 { interface eth0.20; virtual_router_id 20; "
                + "priority \(priority); virtual_ipaddress { 10.30.20.1/24 } }")
        #expect(outline(tree.statements[5].body ?? []).contains("priority 110; advert_int 2"))
        #expect(outline(tree.statements[6].body ?? []).contains("virtual_ipaddress { 10.30.7.1; 10.30.8.254 }"))
        #expect(outline(tree.statements[6].body ?? []).hasSuffix("notify |/site/notify.sh \(id)|"))
    }

    /// The bigger run of the same kind is in Tests/Fuzz.
    @Test("Whatever becomes of a configuration by mutation, it is read, and every fault has a place in it")
    func mutation() throws {
        let grammar: [[UInt8]] = [
            "$A=", "${A}", "$A ", "~SEQ(A,1,3) ", "~LST({A,B},{1,2},{3,4})", "@a ", "@^b ", "include b\n",
            "includea {a,b}*",
            "include_check\n", " \\\n", "\n", "{", "}", "\"", "'", "#", "!", "\\", "{{ x }}", "\0", "\r\n", "\t", "é",
            "${_RANDOM 1 2}", "${_ENV A}", "\u{feff}", "priority 100\n", "virtual_ipaddress {\n",
        ].map { Array($0.utf8) }
        let seeds = try FixtureFiles.names.map(FixtureFiles.bytes) + [try FixtureFiles.bytes("site/site.conf")]
        var random = SeededNumbers(seed: 3)
        var limits = ReadingLimits()
        limits.statements = 5_000
        limits.expandedBytes = 1 << 18
        let context = ReadingContext(configurationID: "a", limits: limits)
        for number in 0..<2_000 {
            var text = random.pick(seeds)
            for _ in 0..<1 + random.next() % 12 {
                let position = Int(random.next() % UInt64(text.count + 1))
                switch random.next() % 4 {
                case 0: text.insert(contentsOf: random.pick(grammar), at: position)
                case 1: text.removeSubrange(position..<min(text.count, position + Int(random.next() % 20)))
                case 2:
                    let other = random.pick(seeds)
                    text.insert(
                        contentsOf: other[..<Int(random.next() % UInt64(other.count + 1))].suffix(60), at: position)
                default: if position < text.count { text[position] = UInt8(truncatingIfNeeded: random.next()) }
                }
            }
            var files = FilesInMemory()
            files.files = ["a": text, "b": random.pick(grammar) + Array("\nx {\n".utf8)]
            let tree = ConfigurationReader.read("a", in: context, from: files)
            let lines = tree.files.map { $0.bytes.count { $0 == 0x0a } + 1 }
            for fault in tree.diagnostics {
                guard let span = fault.span else { continue }
                let isInside =
                    lines.indices.contains(Int(span.file)) && (1...lines[Int(span.file)]).contains(Int(span.line))
                    && span.column >= 1 && span.length >= 0
                #expect(isInside, "input \(number) of seed 3: \(fault)")
            }
        }
    }
}
