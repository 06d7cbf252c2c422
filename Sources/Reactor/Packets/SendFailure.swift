/// A packet that did not go out.
package struct SendFailure: Hashable, Sendable {
    /// The index of the interface it was for; nil if the kernel was to choose.
    package var interface: Int32?
    /// The errno: ENETDOWN, ENODEV or ENXIO for an interface that is down or gone, ENETUNREACH without a route, EPERM
    /// from a packet filter, ENOBUFS or EAGAIN where the interface takes no more, EMSGSIZE beyond its MTU, EINVAL for
    /// what is no packet.
    package var code: Int32

    package init(interface: Int32?, code: Int32) {
        self.interface = interface
        self.code = code
    }
}
