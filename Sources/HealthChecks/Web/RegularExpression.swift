import CPCRE2

/// A regular expression of PCRE2 over bytes.
package final class RegularExpression {
    package struct CompileError: Error, Hashable {
        /// PCRE2's words.
        package let message: String
        /// Where in the pattern, in bytes.
        package let offset: Int
    }

    enum Outcome: Hashable {
        case found
        /// What begins there may become a match when more comes.
        case begun(Int)
        case none
    }

    private let code: OpaquePointer
    private let matchContext: OpaquePointer
    private let matchData: OpaquePointer
    /// How many bytes before a place decide whether a match begins there; at least one, so that what is not the
    /// beginning is not taken for it.
    let lookBehind: Int
    /// Text is UTF-8: what is cut within a character waits for its end.
    let isUTF: Bool

    /// How much work one match may be. keepalived leaves it at ten million; there it stops the process for a second.
    private static let mostSteps: UInt32 = 1_000_000
    /// KiB of memory for one match.
    private static let mostMemory: UInt32 = 16 << 10

    /// - Parameter options: The words of `regex_options`; unknown ones do nothing.
    package init(_ pattern: String, options: [String] = []) throws(CompileError) {
        var flags = PCRE2_USE_OFFSET_LIMIT
        for option in options { flags |= Self.flags[option] ?? 0 }
        if flags & PCRE2_UTF != 0 { flags |= PCRE2_MATCH_INVALID_UTF }
        var error: Int32 = 0
        var offset = 0
        var pattern = pattern
        let code = pattern.withUTF8 { pcre2_compile_8($0.baseAddress, $0.count, flags, &error, &offset, nil) }
        guard let code else { throw CompileError(message: Self.words(error), offset: offset) }
        guard let context = pcre2_match_context_create_8(nil), let data = pcre2_match_data_create_8(1, nil) else {
            pcre2_code_free_8(code)
            throw CompileError(message: "no memory", offset: 0)
        }
        pcre2_set_match_limit_8(context, Self.mostSteps)
        pcre2_set_heap_limit_8(context, Self.mostMemory)
        self.code = code
        matchContext = context
        matchData = data
        var settings: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_ALLOPTIONS), &settings)
        isUTF = settings & PCRE2_UTF != 0
        var characters: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_MAXLOOKBEHIND), &characters)
        lookBehind = max(1, Int(characters)) * (isUTF ? 4 : 1)
    }

    deinit {
        pcre2_match_data_free_8(matchData)
        pcre2_match_context_free_8(matchContext)
        pcre2_code_free_8(code)
    }

    /// Looks for a match that begins at or behind a place.
    ///
    /// - Parameters:
    ///   - limit: Behind which place it may not begin; nil for none.
    ///   - isWhole: Nothing comes after these bytes.
    func match(_ bytes: [UInt8], from start: Int, limit: Int?, isWhole: Bool) -> Outcome {
        pcre2_set_offset_limit_8(matchContext, limit ?? Self.unset)
        let result = bytes.withUnsafeBufferPointer {
            pcre2_match_8(
                code, $0.baseAddress ?? Self.nowhere, $0.count, start, isWhole ? 0 : UInt32(PCRE2_PARTIAL_HARD),
                matchData, matchContext)
        }
        if result >= 0 { return .found }
        // A match that is too much work is none, as with keepalived.
        guard result == PCRE2_ERROR_PARTIAL, let place = pcre2_get_ovector_pointer_8(matchData) else { return .none }
        return .begun(min(bytes.count, place[0]))
    }

    private static let unset = Int(bitPattern: UInt.max)
    private nonisolated(unsafe) static let nowhere = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

    private static func words(_ code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { room in
            let count = pcre2_get_error_message_8(code, room.baseAddress, room.count)
            return String(decoding: room.prefix(max(0, Int(count))), as: UTF8.self)
        }
    }

    private static let flags: [String: UInt32] = [
        "allow_empty_class": PCRE2_ALLOW_EMPTY_CLASS, "alt_bsux": PCRE2_ALT_BSUX, "auto_callout": PCRE2_AUTO_CALLOUT,
        "caseless": PCRE2_CASELESS, "dollar_endonly": PCRE2_DOLLAR_ENDONLY, "dotall": PCRE2_DOTALL,
        "dupnames": PCRE2_DUPNAMES, "extended": PCRE2_EXTENDED, "firstline": PCRE2_FIRSTLINE,
        "match_unset_backref": PCRE2_MATCH_UNSET_BACKREF, "multiline": PCRE2_MULTILINE,
        "never_ucp": PCRE2_NEVER_UCP, "never_utf": PCRE2_NEVER_UTF, "no_auto_capture": PCRE2_NO_AUTO_CAPTURE,
        "no_auto_possess": PCRE2_NO_AUTO_POSSESS, "no_dotstar_anchor": PCRE2_NO_DOTSTAR_ANCHOR,
        "no_start_optimize": PCRE2_NO_START_OPTIMIZE, "ucp": PCRE2_UCP, "ungreedy": PCRE2_UNGREEDY,
        "utf": PCRE2_UTF, "never_backslash_c": PCRE2_NEVER_BACKSLASH_C, "alt_circumflex": PCRE2_ALT_CIRCUMFLEX,
        "alt_verbnames": PCRE2_ALT_VERBNAMES, "use_offset_limit": PCRE2_USE_OFFSET_LIMIT,
    ]
}
