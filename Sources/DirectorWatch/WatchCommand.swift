/// What the user wants of the program rather than of the picture.
package enum WatchCommand: Hashable, Sendable {
    case quit
    /// The picture is to be sent whole: something else has written on the terminal.
    case redraw
    /// The director is to be asked now.
    case ask
}
