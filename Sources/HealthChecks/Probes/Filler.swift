/// What is sent where only the sending matters: the octets that keepalived sends, as there are packet filters and
/// servers that were told to expect them.
enum Filler {
    static func bytes(_ count: Int) -> [UInt8] {
        let text = Array("keepalived check - ".utf8)
        return (0..<count).map { text[$0 % text.count] }
    }
}
