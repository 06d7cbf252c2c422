import ControlProtocol
import DirectorWatch
import Screens
import Testing

/// Whole screens.
@Suite struct WatchPictureTests {
    static func model(_ glyphs: GlyphSet = .unicode) -> WatchModel {
        var model = WatchModel(interval: 1000, glyphs: glyphs)
        model.take(
            SampleDirector.status([
                SampleDirector.instance("VI_1"),
                SampleDirector.instance(
                    "VI_2", "backup", priority: 100, effective: 80,
                    active: PeerReport(address: "10.91.0.2", priority: 120, isThis: false, heardAt: nil),
                    addresses: ["10.91.0.30/24", "2001:db8::30/64"]),
                SampleDirector.instance("VI_3", "fault", addresses: ["10.91.0.40/24"]),
            ]))
        for rate: UInt64 in [0, 10, 20, 30, 40, 50, 60, 70, 80] {
            model.take(SampleDirector.twoServers(rate: rate, secondIsUp: false))
        }
        model.take([
            SampleDirector.event(1, .process, "", "started"), SampleDirector.event(2),
            SampleDirector.event(3, .check, "[192.168.0.3]:tcp:80", "TCP_CHECK: connection refused"),
        ])
        return model
    }

    static func lines(_ model: inout WatchModel, _ rows: Int, _ columns: Int) -> [String] {
        let picture = model.picture(rows: rows, columns: columns)
        #expect(picture.count == (columns > 0 ? rows : 0))
        for line in picture { #expect(line.columns <= columns, "\(line.text)") }
        return picture.map(\.text)
    }

    private func expect(
        _ model: WatchModel, _ rows: Int, _ columns: Int, _ wanted: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var model = model
        let got = Self.lines(&model, rows, columns).joined(separator: "\n")
        #expect(got == wanted, sourceLocation: sourceLocation)
    }

    @Test("24 rows of 80")
    func usual() {
        expect(
            Self.model(), 24, 80,
            """
             lb1  vrrpctl 0.6.0  up 3d03h  /etc/keepalived/keepalived.… 22:14:33Z every 1 s
            > Virtual routers   State       Since Interface  VRID Priority Active router
            > ● VI_1            active      2h04m eth0         51      150 this one
              ○ VI_2            backup      2h04m eth0         51   80/100 10.91.0.2
              ✗ VI_3            fault       2h04m eth0         51      150 nobody known
              Virtual servers           State      Weight Active Conn/s Last conn/s  Bytes/s
              ▾ [10.91.0.20]:tcp:80     1/2 up          3     24     80    █████████    800k
                ● [192.168.0.2]:tcp:80  up              3     12     80     ▁▂▃▄▅▆▇█    800k
                ✗ [192.168.0.3]:tcp:80  down          0/3     12     40     ▁▂▃▄▅▆▇█    400k










              Events         Kind         About            What
              22:12:54       process                       started
              22:12:55       transition   VI_1             backup to active
              22:12:56       check        [192.168.0.3]:t… TCP_CHECK: connection refused
            q quit  ? keys  Tab pane  / filter  Enter details  Space fold  s sort  p pause
            """)
    }

    @Test("40 rows of 120")
    func large() {
        expect(
            Self.model(), 40, 120,
            """
             lb1  vrrpctl 0.6.0  up 3d03h  /etc/keepalived/keepalived.conf                                      22:14:33Z every 1 s
            > Virtual routers   State       Since Interface  VRID Priority Active router   Addresses
            > ● VI_1            active      2h04m eth0         51      150 this one        10.91.0.10/24
              ○ VI_2            backup      2h04m eth0         51   80/100 10.91.0.2       10.91.0.30/24 2001:db8::30/64
              ✗ VI_3            fault       2h04m eth0         51      150 nobody known    10.91.0.40/24
              Virtual servers                               State      Weight Active  Inact Conn/s Last conn/s  Bytes/s Last bytes/s
              ▾ [10.91.0.20]:tcp:80                         1/2 up          3     24     72     80    █████████    800k    █████████
                ● [192.168.0.2]:tcp:80                      up              3     12     36     80     ▁▂▃▄▅▆▇█    800k     ▁▂▃▄▅▆▇█
                ✗ [192.168.0.3]:tcp:80                      down          0/3     12     36     40     ▁▂▃▄▅▆▇█    400k     ▁▂▃▄▅▆▇█























              Events         Kind         About            What
              22:12:54       process                       started
              22:12:55       transition   VI_1             backup to active
              22:12:56       check        [192.168.0.3]:t… TCP_CHECK: connection refused



            q quit  ? keys  Tab pane  / filter  Enter details  Space fold  s sort  p pause
            """)
    }

    @Test("10 rows of 40: only the pane that has the focus")
    func small() {
        expect(
            Self.model(), 10, 40,
            """
             lb1  vrrpctl 0.6.… 22:14:33Z every 1 s
            > Virtual routers   State       Since
            > ● VI_1            active      2h04m
              ○ VI_2            backup      2h04m
              ✗ VI_3            fault       2h04m




            q quit  ? keys  Tab pane  / filter
            """)
    }

    @Test("3 rows of 12")
    func tiny() {
        expect(
            Self.model(), 3, 12,
            """
            22:14:33Z e…
            > ● VI_1
            q quit
            """)
    }

    @Test("A single cell")
    func cell() {
        expect(
            Self.model(), 1, 1,
            """
            …
            """)
    }

    @Test("14 rows of 60")
    func middle() {
        expect(
            Self.model(), 14, 60,
            """
             lb1  vrrpctl 0.6.0  up 3d03h  /etc/ke… 22:14:33Z every 1 s
            > Virtual routers State       Since Priority Active router
            > ● VI_1          active      2h04m      150 this one
              ○ VI_2          backup      2h04m   80/100 10.91.0.2
              ✗ VI_3          fault       2h04m      150 nobody known
              Virtual servers            State      Weight Active Conn/s
              ▾ [10.91.0.20]:tcp:80      1/2 up          3     24     80
                ● [192.168.0.2]:tcp:80   up              3     12     80
                ✗ [192.168.0.3]:tcp:80   down          0/3     12     40

              Events 3/3     Kind         About            What
              22:12:55       transition   VI_1             backup to ac…
              22:12:56       check        [192.168.0.3]:t… TCP_CHECK: c…
            q quit  ? keys  Tab pane  / filter  Enter details
            """)
    }

    @Test("No picture for no terminal, and something for every size", arguments: 0..<30)
    func sizes(columns: Int) {
        for rows in 0..<30 {
            var model = Self.model()
            _ = Self.lines(&model, rows, columns)
            _ = model.handle(.enter)
            _ = Self.lines(&model, rows, columns)
            _ = model.handle(.escape)
            _ = model.handle(.character("?"))
            _ = Self.lines(&model, rows, columns)
        }
    }

    @Test("Before the first answer it says that it asks")
    func asking() {
        var model = WatchModel(interval: 500, glyphs: .unicode)
        let lines = Self.lines(&model, 24, 80)
        #expect(lines[0].hasPrefix(" vrrpctl watch"))
        #expect(lines[0].hasSuffix("asking"))
        #expect(lines.contains { $0.contains("not known yet") })
    }

    @Test("Control characters from outside are spelled out, wide names cut where a character ends")
    func harmless() {
        var model = WatchModel(interval: 1000, glyphs: .unicode)
        model.take(
            SampleDirector.status(
                [
                    SampleDirector.instance("A\u{1b}[2J\u{7}"),
                    SampleDirector.instance("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"),
                ], routerID: "lb\u{9b}1"))
        model.take([SampleDirector.event(1, .observation, "x\u{202e}y", "a\nb")])
        let picture = model.picture(rows: 24, columns: 80)
        for line in picture {
            #expect(line.columns <= 80)
            for scalar in line.text.unicodeScalars {
                #expect(scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) && scalar.value != 0x202e)
            }
        }
        #expect(picture[0].text.contains(#"lb\u{9b}1"#))
        #expect(picture[2].text.contains(#"A\u{1b}[2J\u{7}"#))
        #expect(picture[3].text.contains("漢字漢字漢字"))
        #expect(picture.contains { $0.text.contains(#"a\u{a}b"#) })
    }

    @Test("In a locale without UTF-8 everything is ASCII")
    func ascii() {
        var model = Self.model(.ascii)
        model.take(SampleDirector.status([SampleDirector.instance("Überall"), SampleDirector.instance("V", "fault")]))
        let lines = Self.lines(&model, 24, 120)
        for line in lines { #expect(line.utf8.allSatisfy { $0 < 0x80 }, "\(line)") }
        #expect(lines.contains { $0.contains("* ?berall") })
        #expect(lines.contains { $0.contains("_.-=+*#@") })
    }

    @Test("A director that is gone is said to be, and the rest is grey")
    func gone() {
        var model = Self.model()
        model.lose("no daemon runs with the socket /run/x", at: SampleDirector.now)
        let picture = model.picture(rows: 24, columns: 80)
        #expect(picture[0].text.hasSuffix("DIRECTOR GONE since 22:14:33Z"))
        #expect(picture[23].text == "no daemon runs with the socket /run/x; trying again")
        #expect(picture[2].text.contains("VI_1"))
        for line in picture[1..<23] {
            for cell in line.cells { #expect(cell.style.colour == nil && cell.style.isFaint || cell == .blank) }
        }
        // Since when does not move with each attempt; and it is over when the director answers.
        model.lose("no daemon runs with the socket /run/x", at: Timestamp(milliseconds: 0))
        #expect(model.picture(rows: 24, columns: 80)[0].text.hasSuffix("DIRECTOR GONE since 22:14:33Z"))
        model.take(SampleDirector.status())
        #expect(model.picture(rows: 24, columns: 80)[0].text.hasSuffix("22:14:33Z every 1 s"))
    }

    @Test("States have a colour, a word and a mark")
    func colours() {
        var model = Self.model()
        let picture = model.picture(rows: 24, columns: 80)
        func style(_ word: String, _ row: Int) -> CellStyle? {
            let cells = picture[row].cells
            let letters = word.map { String($0) }
            let place = cells.indices.first { start in
                start + letters.count <= cells.count
                    && letters.indices.allSatisfy { cells[start + $0].text == letters[$0] }
            }
            return place.map { cells[$0].style }
        }
        #expect(style("active", 2)?.colour == .green)
        #expect(style("backup", 3)?.colour == .cyan)
        #expect(style("fault", 4)?.colour == .red)
        #expect(style("1/2 up", 6)?.colour == .yellow)
        #expect(style("up", 7)?.colour == .green)
        #expect(style("down", 8)?.colour == .red)
        // What is selected is seen without colour, too.
        #expect(picture[2].cells.allSatisfy { $0.style.isReversed })
        #expect(picture[2].text.hasPrefix(">"))
    }

    @Test("Maintenance stands in the head, orders beside the state")
    func orders() {
        var model = WatchModel(interval: 1000, glyphs: .unicode)
        let until = Timestamp(milliseconds: SampleDirector.now.milliseconds + 1_800_000)
        model.take(
            SampleDirector.status(
                [
                    SampleDirector.instance(
                        "VI_1", "backup", steering: [SteeringReport(order: "failover", since: SampleDirector.now)])
                ], maintenance: SteeringReport(order: "maintenance", since: SampleDirector.now, until: until)))
        model.take(
            SampleDirector.servers([
                SampleDirector.service(
                    "v",
                    [
                        SampleDirector.server(
                            "a", weight: 0, steering: SteeringReport(order: "drain", since: SampleDirector.now)),
                        SampleDirector.server(
                            "b", weight: 0, steering: SteeringReport(order: "disable", since: SampleDirector.now)),
                    ])
            ]))
        let lines = Self.lines(&model, 24, 120)
        #expect(lines[0].contains("MAINTENANCE UNTIL 22:44:33"))
        #expect(lines[2].contains("backup fa"))
        #expect(lines.contains { $0.contains("draining") && $0.contains("0/3") })
        #expect(lines.contains { $0.contains("disabled") })
    }
}
