import ControlProtocol
package import Screens

extension WatchModel {
    /// The intervals that `+` and `-` go through, in milliseconds.
    private static let intervals = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000]
    /// Characters of a filter.
    private static let longestFilter = 60

    package mutating func handle(_ key: Key) -> WatchCommand? {
        if key == .control("c") { return .quit }
        if key == .control("l") { return .redraw }
        if filterBefore != nil {
            type(key)
            return nil
        }
        if sheet != nil, handleSheet(key) { return nil }
        switch key {
        case .character("q"), .character("Q"): return .quit
        case .up, .character("k"): cursors[pane]?.move(by: -1)
        case .down, .character("j"): cursors[pane]?.move(by: 1)
        case .pageUp, .control("b"): cursors[pane]?.movePage(-1)
        case .pageDown, .control("f"): cursors[pane]?.movePage(1)
        case .home, .character("g"): cursors[pane]?.moveToStart()
        case .end, .character("G"): cursors[pane]?.moveToEnd()
        case .tab: pane = pane.moved(by: 1)
        case .backTab: pane = pane.moved(by: -1)
        case .enter: open()
        case .character(" "): fold()
        case .left: setFolded(true)
        case .right: setFolded(false)
        case .character("z"): foldAll()
        case .character("/"): filterBefore = filter
        case .escape where !filter.isEmpty: changeFilter(to: "")
        case .character("s"):
            sort = sort.next
            listAll()
        case .character("p"):
            isPaused.toggle()
            if !isPaused { return .ask }
        case .character("+"), .character("="):
            interval = Self.intervals.first { $0 > interval } ?? interval
            return .ask
        case .character("-"):
            interval = Self.intervals.last { $0 < interval } ?? interval
            return .ask
        case .character("?"), .character("h"):
            sheet = .help
            sheetTop = 0
        default: break
        }
        return nil
    }

    // MARK: Sheets

    /// - Returns: Whether the key was meant for the sheet.
    private mutating func handleSheet(_ key: Key) -> Bool {
        switch key {
        case .up, .character("k"): sheetTop -= 1
        case .down, .character("j"): sheetTop += 1
        case .pageUp, .control("b"): sheetTop -= max(sheetHeight - 1, 1)
        case .pageDown, .control("f"): sheetTop += max(sheetHeight - 1, 1)
        case .home, .character("g"): sheetTop = 0
        case .end, .character("G"): sheetTop = .max / 2
        case .escape, .enter, .left, .backspace, .character(" "), .character("?"), .character("h"): sheet = nil
        case .tab, .backTab, .right, .character("/"), .character("s"), .character("z"): break
        default: return false
        }
        return true
    }

    private mutating func open() {
        guard let item = cursors[pane]?.item else { return }
        sheet = .details(item)
        sheetTop = 0
    }

    // MARK: Folding

    /// The virtual server that is selected, or that the selected real server belongs to.
    private var selectedService: String? {
        switch cursors[.services]?.item {
        case .service(let name)?: name
        case .server(_, let service)?: service
        case .instance?, .event?, nil: nil
        }
    }

    private mutating func fold() {
        guard pane == .services else { return open() }
        guard let name = selectedService else { return }
        setFolded(!folded.contains(name))
    }

    private mutating func setFolded(_ isFolded: Bool) {
        guard pane == .services, let name = selectedService else { return }
        if isFolded {
            folded.insert(name)
            cursors[.services]?.select(.service(name))
        } else {
            folded.remove(name)
        }
        list(.services)
    }

    private mutating func foldAll() {
        let names = Set((servers?.services ?? []).map(\.name))
        if let name = selectedService, folded.isEmpty { cursors[.services]?.select(.service(name)) }
        folded = folded.isEmpty ? names : []
        list(.services)
    }

    // MARK: The filter

    private mutating func type(_ key: Key) {
        switch key {
        case .enter, .tab: filterBefore = nil
        case .escape:
            changeFilter(to: filterBefore ?? "")
            filterBefore = nil
        case .backspace: changeFilter(to: String(filter.dropLast()))
        case .control("u"): changeFilter(to: "")
        case .up, .down, .pageUp, .pageDown:
            filterBefore = nil
            _ = handle(key)
        case .character(let scalar):
            if filter.unicodeScalars.count < Self.longestFilter { changeFilter(to: filter + String(scalar)) }
        default: break
        }
    }

    private mutating func changeFilter(to text: String) {
        filter = text
        listAll()
    }
}
