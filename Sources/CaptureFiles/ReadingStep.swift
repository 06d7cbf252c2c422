/// What the next octets of a file are.
enum ReadingStep {
    /// Not yet known.
    case needsMore
    /// So many octets that hold no frame.
    case skip(Int)
    /// A frame in so many octets.
    case frame(CapturedFrame, Int)
}
