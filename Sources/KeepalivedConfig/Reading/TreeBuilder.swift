/// Puts statements into the blocks that braces make of them.
struct TreeBuilder {
    private(set) var root: [Statement] = []
    private var open: [Block] = []
    private(set) var statementCount = 0
    /// The first `}` that stands elsewhere than the keyword of the block that it closes. Where braces do not match in
    /// number, this is where they ceased to.
    private(set) var misplacedClose: (keyword: Word, brace: SourceSpan)?

    /// A block that is being read.
    private struct Block {
        /// What opened it; its body is filled when it closes. Nil for a brace that belongs to nothing.
        var owner: Statement?
        var brace: SourceSpan
        var body: [Statement] = []
    }

    var depth: Int { open.count }

    /// The keyword of the innermost block.
    var enclosingKeyword: Word? { open.last?.owner?.keyword }

    @inline(__always)
    mutating func add(_ statement: Statement) {
        statementCount &+= 1
        if open.isEmpty {
            root.append(statement)
        } else {
            open[open.count &- 1].body.append(statement)
        }
    }

    /// Opens a block that belongs to the last statement.
    ///
    /// - Returns: Whether there was one that has no block yet. If not, what follows belongs where the brace stands.
    mutating func openBlock(at brace: SourceSpan) -> Bool {
        let owner: Statement?
        if open.isEmpty {
            owner = root.last?.body == nil ? root.popLast() : nil
        } else {
            let last = open.count - 1
            owner = open[last].body.last?.body == nil ? open[last].body.popLast() : nil
        }
        open.append(Block(owner: owner, brace: brace))
        return owner != nil
    }

    /// Closes the innermost block.
    ///
    /// - Parameters:
    ///   - brace: The `}`.
    ///   - isFirst: Whether it is the first in its line, so that it is indented as its writer thought right.
    /// - Returns: Whether there was one.
    mutating func closeBlock(at brace: SourceSpan, isFirst: Bool) -> Bool {
        guard let block = open.popLast() else { return false }
        if isFirst, misplacedClose == nil, let owner = block.owner, owner.keyword.span.column != brace.column,
            owner.keyword.span.file == brace.file, owner.keyword.span.line != brace.line
        {
            misplacedClose = (owner.keyword, brace)
        }
        finish(block)
        return true
    }

    /// The last statement of the top level that may have lost its `{`: one without a block as far left as a `}` that
    /// closes nothing.
    func candidate(for brace: SourceSpan) -> Statement? {
        root.last {
            $0.body == nil && $0.keyword.span.file == brace.file && $0.keyword.span.column == brace.column
        }
    }

    private mutating func finish(_ block: Block) {
        guard var owner = block.owner else {
            if open.isEmpty { root += block.body } else { open[open.count - 1].body += block.body }
            return
        }
        owner.body = block.body
        if open.isEmpty { root.append(owner) } else { open[open.count - 1].body.append(owner) }
    }

    /// Closes what the text left open, innermost first, and tells about each block of it.
    mutating func finish(_ tell: (_ owner: Statement?, _ brace: SourceSpan, _ body: [Statement]) -> Void) {
        while let block = open.popLast() {
            tell(block.owner, block.brace, block.body)
            finish(block)
        }
    }
}
