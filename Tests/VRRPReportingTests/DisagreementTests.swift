import Testing
import VRRPProtocol
import VRRPReporting

/// Two nodes that were meant to be a pair and whose configurations differ: both are active, each rejects what the other
/// one sends, and the findings say in what they differ.
@Suite("Configurations that do not agree")
struct DisagreementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var other: String
        var findings: [String]

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "another VRID", other: pairNode(priority: 100, vrid: 51),
            findings: [
                "b VI_1 rejected 6 packets of a VI_1: vrid-error; a has virtual_router_id 50, b 51",
                "a VI_1 rejected 6 packets of b VI_1: vrid-error; b has virtual_router_id 51, a 50",
            ]),
        Case(
            name: "another version", other: pairNode(priority: 100, instance: "version 3"),
            findings: [
                "b VI_1 rejected 6 packets of a VI_1: version-error; a speaks version 2, b version 3",
                "a VI_1 rejected 6 packets of b VI_1: version-error; b speaks version 3, a version 2",
            ]),
        Case(
            name: "another interval, version 2", other: pairNode(priority: 100, interval: "2"),
            findings: [
                "b VI_1 rejected 12 packets of a VI_1: interval-error; a has advert_int 1 s, b 2 s, and version 2 "
                    + "demands the same",
                "a VI_1 rejected 5 packets of b VI_1: interval-error; b has advert_int 2 s, a 1 s, and version 2 "
                    + "demands the same",
            ]),
        Case(
            name: "another password", other: pairNode(priority: 100, password: "2222"),
            findings: [
                "b VI_1 rejected 6 packets of a VI_1: authentication-failure; their passwords or keys are not the same",
                "a VI_1 rejected 6 packets of b VI_1: authentication-failure; their passwords or keys are not the same",
            ]),
        Case(
            name: "unicast on one side",
            other: pairNode(
                priority: 100, instance: "unicast_src_ip 10.0.0.2\nunicast_peer {\n 10.0.0.1\n }"),
            findings: [
                "b VI_1 rejected 6 packets of a VI_1: destination-error; a sends multicast, b expects unicast",
                "a VI_1 rejected 6 packets of b VI_1: destination-error; b sends unicast, a expects multicast",
            ]),
    ]

    @Test("Both are active, and it is said why", arguments: cases)
    func bothActive(_ disagreement: Case) throws {
        let report = try TimelinePlayer.report([pairNode(priority: 150), disagreement.other])
        #expect(report.findings.dropLast() == disagreement.findings[...])
        #expect(report.findings.last?.hasPrefix("at the end 10.0.0.3 has 2 owners, a and b, since ") == true)
        #expect(report.lines.filter { $0.state == .active }.count == 2)
    }

    @Test("Another list of addresses is accepted and remarked")
    func addressList() throws {
        let report = try TimelinePlayer.report(
            [pairNode(priority: 150), pairNode(priority: 100, addresses: "10.0.0.3\n10.0.0.7")])
        #expect(
            report.findings == [
                "b VI_1 and a VI_1 do not have the same addresses: only one has 10.0.0.7; keepalived before 2.3.3 "
                    + "rejects such packets, and both are active",
                "at the end nobody has 10.0.0.7, since 0.000",
            ])
    }

    @Test("Another interval in version 3: the backup goes by that of the active one")
    func learnedInterval() throws {
        let report = try TimelinePlayer.report([
            pairNode(priority: 150, instance: "version 3", interval: "2"),
            pairNode(priority: 100, instance: "version 3"),
        ])
        #expect(report.lines.contains { $0.text == "goes by the interval of a (10.0.0.1), 2 s" && $0.node == 1 })
        #expect(report.addresses[0].stretches.last?.nodes == [0])
    }

    @Test("auth_hmac on one side is an error of length on the other, which is explained")
    func trailerOnOneSide() throws {
        let key = "version 3\nauth_hmac {\n key 1 0123456789abcdef0123456789abcdef\n active_key 1\n }"
        let report = try TimelinePlayer.report([
            pairNode(priority: 150, instance: key), pairNode(priority: 100, instance: "version 3"),
        ])
        #expect(
            report.findings.contains {
                $0.hasSuffix("packet-length-error; a sends auth_hmac, b expects no authentication")
            })
        #expect(
            report.findings.contains {
                $0.hasSuffix("auth-type-mismatch; b sends no authentication, a expects auth_hmac")
            })
    }

    @Test("A peer address that nobody has is said to be one")
    func unknownPeer() throws {
        func node(_ priority: Int, _ own: Int, _ peer: Int) -> String {
            pairNode(
                priority: priority, instance: "unicast_src_ip 10.0.0.\(own)\nunicast_peer {\n 10.0.0.\(peer)\n }")
        }
        let report = try TimelinePlayer.report([node(150, 1, 2), node(100, 2, 9)])
        #expect(
            report.findings.contains("b VI_1 sends to unicast_peer 10.0.0.9, which is no address of these nodes"))
        #expect(
            report.findings.contains {
                $0.hasSuffix("unknown-peer; 10.0.0.1 is not in the unicast_peer of b")
            })
    }
}
