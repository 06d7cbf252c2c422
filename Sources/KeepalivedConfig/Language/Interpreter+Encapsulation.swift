import Addresses

extension Interpreter {
    /// What follows `encap`: `mpls LABEL[/LABEL …]`, `ila LOCATOR`, or `ip|ip6` and its options.
    mutating func encapsulation(of option: Word, _ reader: inout WordReader) -> RouteEncapsulation? {
        let kinds = RouteEncapsulation.Kind.allCases.map(\.rawValue)
        guard let word = reader.value(of: option, kinds.joined(separator: "|"), &self),
            let kind = choice(word, of: option, kinds).flatMap(RouteEncapsulation.Kind.init)
        else {
            // Its options mean nothing without it.
            reader.index = reader.words.count
            return nil
        }
        var encapsulation = RouteEncapsulation(kind)
        switch kind {
        case .mpls:
            guard let labels = reader.value(of: word, "LABEL[/LABEL …]", &self) else { return nil }
            for text in labels.text.split(separator: "/", omittingEmptySubsequences: false) {
                guard let label = integer(Word(String(text), at: labels.span), of: word, 0...0xf_ffff) else {
                    return nil
                }
                encapsulation.labels.append(label)
            }
        case .ila:
            guard let locator = reader.value(of: word, "LOCATOR", &self) else { return nil }
            encapsulation.locator = locator.text
        case .ip, .ip6: tunnel(&encapsulation, &reader)
        }
        return encapsulation
    }

    private mutating func tunnel(_ encapsulation: inout RouteEncapsulation, _ reader: inout WordReader) {
        while let option = reader.next() {
            switch option.text {
            case "id": encapsulation.identifier = reader.integer(of: option, 0...Int.max, &self)
            case "dst": encapsulation.destination = tunnelEnd(of: option, encapsulation.kind, &reader)
            case "src": encapsulation.source = tunnelEnd(of: option, encapsulation.kind, &reader)
            case "tos", "tc": encapsulation.typeOfService = reader.integer(of: option, 0...255, &self)
            case "ttl", "hoplimit": encapsulation.hopLimit = reader.integer(of: option, 0...255, &self)
            case "flags": encapsulation.flags = reader.integer(of: option, 0...0xffff, &self)
            default:
                reader.index -= 1
                return
            }
        }
    }

    private mutating func tunnelEnd(
        of option: Word, _ kind: RouteEncapsulation.Kind, _ reader: inout WordReader
    ) -> IPAddress? {
        guard let word = reader.value(of: option, "ADDRESS", &self), let address = address(word) else { return nil }
        guard address.family == (kind == .ip ? .ipv4 : .ipv6) else {
            error("mixed-families", "\(word.text) is no end of an \(kind.rawValue) tunnel", at: word)
            return nil
        }
        return address
    }
}
