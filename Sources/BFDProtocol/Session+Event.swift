package import PacketFormats

extension Session {
    /// What happens to a session.
    package enum Event: Hashable, Sendable {
        /// It is to run from now on.
        case start
        /// Its operator ends it. The other end is told; nothing but another start has an effect after it.
        case stop
        /// A packet that is for this session, and passed what is to be checked before: its own rules, discriminator or
        /// addresses, and hops.
        case received(BFDControlPacket)
        /// `deadline` is reached.
        case timeReached
        /// Its operator wants other intervals.
        case reconfigured(Configuration)
    }
}
