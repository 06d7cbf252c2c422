import KeepalivedConfig

/// Which processes a `vrrp_track_process` counts.
struct ProcessPattern: Hashable {
    private enum Rule: Hashable {
        /// The kernel's name of the process, `/proc/PID/comm`.
        case name([UInt8])
        /// Its first word, whatever comes after it.
        case command([UInt8])
        /// All its words, each with a NUL behind it.
        case exactly([UInt8])
        /// How its words begin.
        case beginning([UInt8])
    }

    private let rule: Rule

    /// What the kernel keeps of a name.
    private static let nameLength = 15

    /// keepalived's rules: without parameters the name counts; with parameters the words, of which none may be missing
    /// or too many, unless `param_match` allows that.
    init(_ definition: TrackProcess) {
        let words: [[UInt8]] = definition.process.value.map { Array($0.utf8) }
        let line: [UInt8] = Array(words.map { $0 + [0] }.joined())
        let command = words.first ?? []
        switch definition.parameterMatch.value {
        case _ where words.count == 1 && definition.parameterMatch.value != nil: rule = .exactly(line)
        case .initial: rule = .beginning(Array(line.dropLast()))
        case .partial: rule = .beginning(line)
        case nil where words.count > 1: rule = .exactly(line)
        case nil:
            rule =
                definition.matchesFullCommand.value
                ? .command(command + [0]) : .name(Array(command.prefix(Self.nameLength)))
        }
    }

    /// Whether the words have to be known.
    var needsWords: Bool {
        if case .name = rule { false } else { true }
    }

    func matches(name: ArraySlice<UInt8>, words: ArraySlice<UInt8>) -> Bool {
        switch rule {
        case .name(let wanted): name.elementsEqual(wanted)
        case .exactly(let wanted): words.elementsEqual(wanted)
        case .command(let wanted), .beginning(let wanted): words.starts(with: wanted)
        }
    }

    /// How many octets of the words are needed to tell.
    var length: Int {
        switch rule {
        case .name: 0
        case .command(let wanted), .beginning(let wanted), .exactly(let wanted): wanted.count + 1
        }
    }
}
