import KeepalivedConfig
import Reporting
import Testing

@testable import VRRPReporting

@Suite("Faults as JSON")
struct DiagnosticsJSONTests {
    @Test("The document has every member, with null for what there is not")
    func document() {
        let span = SourceSpan(file: 0, line: 2, column: 3, length: 4)
        let report = DiagnosticReport(
            path: "a.conf", files: [SourceFile(path: "a.conf", bytes: [])],
            diagnostics: [
                Diagnostic(
                    .error, "code", "a \"message\"", at: span, expected: "x", suggestion: "y",
                    related: [.init("here", at: span)]), Diagnostic(.warning, "other", "m", at: nil),
            ])
        var writer = JSONWriter()
        DiagnosticsJSON.write(report, into: &writer)
        #expect(
            String(decoding: writer.text.bytes, as: UTF8.self) == """
                {"version":1,"file":"a.conf","diagnostics":[
                {"file":"a.conf","line":null,"column":null,"length":null,"severity":"warning","code":"other","message":"m",\
                "expected":null,"suggestion":null,"related":[]},
                {"file":"a.conf","line":2,"column":3,"length":4,"severity":"error","code":"code","message":"a \\"message\\"",\
                "expected":"x","suggestion":"y","related":[{"file":"a.conf","line":2,"column":3,"length":4,\
                "message":"here"}]}],"totals":{"errors":1,"warnings":1},"strict":false,"exit_status":5}

                """)
    }
}
