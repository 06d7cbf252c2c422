import Addresses
import Foundation
import KeepalivedConfig
import Testing

@testable import LocalHost

@Suite("Facts about this machine")
struct ThisMachineTests {
    private let machine = ThisMachine()

    /// A script with these permissions, in a folder with those; both belong to whoever runs the tests.
    private func script(_ mode: Int, folder folderMode: Int = 0o755) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "this-machine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "check.sh")
        try Data("#!/bin/sh\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        try FileManager.default.setAttributes([.posixPermissions: folderMode], ofItemAtPath: folder.path)
        return file.path
    }

    private func remove(_ script: String) {
        try? FileManager.default.removeItem(at: URL(filePath: script).deletingLastPathComponent())
    }

    @Test("The loopback interface is up and has its address")
    func loopback() throws {
        let loopback = try #require(machine.interface("lo"))
        #expect(loopback.isLoopback)
        #expect(loopback.mtu >= 1500)
        if loopback.isUp { #expect(loopback.addresses.contains(AddressPrefix(.v4(IPv4Address(127, 0, 0, 1)), 8))) }
        #expect(machine.interface("no-such-interface") == nil)
    }

    @Test("A program is what could be executed there")
    func presence() throws {
        let script = try script(0o755)
        defer { remove(script) }
        let plain = try self.script(0o644)
        defer { remove(plain) }
        #expect(machine.program(script).presence == .executable)
        #expect(machine.program(plain).presence == .notExecutable)
        #expect(machine.program("/tmp").presence == .notAFile)
        #expect(machine.program(script + ".none").presence == .missing)
        #expect(machine.program("").presence == .missing)
        #expect(machine.program("no-such-program").presence == .missing)
    }

    @Test("A name without a slash is looked up in PATH")
    func path() {
        let shell = machine.program("sh")
        #expect(shell.presence == .executable)
        #expect(shell.path.hasSuffix("/sh") && shell.path.hasPrefix("/"))
    }

    @Test("Who can change a script is named with what lets them")
    func writers() throws {
        let open = try script(0o777)
        defer { remove(open) }
        let inOpenFolder = try script(0o755, folder: 0o777)
        defer { remove(inOpenFolder) }
        let closed = try script(0o755)
        defer { remove(closed) }
        if getuid() == 0 {
            #expect(machine.program(open).writer == "anyone can write \(open)")
            #expect(
                machine.program(inOpenFolder).writer
                    == "anyone can write \(URL(filePath: inOpenFolder).deletingLastPathComponent().path)")
            #expect(machine.program(closed).writer == nil)
        } else {
            #expect(try #require(machine.program(closed).writer).contains(" owns "))
        }
    }

    @Test("A symbolic link is judged by what it leads to")
    func links() throws {
        let open = try script(0o777)
        defer { remove(open) }
        let link = URL(filePath: open).deletingLastPathComponent().appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: open)
        #expect(machine.program(link).presence == .executable)
        #expect(machine.program(link).writer != nil)
    }

    @Test("Users and groups are those of this machine, or numbers")
    func users() {
        #expect(machine.hasUser("root") && machine.hasGroup("root") && machine.hasUser("0"))
        #expect(!machine.hasUser("no-such-user") && !machine.hasGroup("no-such-group"))
    }

    @Test("The host's name has no dot")
    func hostName() {
        #expect(!machine.hostName.contains("."))
        #expect(ThisMachine.fullHostName.hasPrefix(machine.hostName))
    }
}
