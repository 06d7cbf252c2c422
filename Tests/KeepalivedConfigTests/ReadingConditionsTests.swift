import Testing

@testable import KeepalivedConfig

@Suite("Conditions: @ID and @^ID")
struct ReadingConditionsTests {
    @Test(
        "A line counts if its condition holds for the configuration's id `one`",
        arguments: [
            ("@one a 1", "a 1"),
            ("@two a 1", ""),
            ("@^one a 1", ""),
            ("@^two a 1", "a 1"),
            ("  @one a", "a"),
            ("@one", ""),
            ("@onea b", ""),
            ("@ a", ""),
            ("@^ a", "a"),
            ("@one {", ""),
            ("a @one b", "a @one b"),
            ("@two a {\nb\n@two }", "b"),
            ("a { @two b { c\n}", "a { }"),
            ("@one $X=5\n@two $X=6\na $X", "a 5"),
            ("@two $X= \\\n b \\\n c\na", "a"),
            ("@one ~SEQ(X, 2) a $X", "a 1; a 2"),
            ("~SEQ(X, 2) @one a $X", "a 1; a 2"),
            ("$X=@one a\n$X b\n", "a b"),
        ])
    func condition(text: String, expected: String) {
        let context = ReadingContext(configurationID: "one")
        let tree = ConfigurationReader.read(text: text, in: context)
        #expect(outline(tree.statements) == expected)
    }

    @Test("The id is the host's name up to the first dot", arguments: [("a.b.c", "a"), ("host", "host"), ("", "")])
    func defaultID(name: String, expected: String) {
        #expect(ReadingContext.defaultID(hostName: name) == expected)
    }
}
