/// Puts statements into the blocks that braces make of them.
struct TreeBuilder {
    /// The top level, as far as it was not handed over.
    private(set) var root: [Statement] = []
    /// Takes each statement of the top level when the next one begins: by then it is whole. Nil keeps them all.
    private let receive: ((Statement) -> Void)?
    /// Those that were handed over and opened no block.
    private var lone: [Statement] = []
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

    init(handingOverTo receive: ((Statement) -> Void)? = nil) {
        self.receive = receive
    }

    var depth: Int { open.count }

    /// The keyword of the innermost block.
    var enclosingKeyword: Word? { open.last?.owner?.keyword }

    @inline(__always)
    mutating func add(_ statement: Statement) {
        statementCount &+= 1
        if open.isEmpty {
            addToRoot(statement)
        } else {
            open[open.count &- 1].body.append(statement)
        }
    }

    private mutating func addToRoot(_ statement: Statement) {
        handOver()
        root.append(statement)
    }

    private mutating func handOver() {
        guard let receive else { return }
        for statement in root {
            if statement.body == nil { lone.append(statement) }
            receive(statement)
        }
        root.removeAll(keepingCapacity: true)
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
        func isCandidate(_ statement: Statement) -> Bool {
            let place = statement.keyword.span
            return statement.body == nil && place.file == brace.file && place.column == brace.column
        }
        return root.last(where: isCandidate) ?? lone.last(where: isCandidate)
    }

    private mutating func finish(_ block: Block) {
        guard var owner = block.owner else {
            guard open.isEmpty else {
                open[open.count - 1].body += block.body
                return
            }
            for statement in block.body { addToRoot(statement) }
            return
        }
        owner.body = block.body
        if open.isEmpty { addToRoot(owner) } else { open[open.count - 1].body.append(owner) }
    }

    /// Closes what the text left open, innermost first, tells about each block of it, and hands over the rest.
    mutating func finish(_ tell: (_ owner: Statement?, _ brace: SourceSpan, _ body: [Statement]) -> Void) {
        while let block = open.popLast() {
            tell(block.owner, block.brace, block.body)
            finish(block)
        }
        handOver()
    }
}
