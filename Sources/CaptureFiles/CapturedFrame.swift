package import PacketFormats

/// One frame of a capture file.
package struct CapturedFrame: Sendable {
    /// 1 for the first frame of the file, as tcpdump and Wireshark count.
    package var number: Int
    /// Nil where the file does not say.
    package var time: WallTime?
    package var linkLayer: LinkLayer
    /// The interface's name, which only pcapng has.
    package var interface: String?
    /// The length on the wire; `bytes` is shorter where the capture was limited to less.
    package var originalLength: Int
    package var bytes: ArraySlice<UInt8>
    /// Whether this host sent it, which only a live capture knows.
    package var isOutgoing = false

    package init(
        number: Int, time: WallTime?, linkLayer: LinkLayer, interface: String? = nil, originalLength: Int,
        bytes: ArraySlice<UInt8>
    ) {
        self.number = number
        self.time = time
        self.linkLayer = linkLayer
        self.interface = interface
        self.originalLength = originalLength
        self.bytes = bytes
    }

    package var isCut: Bool { bytes.count < originalLength }
}
