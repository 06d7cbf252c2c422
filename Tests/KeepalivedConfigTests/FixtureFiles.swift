import Foundation
import KeepalivedConfig

/// The configurations in Fixtures.
enum FixtureFiles {
    private static var folder: URL {
        Bundle.module.resourceURL?.appending(path: "Fixtures") ?? URL(filePath: "Fixtures")
    }

    static func path(_ name: String) -> String { folder.appending(path: name).path }

    static func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: folder.appending(path: name))) }

    /// The configurations that stand on their own.
    static let names = [
        "pair-active.conf", "pair-backup.conf", "stays-where-it-is.conf", "tracked-service.conf", "sync-group.conf",
        "two-addresses.conf", "director.conf", "unicast-ipv6.conf", "flat.conf",
    ]

    /// The configuration of a site, with the files that it includes.
    static func site() throws -> FilesInMemory {
        var files = FilesInMemory()
        for name in ["site/site.conf", "site/instances/guests.conf", "site/instances/common.inc"] {
            files.files["/" + name] = try bytes(name)
        }
        return files
    }
}
