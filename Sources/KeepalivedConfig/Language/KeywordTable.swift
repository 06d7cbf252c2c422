/// All keywords of a kind of block.
struct KeywordTable<Block: Sendable>: Sendable {
    let scope: Scope
    let bindings: [KeywordBinding<Block>]
    private let indices: [String: Int]

    /// - Parameter sample: a block as it is when nothing is written in it; the keywords' defaults are taken from it.
    init(_ scope: Scope, sample: Block, _ bindings: [KeywordBinding<Block>]) {
        self.scope = scope
        var indices = [String: Int](minimumCapacity: bindings.count)
        var filled = bindings
        for index in filled.indices {
            indices[filled[index].keyword.name] = index
            filled[index].keyword.scope = scope
            if filled[index].keyword.standard == nil {
                filled[index].keyword.standard = filled[index].standardText(in: sample)
            }
        }
        self.bindings = filled
        self.indices = indices
    }

    var keywords: [Keyword] { bindings.map(\.keyword) }

    func index(of name: String) -> Int? { indices[name] }

    /// Adds what the block's keywords show of it.
    func show(_ block: Block, in shown: inout ShownBlock) {
        for binding in bindings { binding.show(block, &shown) }
    }
}
