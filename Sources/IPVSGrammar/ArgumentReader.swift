/// Reads options from words by the rules of popt 1.19: letters in groups, values glued or separate, `--name=value`,
/// words in between collected, everything after `--` a word.
struct ArgumentReader {
    private let words: [[UInt8]]
    private var index = 0
    /// What is left of a group of letters.
    private var letters: ArraySlice<UInt8>?
    private var onlyWords = false
    private let stopsAtWord: Bool

    /// The words that were no options and no values, in order.
    private(set) var leftovers: [[UInt8]] = []

    enum Failure: Error {
        case unknownOption, missingValue, unwantedValue

        var text: StaticString {
            switch self {
            case .unknownOption: "unknown option"
            case .missingValue: "missing argument"
            case .unwantedValue: "option does not take an argument"
            }
        }
    }

    /// - Parameter stopsAtWord: Whether the first word that is no option ends the options, as POSIX has it.
    init(_ words: [[UInt8]], stopsAtWord: Bool) {
        self.words = words
        self.stopsAtWord = stopsAtWord
    }

    /// The word read last: the one that popt blames.
    var lastWord: [UInt8] { index > 0 ? words[index - 1] : [] }

    /// An option as it was read.
    struct Reading {
        var spelling: Spelling
        var value: [UInt8]?
    }

    /// The next option with its value; `nil` at the end.
    mutating func next() throws(Failure) -> Reading? {
        while true {
            if letters == nil, index == words.count { return nil }
            if let letters { return try next(in: letters) }

            let word = words[index]
            index += 1
            if onlyWords || word.first != dash || word.count == 1 {
                if stopsAtWord { onlyWords = true }
                leftovers.append(word)
                continue
            }
            if word[1] != dash {
                letters = word[1...]
                continue
            }
            if word.count == 2 {
                onlyWords = true
                continue
            }
            let name = word[2...].prefix { $0 != equals }
            guard let spelling = Spelling.long(name) else { throw .unknownOption }
            let glued = name.endIndex < word.endIndex ? Array(word[(name.endIndex + 1)...]) : nil
            return Reading(spelling: spelling, value: try value(of: spelling, glued: glued))
        }
    }

    private mutating func next(
        in group: ArraySlice<UInt8>
    ) throws(Failure) -> Reading {
        letters = nil
        guard let letter = group.first, let spelling = Spelling.short(letter) else { throw .unknownOption }
        let rest = group.dropFirst()
        if case .none = spelling.value {
            if rest.first == equals { throw .unwantedValue }
            if !rest.isEmpty { letters = rest }
            return Reading(spelling: spelling, value: nil)
        }
        // One `=` straight after the letter belongs to neither.
        let glued = rest.isEmpty ? nil : Array(rest.first == equals ? rest.dropFirst() : rest)
        return Reading(spelling: spelling, value: try value(of: spelling, glued: glued))
    }

    private mutating func value(of spelling: Spelling, glued: [UInt8]?) throws(Failure) -> [UInt8]? {
        switch spelling.value {
        case .none:
            if glued != nil { throw .unwantedValue }
            return nil
        case .required:
            if let glued { return glued }
            guard index < words.count else { throw .missingValue }
            index += 1
            return words[index - 1]
        case .optional:
            if let glued { return glued }
            guard index < words.count, words[index].first != dash else { return nil }
            index += 1
            return words[index - 1]
        }
    }

    /// Takes the rest as words: what `--set` does for its three values.
    mutating func takeLeftover() -> [UInt8]? {
        leftovers.isEmpty ? nil : leftovers.removeFirst()
    }
}

private let dash = UInt8(ascii: "-")
private let equals = UInt8(ascii: "=")
