/// Random cases: a random table and a few command lines on it, most of them valid and some slightly broken.
///
/// The same seed gives the same cases on every machine. What is known to differ on purpose does not come up: it has
/// listed cases, with what our program does instead.
struct Generator {
    private var random: SplitMix64
    private let seed: UInt64
    private var number = 0

    init(seed: UInt64) {
        self.seed = seed
        random = SplitMix64(state: seed)
    }

    mutating func next() -> (table: TableRecipe, case: Case) {
        number += 1
        let name = "random \(seed)/\(number)"
        var world = World(random: random)
        let rules = world.table()
        var steps: [Step] = []
        for _ in 0..<world.random.number(in: 1...3) { steps.append(world.step()) }
        steps.append(Step(commandLine: bytes(["ipvsadm", "-L", "-n"] + world.format())))
        random = world.random
        let title = "\(number): " + steps.map { shown($0.commandLine) }.joined(separator: "; ")
        return (
            TableRecipe(name: name, rules: lines(rules)),
            Case(group: "random cases", name: title, origin: name, table: name, steps: steps)
        )
    }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func oneIn(_ chances: Int) -> Bool { number(in: 1...chances) == 1 }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(in: 0...(elements.count - 1))] }
}

private func lines(_ lines: [String]) -> Bytes { lines.flatMap { Bytes($0.utf8) + [UInt8(ascii: "\n")] } }

private func bytes(_ words: [String]) -> [Bytes] { words.map { Bytes($0.utf8) } }

/// A virtual service of a random table, as the words that name it.
private struct RandomService {
    var option: String
    var address: String
    var isIPv6: Bool
    var servers: [String] = []

    var words: [String] { [option, address] + (option == "-f" && isIPv6 ? ["-6"] : []) }
    var isMark: Bool { option == "-f" }
    var takesOnePacket: Bool { option == "-u" || isMark }
}

/// The services of one random case, and what can be said about them.
private struct World {
    var random: SplitMix64
    private var services: [RandomService] = []
    /// A saved rule has thresholds with ours and none with the C program: a case has the one or the other.
    private let saves: Bool

    init(random: SplitMix64) {
        var random = random
        saves = random.oneIn(2)
        self.random = random
    }

    // MARK: Valid rules

    /// The rules of a random table, each of which the kernel takes.
    mutating func table() -> [String] {
        var rules: [[String]] = []
        for _ in 0..<random.number(in: 0...5) {
            var service = newService()
            guard !services.contains(where: { $0.words == service.words }) else { continue }
            rules.append(["-A"] + service.words + serviceSettings(service))
            for _ in 0..<random.number(in: 0...4) {
                let (server, settings) = newServer(of: service)
                guard !service.servers.contains(server) else { continue }
                service.servers.append(server)
                rules.append(["-a"] + service.words + ["-r", server] + settings)
            }
            services.append(service)
        }
        return rules.map { $0.joined(separator: " ") }
    }

    private mutating func newService() -> RandomService {
        let isIPv6 = random.oneIn(3)
        let option = random.pick(["-t", "-t", "-u", "--sctp-service", "-f"])
        if option == "-f" {
            return RandomService(option: option, address: random.pick(["1", "2", "100", "65536"]), isIPv6: isIPv6)
        }
        let host =
            isIPv6
            ? "[2001:db8::" + random.pick(["1", "2", "abcd", "1:0:0:1"]) + "]"
            : "10.0." + random.pick(["0", "1", "255"]) + "." + random.pick(["1", "2", "3", "254"])
        let port = random.pick(["53", "80", "443", "8080", "65535"])
        return RandomService(option: option, address: "\(host):\(port)", isIPv6: isIPv6)
    }

    private mutating func serviceSettings(_ service: RandomService) -> [String] {
        var words: [String] = []
        let scheduler = random.pick([
            "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "",
        ])
        if !scheduler.isEmpty { words += ["-s", scheduler] }
        if random.oneIn(3) {
            words += random.pick([["-p"], ["-p", "60"], ["-p", "86400"]])
            if random.oneIn(2) {
                words += ["-M", random.pick(service.isIPv6 ? ["1", "64", "128"] : ["255.255.255.0", "255.0.0.0"])]
            }
            if service.option == "-u" && random.oneIn(3) { words += ["--pe", "sip"] }
        }
        if service.takesOnePacket && random.oneIn(4) { words.append("-o") }
        if random.oneIn(4) { words += ["-b", flags(of: scheduler)] }
        return words
    }

    private mutating func flags(of scheduler: String) -> String {
        switch scheduler {
        case "sh": random.pick(["sh-fallback", "sh-port", "sh-fallback,sh-port", "flag-1"])
        case "mh": random.pick(["mh-fallback", "mh-port", "mh-port,mh-fallback", "flag-2"])
        default: random.pick(["flag-1", "flag-2", "flag-3", "flag-1,flag-3"])
        }
    }

    private mutating func newServer(of service: RandomService) -> (address: String, settings: [String]) {
        let crosses = random.oneIn(8)
        let isIPv6 = service.isIPv6 != crosses
        let host =
            isIPv6
            ? "[2001:db8::" + random.pick(["11", "12", "ffff"]) + "]"
            : "10." + random.pick(["0", "1", "100"]) + ".0." + random.pick(["11", "12", "111"])
        // A server that is not masqueraded gets the service's port, whatever is asked for.
        let method = crosses ? "-i" : random.pick(["-g", "-i", "-m", "-m"])
        let port =
            method == "-m" || service.isMark
            ? random.pick(["0", "80", "8080"]) : String(service.address.split(separator: ":").last ?? "0")
        return ("\(host):\(port)", [method] + serverSettings(method))
    }

    private mutating func serverSettings(_ method: String) -> [String] {
        var words: [String] = []
        if random.oneIn(2) { words += ["-w", random.pick(["0", "1", "7", "100", "65535"])] }
        if !saves && random.oneIn(4) { words += ["-x", "100", "-y", random.pick(["0", "50"])] }
        if method == "-i" {
            words += random.pick([
                [], ["--tun-type", "ipip"], ["--tun-type", "gre"], ["--tun-type", "gre", "--tun-csum"],
                ["--tun-type", "gue", "--tun-port", "6080"], ["--tun-type", "gue", "--tun-port", "1", "--tun-remcsum"],
            ])
        }
        return words
    }

    // MARK: Command lines

    mutating func step() -> Step {
        if random.oneIn(8) { return restore() }
        var words = command()
        if random.oneIn(3) { words = broken(words) }
        // Differs on purpose: a plain number as an IPv4 netmask.
        for index in words.indices.dropLast() where words[index] == "-M" && words[index + 1].allSatisfy(\.isNumber) {
            words[index + 1] = "255.255.0.0"
        }
        return Step(commandLine: bytes(["ipvsadm"] + words))
    }

    /// Rules that the kernel takes, with the blanks and line ends that people leave in them.
    private mutating func restore() -> Step {
        var other = World(random: random)
        var rules = ["-C"] + other.table()
        random = other.random
        for index in rules.indices {
            if random.oneIn(4) { rules[index] = "  " + rules[index] }
            if random.oneIn(4) { rules[index] += " " }
            if random.oneIn(6) { rules[index] += "\n" }
            if random.oneIn(6) { rules[index] = "ipvsadm " + rules[index] }
        }
        if saves { rules = rules.map(withoutThresholds) }
        services = other.services
        return Step(
            commandLine: bytes(["ipvsadm", random.pick(["-R", "--restore"])]),
            input: .text(lines(rules)))
    }

    private func withoutThresholds(_ rule: String) -> String {
        var words = rule.split(separator: " ", omittingEmptySubsequences: false)
        for option in ["-x", "-y"] {
            if let index = words.firstIndex(of: Substring(option)) { words.removeSubrange(index...(index + 1)) }
        }
        return words.joined(separator: " ")
    }

    private mutating func command() -> [String] {
        let known = !services.isEmpty && !random.oneIn(5)
        let service = known ? random.pick(services) : newService()
        var (server, settings) = newServer(of: service)
        if !service.servers.isEmpty && !random.oneIn(4) { server = random.pick(service.servers) }
        switch random.number(in: 1...20) {
        case 1...2: return ["-A"] + service.words + serviceSettings(service)
        case 3...4: return ["-E"] + service.words + serviceSettings(service)
        case 5...6: return ["-D"] + service.words
        case 7...9: return ["-a"] + service.words + ["-r", server] + settings
        case 10...11: return ["-e"] + service.words + ["-r", server] + settings
        case 12...13: return ["-d"] + service.words + ["-r", server]
        case 14: return ["-Z"] + (random.oneIn(2) ? service.words : [])
        case 15: return ["--set"] + (1...3).map { _ in random.pick(["0", "1", "900", "2678400"]) }
        case 16: return ["-L", "-n"] + service.words + format()
        case 17: return saves ? [random.pick(["-S", "--save"]), "-n"] : ["-C"]
        case 18: return ["-L", random.pick(["--timeout", "--daemon", "-c", "-cn"])]
        case 19: return ["-L"] + format()
        default: return ["-L", "-n"] + format()
        }
    }

    mutating func format() -> [String] {
        var words = random.pick([
            [], [], ["--stats"], ["--rate"], ["--thresholds"], ["--persistent-conn"], ["--tun-info"],
        ])
        if random.oneIn(5) { words.append(random.pick(["--exact", "-X", "--nosort", "--sort"])) }
        return words
    }

    // MARK: Mistakes

    private mutating func broken(_ words: [String]) -> [String] {
        var words = words
        let index = random.number(in: 0...(words.count - 1))
        switch random.number(in: 1...9) {
        case 1: words.remove(at: index)
        case 2: words.insert(words[index], at: index)
        case 3: words.swapAt(index, random.number(in: 0...(words.count - 1)))
        case 4: words[index] = random.pick(strangeWords)
        case 5: words.insert(random.pick(strangeWords), at: index)
        case 6: words.append(random.pick(strangeWords))
        case 7: words[index] = String(words[index].dropLast())
        case 8:
            let option = words.remove(at: index)
            words.insert(option, at: random.number(in: 0...words.count))
        default:
            guard index + 1 < words.count else { return words }
            let value = words.remove(at: index + 1)
            words[index] += random.pick(["", "=", "=="]) + value
        }
        return words
    }
}

/// What does not belong where it comes up, or belongs there only just.
private let strangeWords = [
    "", "-", "--", "0", "-1", "+5", "4294967296", "junk", "10.0.0.1", "10.0.0.1:", "10.0.0.1:80:80", ":80",
    "[2001:db8::1]", "2001:db8::1", "[::]:0", "0.0.0.0:0", "http", "-n", "-6", "-g", "-i", "-m", "-o", "-p", "-w", "-x",
    "-X", "-s", "-Q", "-L", "-A", "-f", "-t", "-u", "-r", "--stats", "--rate", "--thresholds", "--nosort",
    "--sort",
    "--tun-csum", "--tun-type", "gue", "--tun-port", "--syncid", "--syncid=5", "--timeout", "--daemon", "--frobnicate",
    "--weight=7", "--scheduler=rr", "--persistent=", "--numeric=1", "master", "--mcast-ttl", "-Ln", "-nX", "-w5", "-pn",
]
