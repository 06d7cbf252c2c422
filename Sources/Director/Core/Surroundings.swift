package import PacketFormats

/// Everything around the virtual routers: what they see and what they do it with.
package struct Surroundings {
    package var time: any Timekeeper
    package var wire: any Wire
    package var network: any Network
    /// Who is told about changes of state: scripts and FIFOs.
    package var listener: any StateListener
    /// Scripts, files and processes.
    package var feeds: any TrackerSource
    package var wills: any WillKeeper
    package var log: Log
    package var digests: any KeyedDigests

    package init(
        time: any Timekeeper, wire: any Wire, network: any Network, listener: any StateListener,
        feeds: any TrackerSource, wills: any WillKeeper, log: Log, digests: any KeyedDigests
    ) {
        self.time = time
        self.wire = wire
        self.network = network
        self.listener = listener
        self.feeds = feeds
        self.wills = wills
        self.log = log
        self.digests = digests
    }
}
