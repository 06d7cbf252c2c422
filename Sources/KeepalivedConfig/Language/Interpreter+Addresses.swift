import Addresses

extension Interpreter {
    /// How a line of `virtual_ipaddress` is written.
    static let addressForm =
        "ADDRESS[/MASK] [brd ADDRESS|+|-] [dev INTERFACE] [scope SCOPE] [label LABEL] [peer ADDRESS[/MASK]] "
        + "[use_vmac] [home] [-nodad] [mngtmpaddr] [noprefixroute] [autojoin] [no_track] "
        + "[preferred_lft SECONDS|forever]"

    mutating func virtualAddress(_ item: Statement) -> VirtualAddress? { addressLine(item, isStatic: false) }

    mutating func staticAddress(_ item: Statement) -> VirtualAddress? { addressLine(item, isStatic: true) }

    private mutating func addressLine(_ item: Statement, isStatic: Bool) -> VirtualAddress? {
        guard let (prefix, hasMask) = prefix(item.keyword) else { return nil }
        var line = VirtualAddress(prefix: prefix)
        line.hasMask = hasMask
        guard !item.arguments.isEmpty else { return line }
        var reader = WordReader(item)
        reader.index = 1
        while let option = reader.next() {
            switch option.text {
            case "dev": line.interface = reader.interface(of: option, &self)
            case "brd", "broadcast": line.broadcast = broadcast(of: option, prefix, &reader)
            case "scope":
                guard let word = reader.value(of: option, "SCOPE", &self) else { break }
                line.scope = choice(word, of: option, VirtualAddress.Scope.allCases.map(\.rawValue))
                    .flatMap(VirtualAddress.Scope.init)
            case "label": line.label = label(of: option, &reader)
            case "peer":
                guard let word = reader.value(of: option, "ADDRESS", &self), let peer = self.prefix(word) else { break }
                if peer.prefix.address.family == prefix.address.family {
                    line.peer = peer.prefix
                } else {
                    error("mixed-families", "the peer \(word.text) is of another family", at: word)
                }
            case "preferred_lft":
                guard let word = reader.value(of: option, "SECONDS|forever", &self) else { break }
                line.preferredLifetime =
                    word.text == "forever"
                    ? .forever : integer(word, of: option, 0...0xffff_fffe).map { .seconds($0) }
            case "track_group" where isStatic: line.trackGroup = reader.name(of: option, &self)
            default:
                if let flag = VirtualAddress.Flag(rawValue: option.text) {
                    line.flags.insert(flag)
                } else {
                    unknownOption(option, of: item, Self.addressOptions)
                    reader.skipValue(unlessIn: Self.addressOptions)
                }
            }
        }
        return line
    }

    private mutating func broadcast(
        of option: Word, _ prefix: AddressPrefix, _ reader: inout WordReader
    ) -> VirtualAddress.Broadcast? {
        guard let word = reader.value(of: option, "ADDRESS|+|-", &self) else { return nil }
        switch word.text {
        case "+": return .hostBitsSet
        case "-": return .hostBitsClear
        default:
            guard let address = address(word) else { return nil }
            guard address.family == .ipv4, prefix.address.family == .ipv4 else {
                error("mixed-families", "only IPv4 has broadcast addresses", at: word)
                return nil
            }
            return .address(address)
        }
    }

    private mutating func label(of option: Word, _ reader: inout WordReader) -> String? {
        guard let word = reader.value(of: option, "LABEL", &self) else { return nil }
        guard word.text.utf8.count <= 15 else {
            error("bad-label", "the label \(word.text) is too long", at: word, expected: "at most 15 characters")
            return nil
        }
        return word.text
    }

    private static let addressOptions =
        ["dev", "brd", "broadcast", "scope", "label", "peer", "preferred_lft"]
        + VirtualAddress.Flag.allCases.map(\.rawValue)

    /// Says that a word on an item's line means nothing there. Without it the rest still does.
    mutating func unknownOption(_ option: Word, of item: Statement, _ options: [String]) {
        if Self.address(String(option.text.prefix { $0 != "/" })) != nil {
            error(
                "extra-words", "a second address stands on the line of \(item.keyword.text)", at: option,
                expected: "\(option.text) on a line of its own")
            return
        }
        report(
            .error, "unknown-option", "\(option.text) is no option here", at: option.span,
            suggestion: Spelling.nearest(to: option.text, among: options))
    }

    static func words(_ line: VirtualAddress) -> [String] {
        var words = [line.hasMask ? line.prefix.description : line.address.description]
        switch line.broadcast {
        case .address(let address): words += ["brd", address.description]
        case .hostBitsSet: words += ["brd", "+"]
        case .hostBitsClear: words += ["brd", "-"]
        case nil: break
        }
        if let interface = line.interface { words += ["dev", interface] }
        if let scope = line.scope { words += ["scope", scope.rawValue] }
        if let label = line.label { words += ["label", label] }
        if let peer = line.peer { words += ["peer", peer.isHost ? peer.address.description : peer.description] }
        for flag in VirtualAddress.Flag.allCases where line.flags.contains(flag) { words.append(flag.rawValue) }
        switch line.preferredLifetime {
        case .forever: words += ["preferred_lft", "forever"]
        case .seconds(let seconds): words += ["preferred_lft", String(seconds)]
        case nil: break
        }
        if let group = line.trackGroup { words += ["track_group", group] }
        return words
    }

    /// `ADDRESS [min_ttl N] [max_ttl N]`
    mutating func unicastPeer(_ item: Statement) -> UnicastPeer? {
        guard let address = address(item.keyword) else { return nil }
        var peer = UnicastPeer(address: address)
        var reader = WordReader(item)
        reader.index = 1
        while let option = reader.next() {
            switch option.text {
            case "min_ttl": peer.minimumTTL = reader.integer(of: option, 0...255, &self)
            case "max_ttl": peer.maximumTTL = reader.integer(of: option, 0...255, &self)
            default: unknownOption(option, of: item, ["min_ttl", "max_ttl"])
            }
        }
        if let least = peer.minimumTTL, let most = peer.maximumTTL, least > most {
            error("contradiction", "min_ttl \(least) is above max_ttl \(most): no packet is taken", at: item.keyword)
        }
        return peer
    }

    static func words(_ peer: UnicastPeer) -> [String] {
        [peer.address.description] + (peer.minimumTTL.map { ["min_ttl", String($0)] } ?? [])
            + (peer.maximumTTL.map { ["max_ttl", String($0)] } ?? [])
    }

    /// A number, decimal or hexadecimal as iproute2 takes it.
    mutating func integerOrHexadecimal(_ word: Word, of keyword: Word, _ range: ClosedRange<Int>) -> Int? {
        if word.text.hasPrefix("0x"), let value = Int(word.text.dropFirst(2), radix: 16), range.contains(value) {
            return value
        }
        return integer(word, of: keyword, range)
    }
}
