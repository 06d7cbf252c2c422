/// What lies over the panes until it is put away.
enum WatchSheet: Hashable, Sendable {
    case help
    case details(WatchItem)
}
