import Glibc
import NetworkTestSupport
import Routing
import Testing

@Suite("Names of tables, protocols and scopes")
struct RoutingNamesTests {
    @Test("iproute2's files are read over the names that everybody knows")
    func files() throws {
        var template = Array("/tmp/routing-names-XXXXXX".utf8CString)
        let made = mkdtemp(&template) != nil
        try #require(made)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try shell(
            """
            cd \(folder)
            printf '# tables\\n100 uplink\\n0x200\\tfar # comment\\n\\nnonsense\\n300\\n' > rt_tables
            mkdir rt_tables.d; echo '101 other' > rt_tables.d/a.conf; echo '102 not' > rt_tables.d/b.txt
            echo '201 ours' > rt_protos; echo '7 near' > rt_realms; echo '3 lan' > group
            """)
        defer { _ = try? shell("rm -r \(folder)") }
        let names = RoutingNames(folders: [folder, "/nonexistent"])
        #expect(names.tables["uplink"] == 100 && names.tables["far"] == 0x200 && names.tables["other"] == 101)
        #expect(names.tables["not"] == nil && names.tables["main"] == 254)
        #expect(names.protocols["ours"] == 201 && names.protocols["keepalived"] == 18)
        #expect(names.realms["near"] == 7 && names.groups["lan"] == 3 && names.scopes["link"] == 253)
    }
}
