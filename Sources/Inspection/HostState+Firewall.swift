import Addresses
import ControlProtocol
import Diagnosis

extension HostState {
    /// Asks the programs of the firewalls. Nothing is asked that would load a module.
    mutating func readFirewall() {
        readNFTables()
        let isListedByNFT = firewall.nftables != nil
        // Asked for rules, iptables-legacy would make its tables.
        let legacyTables = SmallFile.text("/proc/net/ip_tables_names") ?? ""
        let legacyTables6 = SmallFile.text("/proc/net/ip6_tables_names") ?? ""
        if !legacyTables.isEmpty {
            readIPTables(["iptables-legacy-save", "iptables-save"], .ipv4, "iptables-legacy", wantsLegacy: true)
        }
        if !legacyTables6.isEmpty {
            readIPTables(["ip6tables-legacy-save", "ip6tables-save"], .ipv6, "ip6tables-legacy", wantsLegacy: true)
        }
        guard !isListedByNFT || firewall.nftables?.hasTablesOfIptables == true else { return }
        let before = firewall.iptables.count
        readIPTables(["iptables-nft-save", "iptables-save"], .ipv4, "iptables", wantsLegacy: false)
        readIPTables(["ip6tables-nft-save", "ip6tables-save"], .ipv6, "ip6tables", wantsLegacy: false)
        firewall.listsIptablesInNftables = firewall.iptables.count >= before + 2
    }

    private mutating func readNFTables() {
        do throws(ProgramOutput.Failure) {
            let listing = try ProgramOutput.of("nft", ["-j", "list", "ruleset"])
            guard let document = JSONValue(parsing: listing[...]), let ruleset = NFTRuleset(document) else {
                firewall.unanswered.append("what nft -j list ruleset says is not understood here")
                return
            }
            firewall.nftables = ruleset
            firewall.hasFirewalld = ruleset.hasFirewalld
        } catch {
            firewall.unanswered.append(
                "rules of nftables could not be read: \(Self.words(error, "nft", package: "nftables"))")
        }
    }

    /// Asks the first of the programs that is there and lists the rules that are wanted.
    private mutating func readIPTables(
        _ programs: [String], _ family: AddressFamily, _ program: String, wantsLegacy: Bool
    ) {
        for name in programs {
            let listing: String
            do throws(ProgramOutput.Failure) {
                listing = String(decoding: try ProgramOutput.of(name), as: UTF8.self)
            } catch {
                if error == .missing { continue }
                firewall.unanswered.append("\(name): \(Self.words(error, name, package: "iptables"))")
                return
            }
            let isLegacy = !listing.split(whereSeparator: \.isNewline).contains {
                $0.hasPrefix("#") && $0.contains("(nf_tables)")
            }
            // Where there are no rules in nftables it says nothing at all.
            guard listing.isEmpty || isLegacy == wantsLegacy else { continue }
            firewall.iptables.append(IPTablesRuleset(listing, family: family, program: program))
            return
        }
        // Without nft and iptables there may still be rules; with nft they are seen.
        if wantsLegacy {
            firewall.unanswered.append(
                "rules of \(program) could not be read: there is no \(programs[0]) here (package iptables)")
        }
    }

    private static func words(_ failure: ProgramOutput.Failure, _ program: String, package: String) -> String {
        switch failure {
        case .missing: "there is no \(program) here (package \(package))"
        case .notStarted(let reason): "\(program) cannot be started: \(reason)"
        case .tooSlow: "\(program) did not answer in time"
        case .refused(let reason): reason
        case .tooLong: "\(program) lists more than can be looked at"
        }
    }
}
