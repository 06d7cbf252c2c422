import ControlProtocol
import Diagnosis
import Foundation
import Testing

/// What nft 1.0.6 and iptables 1.8.9 listed of rules that were put into a network namespace.
enum Fixture {
    static func text(_ name: String) throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
        return try String(contentsOf: url, encoding: .utf8)
    }

    static func document(_ name: String) throws -> JSONValue {
        try #require(JSONValue(parsing: Array(text(name).utf8)[...]))
    }

    static func ruleset(_ name: String) throws -> NFTRuleset {
        try #require(NFTRuleset(document(name)))
    }
}
