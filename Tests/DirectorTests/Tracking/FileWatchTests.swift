import Glibc
import Reactor
import Testing
import VRRPProtocol

@testable import Director
@testable import KeepalivedConfig

/// Tracked files that come, change and go.
struct FileWatchTests {
    private final class Heard {
        var values: [Int] = []
    }

    private let stage: Stage
    private let heard = Heard()
    private let watches: FileWatches

    init() throws {
        stage = try Stage()
        watches = FileWatches(stage.loop, stage.log) { [heard] _, value in heard.values.append(value) }
    }

    private func file(_ path: String, initial: Int? = nil, overwrites: Bool = false) -> TrackFile {
        var file = TrackFile(name: Setting("load"))
        file.path.value = path
        file.initial.value = initial.map { .init(value: $0, overwrites: overwrites) }
        return file
    }

    private func expectNext(_ value: Int, at location: SourceLocation = #_sourceLocation) {
        stage.wait("the value \(value)", at: location) { [heard] in heard.values.last == value }
        #expect(watches.value(of: "load") == value, sourceLocation: location)
    }

    @Test
    func everyWriteIsNoticed() {
        stage.write("value", "7\n")
        watches.update(to: [file(stage.path("value"))])
        #expect(watches.value(of: "load") == 7)
        #expect(heard.values.isEmpty)
        stage.write("value", "-12\n")
        expectNext(-12)
        stage.write("value", "nothing")
        expectNext(0)
        #expect(stage.logged.contains("value does not begin with a number: it counts as 0"))
        stage.write("value", "5")
        expectNext(5)
        // No value in between, such as that of the file when it was empty.
        #expect(heard.values == [-12, 0, 5])
    }

    @Test
    func itMayComeGoAndBeReplaced() {
        watches.update(to: [file(stage.path("value"))])
        #expect(watches.value(of: "load") == 0)
        #expect(stage.logged.contains("track_file load: \(stage.path("value")) is missing: it counts as 0"))
        stage.write("value", "3")
        expectNext(3)
        stage.write("other", "4")
        rename(stage.path("other"), stage.path("value"))
        expectNext(4)
        unlink(stage.path("value"))
        expectNext(0)
        stage.write("other", "6")
        link(stage.path("other"), stage.path("value"))
        expectNext(6)
        rename(stage.path("value"), stage.path("away"))
        expectNext(0)
        #expect(heard.values == [3, 4, 0, 6, 0])
    }

    @Test
    func itsFoldersMayComeLater() {
        watches.update(to: [file(stage.path("a/b/value"))])
        mkdir(stage.path("a"), 0o755)
        stage.pass(.milliseconds(50))
        mkdir(stage.path("a/b"), 0o755)
        stage.write("a/b/value", "9")
        expectNext(9)
        unlink(stage.path("a/b/value"))
        rmdir(stage.path("a/b"))
        expectNext(0)
        mkdir(stage.path("a/c"), 0o755)
        stage.write("a/c/value", "11")
        rename(stage.path("a/c"), stage.path("a/b"))
        expectNext(11)
        rename(stage.path("a/b"), stage.path("a/c"))
        expectNext(0)
    }

    @Test
    func symbolicLinksAreFollowedToWhatIsWritten() {
        for (folder, value) in [("one", "1"), ("two", "2")] {
            mkdir(stage.path(folder), 0o755)
            stage.write("\(folder)/value", value)
        }
        symlink("one", stage.path("current"))
        symlink("current/value", stage.path("value"))
        watches.update(to: [file(stage.path("value"))])
        #expect(watches.value(of: "load") == 1)
        stage.write("one/value", "21")
        expectNext(21)
        // As a mounted configuration is exchanged: another link takes the place of the first.
        symlink("two", stage.path("next"))
        rename(stage.path("next"), stage.path("current"))
        expectNext(2)
        stage.write("two/value", "22")
        expectNext(22)
    }

    @Test
    func initFileIsWrittenOnceUnlessItOverwrites() {
        watches.update(to: [file(stage.path("value"), initial: 3)])
        #expect(stage.read("value") == "3\n")
        #expect(watches.value(of: "load") == 3)
        stage.write("value", "8")
        expectNext(8)
        // The same again, as at a reload.
        watches.update(to: [file(stage.path("value"), initial: 3, overwrites: false)])
        #expect(stage.read("value") == "8")
        watches.update(to: [file(stage.path("value"), initial: 4)])
        #expect(stage.read("value") == "8")
        watches.update(to: [file(stage.path("value"), initial: 4, overwrites: true)])
        #expect(stage.read("value") == "4\n")
        #expect(watches.value(of: "load") == 4)
    }

    @Test
    func aPipeOrAFolderMakesNobodyWait() {
        mkfifo(stage.path("pipe"), 0o600)
        watches.update(to: [file(stage.path("pipe"))])
        #expect(watches.value(of: "load") == 0)
        #expect(stage.logged.contains("is not a file: it counts as 0"))
        watches.update(to: [file(stage.folder)])
        #expect(watches.value(of: "load") == 0)
    }

    @Test
    func otherFilesOfABusyFolderAreOfNoInterest() {
        stage.write("value", "1")
        watches.update(to: [file(stage.path("value"))])
        for number in 0..<2_000 { stage.write("other\(number % 10)", "\(number)") }
        stage.write("value", "2")
        expectNext(2)
        #expect(heard.values == [2])
    }

    @Test
    func moreThanTheKernelKeepsIsNotMissed() {
        stage.write("value", "1")
        watches.update(to: [file(stage.path("value"))])
        let queue = Int(Stage.read("/proc/sys/fs/inotify/max_queued_events").filter(\.isNumber)) ?? 16384
        for number in 0..<queue + 100 { link(stage.path("value"), stage.path("l\(number)")) }
        stage.write("value", "2")
        expectNext(2)
    }
}
