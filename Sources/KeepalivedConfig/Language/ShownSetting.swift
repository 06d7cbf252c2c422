/// A setting as listings show it.
package struct ShownSetting: Sendable {
    package var keyword: String
    package var value: ShownValue
    package var origin: Origin
    package var isSecret = false

    package init(_ keyword: String, _ value: ShownValue, _ origin: Origin, isSecret: Bool = false) {
        self.keyword = keyword
        self.value = value
        self.origin = origin
        self.isSecret = isSecret
    }
}

/// A block of the configuration as listings show it.
package struct ShownBlock: Sendable {
    package indirect enum Item: Sendable {
        case setting(ShownSetting)
        /// A line of a list.
        case line([String], Origin)
        case block(ShownBlock)
    }

    package var keyword: String
    /// The words between the keyword and the brace.
    package var arguments: [String]
    package var origin: Origin
    package var items: [Item] = []

    package init(_ keyword: String, _ arguments: [String] = [], _ origin: Origin = .standard) {
        self.keyword = keyword
        self.arguments = arguments
        self.origin = origin
    }

    package mutating func add(_ setting: ShownSetting) { items.append(.setting(setting)) }

    /// Adds a block unless nothing is in it.
    package mutating func add(_ block: ShownBlock, evenEmpty: Bool = false) {
        if evenEmpty || !block.items.isEmpty { items.append(.block(block)) }
    }

    /// Adds a block of lines, unless there are none.
    mutating func add<Value>(_ keyword: String, lines: [Setting<Value>], _ words: (Value) -> [String]) {
        var block = ShownBlock(keyword)
        for line in lines { block.items.append(.line(words(line.value), line.origin)) }
        add(block)
    }
}
