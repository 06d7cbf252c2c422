import Foundation
import KeepalivedConfig
import Testing

@testable import LocalHost

@Suite("Files of this machine")
struct LocalFilesTests {
    /// A folder of its own for each test; it is removed with the process's temporary files.
    private func folder(_ files: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "local-files-\(UUID().uuidString)")
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return folder.path
    }

    private func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }

    @Test("A file is read whole, within its limit")
    func read() throws {
        let text = String(repeating: "line\n", count: 40_000)
        let folder = try folder(["a": text, "empty": ""])
        defer { remove(folder) }
        #expect(LocalFiles().read(folder + "/a", limit: 1 << 20) == .bytes(Array(text.utf8)))
        #expect(LocalFiles().read(folder + "/empty", limit: 10) == .bytes([]))
        #expect(LocalFiles().read(folder + "/a", limit: 199_999) == .tooLarge)
        #expect(LocalFiles().read(folder + "/a", limit: 200_000) == .bytes(Array(text.utf8)))
    }

    @Test("What is no file is told apart")
    func noFile() throws {
        let folder = try folder(["a": ""])
        defer { remove(folder) }
        #expect(LocalFiles().read(folder + "/none", limit: 10) == .missing)
        #expect(LocalFiles().read(folder + "/a/b", limit: 10) == .missing)
        #expect(LocalFiles().read("a\0b", limit: 10) == .missing)
        #expect(LocalFiles().read(folder, limit: 10) == .folder)
        #expect(LocalFiles().read("/dev/zero", limit: 10) == .unreadable("it is not a regular file"))
        #expect(LocalFiles(stream: "/dev/zero").read("/dev/zero", limit: 10) == .tooLarge)
        #expect(LocalFiles(stream: "/dev/null").read("/dev/null", limit: 10) == .bytes([]))
    }

    @Test(
        "A pattern stands for the files that it matches, in order",
        arguments: [
            ("*.conf", ["a.conf", "b.conf"]), ("?.conf", ["a.conf", "b.conf"]), ("*/*.conf", ["s/c.conf"]),
            ("[b-z]*", ["b.conf", "s", "x.txt"]), ("s/none*", []), ("none/*", []), ("a.conf", ["a.conf"]),
            (".*", [".hidden"]), ("a.conf/*", []),
        ])
    func pattern(pattern: String, expected: [String]) throws {
        let folder = try folder(["b.conf": "", "a.conf": "", "s/c.conf": "", "x.txt": "", ".hidden": ""])
        defer { remove(folder) }
        #expect(LocalFiles().matches(folder + "/" + pattern) == expected.map { folder + "/" + $0 })
    }

    @Test("A configuration with relative includes is read from its folder")
    func includes() throws {
        let folder = try folder([
            "main.conf": "include d/*.conf\nx ${_PWD}", "d/1.conf": "a", "d/2.conf": "include 1.conf",
        ])
        defer { remove(folder) }
        let tree = ConfigurationReader.read(
            folder + "/main.conf", in: ReadingContext(configurationID: ""), from: LocalFiles())
        #expect(tree.diagnostics.isEmpty)
        #expect(tree.statements.map(\.keyword.text) == ["a", "a", "x"])
        #expect(tree.files.map(\.path) == ["main.conf", "d/1.conf", "d/2.conf"].map { folder + "/" + $0 })
        #expect(tree.statements.last?.arguments.first?.text == URL(filePath: folder).resolvingSymlinksInPath().path)
    }

    @Test("The environment is this process's")
    func environment() {
        #expect(LocalFiles().environmentVariable("PATH") == ProcessInfo.processInfo.environment["PATH"])
        #expect(LocalFiles().environmentVariable("NO_SUCH_VARIABLE_HERE") == nil)
    }
}
