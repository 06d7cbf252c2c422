import Testing

@testable import KeepalivedConfig

@Suite("Scripts and their arguments")
struct ReadingScriptsTests {
    @Test(
        "Keywords that take a script know single quotes and escapes, and join what touches",
        arguments: [
            (#"script "/bin/x a b" root"#, ["/bin/x a b", "root"]),
            (#"script '/bin/x a b' root"#, ["/bin/x a b", "root"]),
            (#"script "/bin/x 'a b' c""#, ["/bin/x 'a b' c"]),
            (#"script "/bin/x \"a b\" c""#, [#"/bin/x "a b" c"#]),
            (#"script "/bin/x a\tb \x41 \101 \cA \q""#, ["/bin/x a\tb A A \u{1} q"]),
            (#"script /bin/x\ y"#, ["/bin/x y"]),
            (#"script ab" c d"e' f'"#, ["ab c de f"]),
            (#"script /bin/x"#, ["/bin/x"]),
        ])
    func scriptArguments(text: String, expected: [String]) {
        let tree = ConfigurationReader.read(text: text)
        #expect(tree.statements.first?.scriptArguments.map(\.text) == expected)
        #expect(faults(tree) == [])
    }

    @Test("Other keywords know nothing but double quotes")
    func otherKeywords() {
        let tree = ConfigurationReader.read(text: #"router_id 'a b' c\ d"#)
        #expect(tree.statements.first?.arguments.map(\.text) == ["'a", "b'", "c\\", "d"])
    }

    @Test(
        "A script is split without a shell",
        arguments: [
            (#"/bin/sh -c 'echo "a b" c'"#, ["/bin/sh", "-c", #"echo "a b" c"#]),
            (#"/bin/x  "" '' c"#, ["/bin/x", "", "", "c"]),
            ("/bin/x a\\ b", ["/bin/x", "a b"]),
            ("", []),
            (#"/bin/x 'it"s'"#, ["/bin/x", #"it"s"#]),
            (#"/bin/x \'a\'"#, ["/bin/x", "'a'"]),
            (#"/bin/x \0\x00"#, ["/bin/x", ""]),
        ])
    func split(script: String, expected: [String]) {
        #expect(ScriptText.words(of: script) == expected)
    }

    @Test("A script whose quotation does not end cannot be split", arguments: ["/bin/x 'a", "/bin/x \"a'"])
    func unterminated(script: String) {
        #expect(ScriptText.words(of: script) == nil)
    }

    @Test("Escaped quotes that only a script may have are a warning")
    func escapedQuote() {
        let tree = ConfigurationReader.read(text: #"script "/bin/x \" q" root"#)
        #expect(faults(tree) == ["1 escaped-quote"])
        #expect(tree.statements.first?.scriptArguments.map(\.text) == [#"/bin/x " q"#, "root"])
    }
}
