import Testing

@testable import KeepalivedConfig

@Suite("Included files")
struct ReadingIncludesTests {
    private static let files = [
        "k/a.conf": "a", "k/b.conf": "b\ninclude sub/*.conf\nb2", "k/sub/s1.conf": "s1 ${_PWD}", "k/sub/s2.conf": "s2",
        "k/open.conf": "o {", "k/close.conf": "c }", "k/loop.conf": "include loop.conf", "k/x y.conf": "xy",
        "k/checked.conf": "include_check\ninclude none",
    ]

    private func read(_ text: String, checks: IncludeChecks = []) -> ConfigurationTree {
        var files = FilesInMemory(Self.files.merging(["k/main.conf": text]) { $1 })
        files.unreadable = ["k/secret"]
        files.files["k/secret"] = []
        return ConfigurationReader.read(
            "k/main.conf", in: ReadingContext(configurationID: "one", includeChecks: checks), from: files)
    }

    @Test(
        "Its lines stand where the include stands",
        arguments: [
            ("include a.conf\nz", "a; z"),
            ("include b.conf", "b; s1 /k/sub; s2; b2"),
            ("include {b,a}.conf", "b; s1 /k/sub; s2; b2; a"),
            ("include {a,sub/{s1,s2}}.conf", "a; s1 /k/sub; s2"),
            ("include ?.conf", "a; b; s1 /k/sub; s2; b2"),
            ("include [^b].conf # c", "a"),
            ("z { include a.conf\n}", "z { a }"),
            ("z { include a.conf }", "z { a }"),
            ("z {\ninclude open.conf\ny }}", "z { o { y } }"),
            ("z {\ninclude close.conf\ny", "z { c }; y"),
            ("$F=a.conf\ninclude $F", "a"),
            ("@one include a.conf\n@two include b.conf", "a"),
            ("~SEQ(A,2) include a.conf", "a; a"),
            ("include sub/none*", ""),
            ("include x y.conf", "xy"),
            ("includefoo a", "includefoo a"),
        ])
    func placement(text: String, expected: String) {
        let tree = read(text)
        #expect(outline(tree.statements) == expected)
        #expect(faults(tree) == [])
    }

    @Test(
        "What is missing is a warning, or an error for the variants that check it",
        arguments: [
            ("include none", [.warning]), ("includer none", [.warning]), ("includem none", [.error]),
            ("includew none", [.error]), ("includeb none", [.warning]), ("includea none", [.error]),
            ("include sub/n*", []), ("includem sub/n*", []), ("includew sub/n*", [.error]),
            ("includea sub/n*", [.error]),
            ("include none/n*", [.warning]), ("includem none/n*", [.error]),
            ("include {none,a.conf}", [.warning]), ("includem {none,a.conf}", [.warning]),
            ("includeb {none,a.conf}", [.error]), ("includea {none,a.conf}", [.error]),
            ("include sub", [.warning]), ("includer sub", [.error]), ("include secret", [.warning]),
            ("includer secret", [.error]), ("include", [.error]), ("include \"a.conf\"", [.warning]),
            ("global_defs {\ninclude_check\n}\ninclude none", [.error]),
            ("include_check wildcard_match\ninclude sub/n*", [.error]),
            ("include_check match readable\ninclude sub/n*\ninclude none", [.error]),
            ("include_check\ninclude_check -match -wildcard_match\ninclude none", [.warning]),
            ("include_check +wildcard_match nonsense", [.warning]),
            ("include checked.conf\ninclude none", [.error, .warning]),
        ] as [(String, [Diagnostic.Severity])])
    func missing(text: String, expected: [Diagnostic.Severity]) {
        #expect(read(text).diagnostics.map(\.severity).sorted(by: >) == expected)
    }

    @Test("-e makes every missing file an error")
    func allChecked() {
        #expect(read("include none", checks: .all).diagnostics.map(\.severity) == [.error])
    }

    @Test("Each fault has the file that it is in")
    func files() {
        let tree = read("include a.conf\ninclude sub/s1.conf\n}")
        #expect(tree.files.map(\.path) == ["k/main.conf", "k/a.conf", "k/sub/s1.conf"])
        #expect(tree.statements.map(\.keyword.span.file) == [1, 2])
        #expect(tree.diagnostics.map { $0.span?.file } == [0])
    }

    @Test("A file that includes itself is told, with a limit on other circles")
    func cycle() {
        #expect(read("include loop.conf").diagnostics.map(\.code) == ["include-cycle"])
        let context = ReadingContext(configurationID: "")
        var chain: [String: String] = [:]
        for number in 0..<40 { chain["c\(number)"] = "include c\(number + 1)" }
        let tree = ConfigurationReader.read("c0", in: context, from: FilesInMemory(chain))
        #expect(tree.diagnostics.map(\.code) == ["include-too-deep"])
    }
}
