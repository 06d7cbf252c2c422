/// A line of `interface_up_down_delays`.
package struct InterfaceDelay: Hashable, Sendable {
    package var interface: String
    package var down: Duration
    package var up: Duration

    package init(interface: String, down: Duration, up: Duration) {
        self.interface = interface
        self.down = down
        self.up = up
    }
}
