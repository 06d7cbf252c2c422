import ControlProtocol
import DirectorWatch
import Screens
import Testing

/// Keys in, and what the screen shows then.
@Suite struct WatchKeysTests {
    private func press(_ model: inout WatchModel, _ keys: Key...) -> [WatchCommand] {
        keys.compactMap { model.handle($0) }
    }

    private func write(_ model: inout WatchModel, _ text: String) {
        for scalar in text.unicodeScalars { _ = model.handle(.character(scalar)) }
    }

    /// The line that is selected; nil where none is seen.
    private func selected(_ model: inout WatchModel, rows: Int = 24, columns: Int = 80) -> String? {
        model.picture(rows: rows, columns: columns)
            .first { $0.text.hasPrefix("> ") && $0.cells.first?.style.isReversed == true }
            .map { $0.text }
    }

    private func shows(_ model: inout WatchModel, _ text: String, rows: Int = 24, columns: Int = 80) -> Bool {
        model.picture(rows: rows, columns: columns).contains { $0.text.contains(text) }
    }

    private func many(_ services: Int, _ servers: Int) -> ServersReport {
        SampleDirector.servers(
            (1...services).map { service in
                SampleDirector.service(
                    "[10.0.0.\(service)]:tcp:80",
                    (1...servers).map { SampleDirector.server("[192.168.\(service).\($0)]:tcp:80") })
            })
    }

    @Test("q and Ctrl-C quit, Ctrl-L draws anew")
    func quit() {
        var model = WatchPictureTests.model()
        #expect(press(&model, .character("q")) == [.quit])
        #expect(press(&model, .control("c")) == [.quit])
        #expect(press(&model, .control("l")) == [.redraw])
        #expect(press(&model, .character("?"), .character("q")) == [.quit])
        // In a filter q is a letter, and Ctrl-C still quits.
        #expect(press(&model, .escape, .character("/"), .character("q")) == [])
        #expect(press(&model, .control("c")) == [.quit])
        #expect(press(&model, .unknown, .delete, .control("x")) == [])
    }

    @Test("Moving stays within the lines, and Tab goes round the panes")
    func moving() {
        var model = WatchPictureTests.model()
        #expect(selected(&model)?.contains("VI_1") == true)
        _ = press(&model, .up)
        #expect(selected(&model)?.contains("VI_1") == true)
        _ = press(&model, .down, .character("j"), .down, .down)
        #expect(selected(&model)?.contains("VI_3") == true)
        _ = press(&model, .character("k"))
        #expect(selected(&model)?.contains("VI_2") == true)
        _ = press(&model, .home)
        #expect(selected(&model)?.contains("VI_1") == true)
        _ = press(&model, .end)
        #expect(selected(&model)?.contains("VI_3") == true)
        _ = press(&model, .tab)
        #expect(selected(&model)?.contains("[10.91.0.20]:tcp:80") == true)
        _ = press(&model, .tab)
        #expect(selected(&model)?.contains("connection refused") == true)
        _ = press(&model, .tab)
        #expect(selected(&model)?.contains("VI_3") == true)
        _ = press(&model, .backTab)
        #expect(selected(&model)?.contains("connection refused") == true)
    }

    @Test("A long list is paged through, and what is selected is seen at every size")
    func paging() {
        var model = WatchPictureTests.model()
        model.take(many(9, 20))
        _ = press(&model, .tab)
        #expect(selected(&model)?.contains("[10.0.0.1]:tcp:80") == true)
        _ = press(&model, .pageDown)
        let first = selected(&model)
        #expect(first?.contains("192.168.1.") == true)
        _ = press(&model, .pageUp)
        #expect(selected(&model)?.contains("[10.0.0.1]:tcp:80") == true)
        _ = press(&model, .end)
        for (rows, columns) in [(24, 80), (10, 40), (40, 120), (3, 50)] {
            #expect(selected(&model, rows: rows, columns: columns)?.contains("192.168.9.20") == true)
        }
        #expect(shows(&model, "189/189"))
    }

    @Test("The selection keeps to what it is about, or stays near where it was")
    func identity() {
        var model = WatchPictureTests.model()
        _ = press(&model, .down)
        model.take(
            SampleDirector.status([
                SampleDirector.instance("VI_0"), SampleDirector.instance("VI_1"), SampleDirector.instance("VI_2"),
            ]))
        #expect(selected(&model)?.contains("VI_2") == true)
        model.take(SampleDirector.status([SampleDirector.instance("VI_0"), SampleDirector.instance("VI_1")]))
        #expect(selected(&model)?.contains("VI_1") == true)
        model.take(SampleDirector.status([]))
        #expect(selected(&model) == nil)
        _ = press(&model, .down, .pageDown, .end, .enter, .character(" "), .up)
        model.take(SampleDirector.status())
        #expect(selected(&model)?.contains("VI_1") == true)
    }

    @Test("Events go on at their end, unless one is looked at")
    func events() {
        var model = WatchPictureTests.model()
        _ = press(&model, .backTab)
        model.take([SampleDirector.event(4, .reload, "", "fourth")])
        #expect(selected(&model)?.contains("fourth") == true)
        _ = press(&model, .up)
        model.take([SampleDirector.event(5, .reload, "", "fifth")])
        #expect(selected(&model)?.contains("connection refused") == true)
        // What was told before is not listed twice.
        model.take([SampleDirector.event(4, .reload, "", "again"), SampleDirector.event(5, .reload, "", "again")])
        #expect(!shows(&model, "again"))
        model.take((6...900).map { SampleDirector.event($0, .check, "x", "number \($0)") })
        #expect(model.events.count == 500)
        _ = press(&model, .end)
        #expect(selected(&model)?.contains("number 900") == true)
    }

    @Test("A virtual server folds with Space and arrows, and all of them with z")
    func folding() {
        var model = WatchPictureTests.model()
        _ = press(&model, .tab)
        #expect(shows(&model, "▾ [10.91.0.20]:tcp:80"))
        _ = press(&model, .down, .character(" "))
        #expect(shows(&model, "▸ [10.91.0.20]:tcp:80"))
        #expect(!shows(&model, "[192.168.0.2]:tcp:80 "))
        #expect(selected(&model)?.contains("[10.91.0.20]:tcp:80") == true)
        _ = press(&model, .right)
        #expect(shows(&model, "[192.168.0.2]:tcp:80 "))
        _ = press(&model, .left)
        #expect(!shows(&model, "[192.168.0.2]:tcp:80 "))
        _ = press(&model, .character("z"))
        #expect(shows(&model, "[192.168.0.2]:tcp:80 "))
        _ = press(&model, .character("z"))
        #expect(!shows(&model, "[192.168.0.2]:tcp:80 "))
        // It stays folded when the next report comes.
        model.take(SampleDirector.twoServers())
        #expect(!shows(&model, "[192.168.0.2]:tcp:80 "))
    }

    @Test("Many real servers come folded, once")
    func comeFolded() {
        var model = WatchModel(interval: 1000, glyphs: .unicode)
        model.take(SampleDirector.status())
        model.take(many(3, 100))
        #expect(shows(&model, "▸ [10.0.0.1]:tcp:80"))
        _ = press(&model, .tab, .right)
        #expect(shows(&model, "[192.168.1.1]:tcp:80"))
        model.take(many(4, 100))
        #expect(shows(&model, "[192.168.1.1]:tcp:80"))
        _ = press(&model, .left)
        #expect(shows(&model, "▸ [10.0.0.4]:tcp:80"))
    }

    @Test("The filter shows what has a text in it, whatever the case")
    func filter() {
        var model = WatchPictureTests.model()
        _ = press(&model, .character("/"))
        write(&model, "vi_2")
        #expect(shows(&model, "/vi_2"))
        #expect(!shows(&model, "VI_1"))
        #expect(shows(&model, "VI_2"))
        #expect(shows(&model, "nothing with that"))
        _ = press(&model, .backspace, .backspace, .backspace, .backspace)
        #expect(shows(&model, "VI_1"))
        write(&model, "down")
        #expect(!shows(&model, "[192.168.0.2]"))
        #expect(shows(&model, "[192.168.0.3]"))
        _ = press(&model, .enter)
        #expect(shows(&model, "filter: down (Esc)"))
        _ = press(&model, .escape)
        #expect(shows(&model, "[192.168.0.2]"))
        // Escape while it is typed brings back what was there.
        _ = press(&model, .character("/"))
        write(&model, "xyz")
        _ = press(&model, .control("u"))
        write(&model, "漢")
        _ = press(&model, .escape)
        #expect(shows(&model, "VI_1"))
    }

    @Test("What is looked for is found in a folded virtual server")
    func filterInFolded() {
        var model = WatchModel(interval: 1000, glyphs: .unicode)
        model.take(SampleDirector.status())
        model.take(many(3, 100))
        _ = press(&model, .tab, .character("/"))
        write(&model, "168.2.77]")
        _ = press(&model, .enter)
        #expect(shows(&model, "[192.168.2.77]"))
        #expect(shows(&model, "[10.0.0.2]"))
        #expect(!shows(&model, "[10.0.0.1]"))
    }

    @Test("Sorting by trouble, connections and traffic, and back")
    func sorting() {
        var model = WatchPictureTests.model()
        func order(_ names: String...) -> Bool {
            let lines = model.picture(rows: 24, columns: 80).map(\.text)
            let places = names.map { name in lines.firstIndex { $0.contains(name) } ?? -1 }
            return !places.contains(-1) && places == places.sorted()
        }
        #expect(order("VI_1", "VI_2", "VI_3", "0.2]:tcp", "0.3]:tcp"))
        _ = press(&model, .character("s"))
        #expect(shows(&model, "by trouble (s)"))
        #expect(order("VI_3", "VI_1", "VI_2", "[192.168.0.3]", "[192.168.0.2]"))
        model.take(
            SampleDirector.servers([
                SampleDirector.service("[10.0.0.1]:tcp:80", [SampleDirector.server("rs-1", rate: 5)], rate: 5),
                SampleDirector.service("[10.0.0.2]:tcp:80", [SampleDirector.server("rs-2", rate: 9)], rate: 9),
            ]))
        _ = press(&model, .character("s"))
        #expect(shows(&model, "by connections"))
        _ = press(&model, .character("s"))
        #expect(order("[10.0.0.2]", "rs-2", "[10.0.0.1]", "rs-1"))
        _ = press(&model, .character("s"))
        #expect(order("[10.0.0.1]", "rs-1", "[10.0.0.2]", "rs-2"))
    }

    @Test("Details: all that is known of an instance, a server, an event; Escape goes back")
    func details() {
        var model = WatchPictureTests.model()
        _ = press(&model, .down, .down, .enter)
        #expect(shows(&model, "Virtual router VI_3"))
        #expect(shows(&model, "eth0: it is down"))
        #expect(shows(&model, "3 wrong password"))
        _ = press(&model, .escape)
        #expect(shows(&model, "Virtual servers"))
        _ = press(&model, .tab, .down, .down, .enter)
        #expect(shows(&model, "Real server [192.168.0.3]:tcp:80 of [10.91.0.20]:tcp:80"))
        #expect(shows(&model, "connection refused, at 22:14:31Z, 2s ago, in 1.2 ms"))
        // It goes away while it is looked at.
        model.take(SampleDirector.servers([]))
        #expect(shows(&model, "not there any more"))
        _ = press(&model, .enter, .tab, .enter)
        #expect(shows(&model, "Event 3"))
        _ = press(&model, .down, .pageDown, .end, .home, .up)
        #expect(shows(&model, "Event 3", rows: 5))
    }

    @Test("The list of keys can be read on a small terminal, too")
    func help() {
        var model = WatchPictureTests.model()
        _ = press(&model, .character("?"))
        #expect(shows(&model, "Ctrl-C"))
        #expect(!shows(&model, "Ctrl-C", rows: 8, columns: 40))
        _ = press(&model, .end)
        #expect(shows(&model, "Ctrl-C", rows: 8, columns: 40))
    }

    @Test("Pausing, and asking more or less often")
    func rhythm() {
        var model = WatchPictureTests.model()
        #expect(press(&model, .character("p")) == [])
        #expect(model.isPaused)
        #expect(shows(&model, "paused"))
        #expect(press(&model, .character("p")) == [.ask])
        #expect(!model.isPaused)
        #expect(press(&model, .character("+")) == [.ask])
        #expect(model.interval == 2000)
        for _ in 0..<20 { _ = press(&model, .character("-")) }
        #expect(model.interval == 100)
        #expect(shows(&model, "every 0.1 s"))
        for _ in 0..<20 { _ = press(&model, .character("+")) }
        #expect(model.interval == 60_000)
    }

    @Test("Random keys and reports leave a picture that fits", arguments: 0..<20)
    func random(seed: Int) {
        var generator = SystemRandomNumberGenerator()
        let keys: [Key] =
            [
                .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab, .backTab, .enter, .escape, .backspace,
                .delete, .control("u"), .control("l"), .unknown,
            ] + "jkgGz/sp+-?h 漢1d".unicodeScalars.map { .character($0) }
        var model = WatchModel(interval: 1000, glyphs: .unicode)
        for step in 0..<400 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0:
                model.take(
                    SampleDirector.status(
                        (0..<Int.random(in: 0...5, using: &generator)).map { SampleDirector.instance("VI_\($0)") }))
            case 1:
                model.take(
                    many(Int.random(in: 1...4, using: &generator), Int.random(in: 1...30, using: &generator)))
            case 2: model.take([SampleDirector.event(UInt64(step) + 1)])
            case 3: model.lose("gone", at: SampleDirector.now)
            default: _ = model.handle(keys.randomElement(using: &generator) ?? .up)
            }
            let rows = Int.random(in: 0...40, using: &generator)
            let columns = Int.random(in: 0...120, using: &generator)
            let picture = model.picture(rows: rows, columns: columns)
            #expect(picture.count == (columns > 0 ? rows : 0))
            #expect(picture.allSatisfy { $0.columns <= columns })
        }
    }
}
