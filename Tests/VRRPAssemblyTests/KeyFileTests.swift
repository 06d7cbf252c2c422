import KeepalivedConfig
import PacketFormats
import Testing
import VRRPAssembly

@Suite("Keys of auth_hmac that are in files")
struct KeyFileTests {
    static let text = String(repeating: "k", count: 32)
    static let lines = "auth_hmac {\nkey 1 file:/keys/one\nkey 2 \(String(repeating: "t", count: 40))\nactive_key 1\n}"

    static func configuration() -> Configuration {
        AssemblyTests.configuration(AssemblyTests.instance("version 3\n" + lines))
    }

    @Test(
        "A file holds the text of the key or hex: and digits, with or without a line end",
        arguments: [
            text, text + "\n", text + "\r\n", "hex:" + String(repeating: "6b", count: 32),
            "hex:" + String(repeating: "6B", count: 32) + "\n",
        ])
    func read(contents: String) throws {
        var configuration = Self.configuration()
        let faults = configuration.readKeyFiles(from: FilesInMemory(["/keys/one": contents]))
        #expect(faults.isEmpty)
        let instance = try #require(configuration.instances.first)
        let policy = try #require(instance.trailerPolicy)
        #expect(policy.keys.map(\.id) == [1, 2])
        #expect(policy.keys.first?.secret == [UInt8](repeating: 0x6b, count: 32))
        #expect(instance.sendingKey?.key.id == 1)
    }

    @Test(
        "A file that holds no key is an error that names it and does not show it",
        arguments: [
            "", "short", "hex:" + String(repeating: "6b", count: 31), "hex:" + String(repeating: "6b", count: 32) + "x",
        ])
    func noKey(contents: String) {
        var configuration = Self.configuration()
        let faults = configuration.readKeyFiles(from: FilesInMemory(["/keys/one": contents]))
        #expect(faults.map(\.severity) == [.error])
        #expect(faults.first?.message == "the file /keys/one of key 1 of VI_1 holds no key of 32 to 64 bytes")
        #expect(faults.first?.span?.line != nil)
    }

    @Test("A file that cannot be read is an error with the system's reason")
    func unreadable() {
        var configuration = Self.configuration()
        var files = FilesInMemory(["/keys/other": Self.text])
        #expect(
            configuration.readKeyFiles(from: files).map(\.message) == [
                "the file /keys/one of key 1 of VI_1 does not exist"
            ])
        files.unreadable = ["/keys/one"]
        #expect(
            configuration.readKeyFiles(from: files).map(\.message) == [
                "the file /keys/one of key 1 of VI_1 cannot be read: Permission denied"
            ])
        files = FilesInMemory(["/keys/one": String(repeating: "k", count: 5000)])
        #expect(
            configuration.readKeyFiles(from: files).map(\.message) == [
                "the file /keys/one of key 1 of VI_1 is too large for a key"
            ])
    }
}
