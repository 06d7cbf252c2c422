import ControlProtocol

/// A rule in nftables' own language, as near as its JSON tells.
enum NFTRuleText {
    static func text(_ rule: NFTRuleset.Rule) -> String {
        var words = rule.statements.map(statement)
        if let comment = rule.comment { words.append("comment \"\(comment)\"") }
        return words.joined(separator: " ")
    }

    private static func statement(_ value: JSONValue) -> String {
        guard case .object(let members) = value, let member = members.first else { return value.string ?? "?" }
        let body = member.value
        switch member.name {
        case "match":
            let op = body["op"]?.string ?? "=="
            let sign = op == "==" || op == "in" ? "" : op + " "
            return "\(expression(body["left"])) \(sign)\(expression(body["right"]))"
        case "vmap": return "\(expression(body["key"])) vmap \(expression(body["data"]))"
        case "jump", "goto": return "\(member.name) \(body["target"]?.string ?? "?")"
        case "counter": return "counter"
        case "limit":
            let over = body["inv"]?.bool == true ? "over " : ""
            return "limit rate \(over)\(expression(body["rate"]))/\(body["per"]?.string ?? "second")"
        case "log": return body["prefix"]?.string.map { "log prefix \"\($0)\"" } ?? "log"
        case "reject":
            guard let expression = body["expr"]?.string else { return "reject" }
            return "reject with \(body["type"]?.string ?? "icmpx") \(expression)"
        case "mangle": return "\(expression(body["key"])) set \(expression(body["value"]))"
        case "xt": return "xt \(body["type"]?.string ?? "match") \"\(body["name"]?.string ?? "?")\""
        default: return member.name
        }
    }

    private static func expression(_ value: JSONValue?) -> String {
        switch value {
        case .none, .null: return "?"
        case .bool(let value): return value ? "exists" : "missing"
        case .number(let text), .string(let text): return text
        case .array(let values): return values.map(expression).joined(separator: ",")
        case .object(let members):
            guard let member = members.first else { return "?" }
            return expression(member.name, member.value)
        }
    }

    private static func expression(_ name: String, _ body: JSONValue) -> String {
        switch name {
        case "meta": return metaName(body["key"]?.string ?? "?")
        case "payload":
            guard let transport = body["protocol"]?.string else {
                return "@\(expression(body["base"])),\(expression(body["offset"])),\(expression(body["len"]))"
            }
            return "\(transport) \(body["field"]?.string ?? "?")"
        case "ct": return "ct \(body["key"]?.string ?? "?")"
        case "fib":
            let flags = (body["flags"]?.array ?? []).compactMap(\.string).joined(separator: " . ")
            return "fib \(flags) \(body["result"]?.string ?? "?")"
        case "prefix": return "\(expression(body["addr"]))/\(expression(body["len"]))"
        case "range": return (body.array ?? []).map(expression).joined(separator: "-")
        case "set":
            let elements = body.array ?? [body]
            let shown = elements.prefix(8).map(element).joined(separator: ", ")
            return "{ \(shown)\(elements.count > 8 ? ", …" : "") }"
        case "concat": return (body.array ?? []).map(expression).joined(separator: " . ")
        case "elem": return expression(body["val"])
        case "&", "|", "^", "<<", ">>": return (body.array ?? []).map(expression).joined(separator: " \(name) ")
        case "accept", "drop", "return", "continue": return name
        case "jump", "goto": return "\(name) \(body["target"]?.string ?? "?")"
        default: return name
        }
    }

    /// An element of a set, or a pair of a map.
    private static func element(_ value: JSONValue) -> String {
        guard let pair = value.array, pair.count == 2 else { return expression(value) }
        return "\(expression(pair[0])) : \(expression(pair[1]))"
    }

    private static func metaName(_ key: String) -> String {
        ["iif", "iifname", "oif", "oifname", "iifgroup", "oifgroup", "iiftype", "oiftype", "mark"].contains(key)
            ? key : "meta \(key)"
    }
}
