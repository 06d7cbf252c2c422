/// All keywords of a kind of block.
struct KeywordTable<Block: Sendable>: Sendable {
    let scope: Scope
    let bindings: [KeywordBinding<Block>]
    /// The parts of the bindings that each line needs, without the texts beside them.
    let rules: [LineRule]
    private let indices: [String: Int]

    /// - Parameter sample: a block as it is when nothing is written in it; the keywords' defaults are taken from it.
    init(_ scope: Scope, sample: Block, _ bindings: [KeywordBinding<Block>]) {
        self.scope = scope
        var indices = [String: Int](minimumCapacity: bindings.count)
        var filled = bindings
        for index in filled.indices {
            indices[filled[index].keyword.name] = index
            filled[index].keyword.scope = scope
            if let wider = Keyword.widerDefault(of: filled[index].keyword.name, in: scope) {
                filled[index].keyword.standard = wider
            } else if filled[index].keyword.standard == nil {
                filled[index].keyword.standard = filled[index].standardText(in: sample)
            }
        }
        self.bindings = filled
        rules = filled.map(LineRule.init)
        self.indices = indices
    }

    /// What is done with a line of a keyword.
    struct LineRule: Sendable {
        let read: KeywordBinding<Block>.Read
        let maximumWords: Int
        let opensBlock: Bool
        let isOnce: Bool
        let isOldSpelling: Bool

        init(_ binding: KeywordBinding<Block>) {
            read = binding.read
            // Scripts say themselves what is too much, because they split their words in another way.
            maximumWords = binding.keyword.form == .script ? .max : binding.maximumWords
            opensBlock = binding.keyword.opens != nil
            isOnce = binding.keyword.repetition == .once
            if case .oldSpelling = binding.keyword.effect { isOldSpelling = true } else { isOldSpelling = false }
        }
    }

    var keywords: [Keyword] { bindings.map(\.keyword) }

    func index(of name: String) -> Int? { indices[name] }

    /// Adds what the block's keywords show of it.
    func show(_ block: Block, in shown: inout ShownBlock) {
        for binding in bindings { binding.show(block, &shown) }
    }
}
