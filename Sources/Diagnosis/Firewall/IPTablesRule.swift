/// A rule of iptables, taken apart.
struct IPTablesRule {
    struct Match {
        /// `-p`, `-s`, `--ctstate` …; what a module says that is not known here is one match.
        var option: String
        var value: String
        var isInverted: Bool
    }

    private(set) var matches: [Match] = []
    /// What is done; nil for a rule that only counts.
    private(set) var target: String?
    /// Whether its target is a chain from which the packet does not come back here.
    private(set) var isGoto = false

    /// The modules whose options are all understood.
    private static let known: Set<String> = [
        "comment", "conntrack", "state", "pkttype", "addrtype", "iprange", "ttl", "hl", "mark", "rpfilter",
    ]
    /// The modules whose protocol is not one of ours: `-p` has decided already.
    private static let ofOtherProtocols: Set<String> = ["tcp", "udp", "icmp", "icmp6", "sctp", "dccp", "multiport"]

    /// - Parameter words: Those behind `-A CHAIN`.
    init(_ words: [String]) {
        var module: String?
        var isInverted = false
        var index = 0
        func next() -> String {
            index += 1
            return index < words.count ? words[index] : ""
        }
        while index < words.count {
            let word = words[index]
            switch word {
            case "!":
                isInverted = true
                index += 1
                continue
            case "-m":
                module = next()
                if let module, !Self.known.contains(module), !Self.ofOtherProtocols.contains(module) {
                    matches.append(Match(option: "-m \(module)", value: "", isInverted: false))
                }
                if module == "rpfilter" { matches.append(Match(option: "-m rpfilter", value: "", isInverted: false)) }
            case "-j", "-g":
                target = next()
                isGoto = word == "-g"
                // What follows is the target's.
                return
            case "-p", "-s", "-d", "-i", "-o":
                matches.append(Match(option: word, value: next(), isInverted: isInverted))
            case "-f": matches.append(Match(option: word, value: "", isInverted: isInverted))
            case "--invert":
                if module == "rpfilter", !matches.isEmpty { matches[matches.count - 1].isInverted = true }
            case "--loose", "--validmark", "--accept-local", "--limit-iface-in", "--limit-iface-out": break
            default:
                guard word.hasPrefix("--"), let module, Self.known.contains(module) else { break }
                matches.append(Match(option: word, value: next(), isInverted: isInverted))
            }
            isInverted = false
            index += 1
        }
    }

    /// The words as a shell would take them.
    static func quoted(_ words: [String]) -> String {
        words.map { $0.contains(" ") || $0.isEmpty ? "\"\($0)\"" : $0 }.joined(separator: " ")
    }
}
