import Testing

@testable import KeepalivedConfig

@Suite("Parameters: $NAME=value")
struct ReadingParametersTests {
    @Test(
        "A reference is replaced where it is used",
        arguments: [
            ("$A=1 2\nx $A ${A} y$A", "x 1 2 1 2 y1 2"),
            ("$A= 5 # five\nx ${A}0", "x 50"),
            ("$A=\nx ${A}a $A b", "x a b"),
            ("$A=x y\n$A z", "x y z"),
            ("$A=\"b c\" d\nx $A", "x |b c| d"),
            ("$A=1\nx \"$A ${A}\"", "x |1 1|"),
            ("$A=${B}.1\n$B=0\nx ${A}\n$B=9\nx ${A}", "x 0.1; x 9.1"),
            ("$A=B\n$B=x\ny $${A}", "y x"),
            ("$A=foo { bar }\n$A", "foo { bar }"),
            ("$A={\nx $A y }", "x { y }"),
            ("$A=1\nx { y $A }", "x { y 1 }"),
            ("$A=$B=5\n$A\nx $B", "x 5"),
            ("$C=~SEQ(Z,1,2)\n$C a $Z", "a 1; a 2"),
            ("$A=1\nx $A,$A)", "x 1,1)"),
            ("x ${_HASH}a ${_BANG}b", "x #a !b"),
            ("x \\$A \\\\$B", "x \\$A \\\\$B"),
            ("x $ $1 a$ $$", "x $ $1 a$ $$"),
            ("x ${_INSTANCE}", "x one"),
        ])
    func value(text: String, expected: String) {
        let tree = ConfigurationReader.read(text: text, in: ReadingContext(configurationID: "one"))
        #expect(outline(tree.statements) == expected)
    }

    @Test(
        "A definition of several lines is read where its name ends a line",
        arguments: [
            ("$B= \\\n a 1 \\\n b\n$B\nc", "a 1; b; c"),
            ("$B=\\\n a {\\\n b }\n$B", "a { b }"),
            ("$B= \\\n a # x \\\n # y \\\n b\n$B", "a; b"),
            ("$B= \\\n a \\\n\n b\n$B", "b; a"),
            ("$B=x \\\n y\n$B", "x; y"),
            ("$B= \\\n a\nx { $B }", "x { a }"),
            ("$B= \\\n b \\\n c\nx $B", "x b; c"),
            ("$R= \\\n r $N\n$V= \\\n v { \\\n $N=1 \\\n $R \\\n $N=2 \\\n $R \\\n }\n$V", "v { r 1; r 2 }"),
            ("$B= \\\n @one a \\\n @two b\n$B", "a"),
            ("$B= \\\n a $N\n~SEQ(N, 2) $B", "a 1; a 2"),
            ("$C=$B\n$B= \\\n a \\\n b\n$C", "a; b"),
        ])
    func multiline(text: String, expected: String) {
        let tree = ConfigurationReader.read(text: text, in: ReadingContext(configurationID: "one"))
        #expect(outline(tree.statements) == expected)
        #expect(faults(tree) == [])
    }

    @Test(
        "What cannot be replaced stays, and is told",
        arguments: [
            ("x ${A}", "x ${A}", ["1 undefined-parameter"]),
            ("x $A", "x $A", ["1 undefined-parameter"]),
            ("x \"$A\"", "x |$A|", []),
            ("$B=\nx \"$A\"", "x |$A|", []),
            ("$B=\nx \"${A}\"", "x |${A}|", ["2 undefined-parameter"]),
            ("$A=1\nx $A.5", "x $A.5", ["2 undelimited-parameter"]),
            ("$A=${B}\n$B=${A}\nx ${A}\ny", "y", ["3 circular-parameter"]),
            ("$A=${A}\nx ${A}", "", ["2 circular-parameter"]),
            ("$B= \\\n a\nx $B y", "x $B y", ["3 multiline-parameter"]),
            ("$B= \\\n a \\\n", "", ["1 unterminated-definition"]),
            ("$_PWD=5\nx $_PWD", "x 5", ["1 redefined-parameter"]),
            ("x ${_RANDOM 5 4}", "x ${_RANDOM 5 4}", ["1 bad-parameter"]),
            ("x ${_RANDOM a}", "x ${_RANDOM a}", ["1 bad-parameter"]),
            ("x ${_ENV}", "x ${_ENV}", ["1 bad-parameter"]),
            ("x ${_ENV NO}", "x", ["1 undefined-environment-variable"]),
        ])
    func faulty(text: String, expected: String, codes: [String]) {
        let tree = ConfigurationReader.read(text: text)
        #expect(outline(tree.statements) == expected)
        #expect(faults(tree) == codes)
    }

    @Test("A name that is nearly that of a parameter is suggested")
    func suggestion() {
        let tree = ConfigurationReader.read(text: "$PRIO=5\npriority ${PRIP}\n")
        #expect(tree.diagnostics.first?.suggestion == "$PRIO")
    }

    @Test("Words of replaced text have the place of the reference")
    func places() throws {
        let tree = ConfigurationReader.read(text: "$A=1 2\npriority ${A} x\n")
        let words = try #require(tree.statements.first).arguments
        #expect(words.map(\.text) == ["1", "2", "x"])
        #expect(words.map(\.span.column) == [10, 10, 15])
        #expect(words.map(\.span.length) == [4, 4, 1])
        #expect(words.map(\.span.line) == [2, 2, 2])
    }

    @Test("Lines of a definition have the place of the line that uses it")
    func multilinePlaces() {
        let tree = ConfigurationReader.read(text: "$B= \\\n a \\\n b c\n\n  $B\n")
        #expect(tree.statements.map(\.keyword.span.line) == [5, 5])
        #expect(tree.statements.map(\.keyword.span.column) == [3, 3])
    }

    @Test("${_ENV NAME} is the environment's, ${_PWD} the folder of the file")
    func predefined() {
        let files = FilesInMemory(["/etc/k/a.conf": "x ${_ENV HOME} ${_PWD}"], environment: ["HOME": "/root"])
        let tree = ConfigurationReader.read("/etc/k/a.conf", in: ReadingContext(configurationID: ""), from: files)
        #expect(outline(tree.statements) == "x /root /etc/k")
    }

    @Test("${_RANDOM} keeps within its bounds, and a seed repeats it")
    func random() throws {
        let text = "random_seed 7\n" + String(repeating: "x ${_RANDOM 3 9} ${_RANDOM} $_RANDOM\n", count: 100)
        let tree = ConfigurationReader.read(text: text)
        let numbers = try tree.statements.dropFirst().map { try #require(Int($0.arguments[0].text)) }
        #expect(numbers.allSatisfy { (3...9).contains($0) })
        #expect(Set(numbers).count == 7)
        let others = try tree.statements.dropFirst().map { try #require(Int($0.arguments[1].text)) }
        #expect(others.allSatisfy { (0...32_767).contains($0) })
        #expect(outline(ConfigurationReader.read(text: text).statements) == outline(tree.statements))
        let another = ConfigurationReader.read(text: text.replacing("seed 7", with: "seed 8"))
        #expect(outline(another.statements) != outline(tree.statements))
    }
}
