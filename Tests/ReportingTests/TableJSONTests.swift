import Addresses
import IPVSModel
import Reporting
import Testing

@Suite("The table as JSON")
struct TableJSONTests {
    private static let rows: [(service: ServiceEntry, servers: [ServerEntry])] = SampleTable.rows.map {
        ($0.service, $0.servers)
    }

    private func document(
        _ rows: [(service: ServiceEntry, servers: [ServerEntry])] = rows, statistics: Statistics? = Statistics()
    ) throws -> JSONValue {
        var json = TableJSON(withState: statistics != nil)
        json.begin(SampleTable.information)
        for row in rows {
            json.beginService(row.service)
            for server in row.servers { json.write(server, statistics) }
            json.endService()
        }
        json.end()
        return try JSONValue(document: json.writer.text.bytes)
    }

    private func services(_ rows: SampleTable.Row..., statistics: Statistics? = Statistics()) throws -> [JSONValue] {
        try #require(try document(rows.map { ($0.service, $0.servers) }, statistics: statistics)["services"]).elements
    }

    @Test("The frame: version, size of the connection table, services")
    func frame() throws {
        let document = try document()
        #expect(document.names == ["connection_table_size", "services", "version"])
        #expect(document["version"] == .string("1.2.1"))
        #expect(document["connection_table_size"] == .number("4096"))
        #expect(document["services"]?.elements.count == SampleTable.rows.count)
    }

    @Test("An empty table is an empty list")
    func empty() throws {
        #expect(try document([])["services"] == .array([]))
    }

    @Test("Every service has the same names, with and without state")
    func names() throws {
        let configured = [
            "address", "family", "fwmark", "one_packet", "persistence_engine", "persistent", "port", "protocol",
            "scheduler", "scheduler_flags", "servers",
        ]
        let measured = (configured + ["rates", "stats"]).sorted()
        for service in try #require(try document()["services"]).elements { #expect(service.names == measured) }
        let saved = try document(statistics: nil)
        #expect(saved.names == ["services", "version"])
        for service in try #require(saved["services"]).elements { #expect(service.names == configured) }
    }

    @Test("Every server has the same names, with and without state")
    func serverNames() throws {
        let configured = [
            "address", "family", "forwarding", "lower_threshold", "port", "tunnel", "upper_threshold", "weight",
        ]
        let measured =
            (configured + ["active_connections", "inactive_connections", "persistent_connections", "rates", "stats"])
            .sorted()
        for service in try #require(try document()["services"]).elements {
            for server in try #require(service["servers"]).elements { #expect(server.names == measured) }
        }
        for service in try #require(try document(statistics: nil)["services"]).elements {
            for server in try #require(service["servers"]).elements { #expect(server.names == configured) }
        }
    }

    @Test("A service by address")
    func addressService() throws {
        let service = try #require(
            try services(
                SampleTable.row(
                    VirtualService(
                        identity: SampleTable.tcp("10.0.0.1", 443), scheduler: "sh",
                        flags: [.persistent, .hashed, .scheduler1, .scheduler2], persistenceTimeout: 360,
                        persistenceMask: .init(0xffff_ff00)))
            ).first)
        #expect(service["protocol"] == .string("tcp"))
        #expect(service["address"] == .string("10.0.0.1"))
        #expect(service["port"] == .number("443"))
        #expect(service["fwmark"] == .null)
        #expect(service["family"] == .string("ipv4"))
        #expect(service["scheduler"] == .string("sh"))
        #expect(service["scheduler_flags"] == .array([.string("sh-fallback"), .string("sh-port")]))
        #expect(service["persistent"] == .object(["timeout": .number("360"), "netmask": .string("255.255.255.0")]))
        #expect(service["persistence_engine"] == .null)
        #expect(service["one_packet"] == .bool(false))
        #expect(service["servers"] == .array([]))
    }

    @Test("A service by firewall mark, over IPv6: no protocol, address or port; the mask is a prefix length")
    func markService() throws {
        let service = try #require(
            try services(
                SampleTable.row(
                    VirtualService(
                        identity: .firewallMark(.max, .ipv6), scheduler: "rr", flags: [.persistent, .onePacket],
                        persistenceTimeout: 60, persistenceMask: .init(64), persistenceEngine: "sip"))
            ).first)
        for name in ["protocol", "address", "port"] { #expect(service[name] == .null) }
        #expect(service["fwmark"] == .number("4294967295"))
        #expect(service["family"] == .string("ipv6"))
        #expect(service["scheduler_flags"] == .array([]))
        #expect(service["persistent"] == .object(["timeout": .number("60"), "netmask": .number("64")]))
        #expect(service["persistence_engine"] == .string("sip"))
        #expect(service["one_packet"] == .bool(true))
    }

    @Test("An engine without persistence, an unknown protocol")
    func oddServices() throws {
        let found = try services(
            SampleTable.row(
                VirtualService(identity: SampleTable.udp("10.0.0.1", 54), scheduler: "rr", persistenceEngine: "sip")),
            SampleTable.row(
                VirtualService(
                    identity: .address(.init(rawValue: 99), SampleTable.address("2001:db8::1"), port: 0))))
        #expect(found[0]["protocol"] == .string("udp"))
        #expect(found[0]["persistent"] == .null)
        #expect(found[0]["persistence_engine"] == .string("sip"))
        #expect(found[1]["protocol"] == .null)
        #expect(found[1]["address"] == .string("2001:db8::1"))
    }

    @Test("A name that another netlink client set to any bytes is still a string")
    func hostileNames() throws {
        let name = "a\"b\\c\u{1b}"
        let found = try services(
            SampleTable.row(VirtualService(identity: .firewallMark(1, .ipv4), scheduler: name, persistenceEngine: name))
        )
        #expect(found[0]["scheduler"] == .string(name))
        #expect(found[0]["persistence_engine"] == .string(name))
    }

    @Test(
        "Forwarding methods and tunnels",
        arguments: [
            // Method, tunnel; the method's word, the tunnel as JSON.
            (ForwardingMethod.masquerade, Tunnel(), "masquerade", JSONValue.null),
            (.local, Tunnel(), "local", .null),
            (.direct, Tunnel(type: .gue, port: 1), "direct", .null),
            (.bypass, Tunnel(), "bypass", .null),
            (.init(rawValue: 7), Tunnel(), "unknown-7", .null),
            (
                .tunnel, Tunnel(), "tunnel",
                .object(["type": .string("ipip"), "port": .null, "checksum": .string("none")])
            ),
            (
                .tunnel, Tunnel(type: .gue, port: 6080, checksum: .remote), "tunnel",
                .object(["type": .string("gue"), "port": .number("6080"), "checksum": .string("remcsum")])
            ),
            (
                .tunnel, Tunnel(type: .gre, checksum: .checksum), "tunnel",
                .object(["type": .string("gre"), "port": .null, "checksum": .string("csum")])
            ),
            (
                .tunnel, Tunnel(type: .init(rawValue: 9), checksum: .init(rawValue: 3)), "tunnel",
                .object(["type": .string("unknown-9"), "port": .null, "checksum": .string("unknown-3")])
            ),
        ])
    func forwarding(method: ForwardingMethod, tunnel: Tunnel, word: String, expected: JSONValue) throws {
        let row = SampleTable.row(
            VirtualService(identity: SampleTable.tcp("10.0.0.1", 80)),
            SampleTable.server("2001:db8::2", 80, method, tunnel: tunnel))
        let server = try #require(try services(row).first?["servers"]?.elements.first)
        #expect(server["forwarding"] == .string(word))
        #expect(server["tunnel"] == expected)
        #expect(server["family"] == .string("ipv6"))
        #expect(server["address"] == .string("2001:db8::2"))
    }

    @Test("A server's numbers, the counters exact to 64 bits")
    func numbers() throws {
        var statistics = Statistics()
        statistics.total.connections = .max
        statistics.total.packetsIn = 4_294_967_296
        statistics.total.packetsOut = 3
        statistics.total.bytesIn = 4
        statistics.total.bytesOut = 5
        statistics.rate.connections = 6
        statistics.rate.packetsIn = 7
        statistics.rate.packetsOut = 8
        statistics.rate.bytesIn = 9
        statistics.rate.bytesOut = 9_007_199_254_740_993
        var entry = SampleTable.server("10.0.0.2", 8080, .masquerade, weight: 7, upper: 500, lower: 100)
        entry.activeConnections = 11
        entry.inactiveConnections = .max
        entry.persistentConnections = 13
        let service = ServiceEntry(
            service: VirtualService(identity: SampleTable.tcp("10.0.0.1", 80)), statistics: statistics)
        let document = try document([(service, [entry])], statistics: statistics)
        let found = try #require(document["services"]?.elements.first)
        let server = try #require(found["servers"]?.elements.first)
        #expect(server["port"] == .number("8080"))
        #expect(server["weight"] == .number("7"))
        #expect(server["upper_threshold"] == .number("500"))
        #expect(server["lower_threshold"] == .number("100"))
        #expect(server["active_connections"] == .number("11"))
        #expect(server["inactive_connections"] == .number("4294967295"))
        #expect(server["persistent_connections"] == .number("13"))
        for owner in [found, server] {
            #expect(
                owner["stats"]
                    == .object([
                        "connections": .number("18446744073709551615"), "packets_in": .number("4294967296"),
                        "packets_out": .number("3"), "bytes_in": .number("4"), "bytes_out": .number("5"),
                    ]))
            #expect(
                owner["rates"]
                    == .object([
                        "connections": .number("6"), "packets_in": .number("7"), "packets_out": .number("8"),
                        "bytes_in": .number("9"), "bytes_out": .number("9007199254740993"),
                    ]))
        }
    }
}

@Suite("Connections as JSON")
struct ConnectionJSONTests {
    private func document(_ lines: [String], rest: [UInt8] = []) throws -> JSONValue {
        try JSONValue(document: bytes(lines, rest: rest))
    }

    private func bytes(_ lines: [String], rest: [UInt8] = []) -> [UInt8] {
        var json = ConnectionJSON()
        json.begin()
        for line in lines {
            if let entry = ConnectionEntry(procLine: (Array(line.utf8) + rest)[...]) { json.write(entry) }
        }
        json.end()
        return json.writer.text.bytes
    }

    @Test("No connections are an empty list")
    func none() throws {
        #expect(try document([]) == .object(["connections": .array([])]))
    }

    @Test("A connection, every field of it")
    func connection() throws {
        let found = try document(["TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED     896"])
        #expect(
            found["connections"]
                == .array([
                    .object([
                        "protocol": .string("tcp"), "expires": .number("896"), "state": .string("ESTABLISHED"),
                        "source": .object(["address": .string("10.1.0.2"), "port": .number("38687")]),
                        "virtual": .object(["address": .string("10.0.0.1"), "port": .number("80")]),
                        "fwmark": .null,
                        "destination": .object(["address": .string("10.0.0.2"), "port": .number("8080")]),
                        "template": .bool(false), "persistence": .null,
                    ])
                ]))
    }

    @Test("The template of a firewall mark has a mark instead of a virtual address")
    func firewallMark() throws {
        let found = try #require(
            try document(["IP  0A010001 0000 00000005 0000 0A010009 0000 NONE             99"])["connections"]?
                .elements.first)
        #expect(found["protocol"] == .null)
        #expect(found["virtual"] == .null)
        #expect(found["fwmark"] == .number("5"))
        #expect(found["template"] == .bool(true))
    }

    @Test("Engine data of any bytes is a string")
    func engineData() throws {
        let line = "UDP 0A010002 0000 0A000001 13C4 0A000002 13C4 NONE             56 sip "
        let found = try #require(
            try document([line], rest: Array("a\"b\\\u{1b}".utf8) + [0xff])["connections"]?.elements.first)
        #expect(found["persistence"] == .object(["engine": .string("sip"), "data": .string("a\"b\\\u{1b}\u{fffd}")]))
        #expect(found["template"] == .bool(true))
    }

    @Test("One connection a line, for grep and for streams")
    func oneALine() {
        let line = "TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED     896"
        let lines = String(decoding: bytes([line, line, line]), as: UTF8.self).split(separator: "\n")
        #expect(lines.count { $0.contains("\"source\"") } == 3)
        #expect(lines.first == "{\"connections\":[")
        #expect(lines.last == "]}")
    }
}
