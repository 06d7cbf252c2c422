/// Everything that an instance or a sync group watches.
package struct TrackedObjects: Hashable, Sendable {
    package var interfaces: [Setting<TrackedObject>] = []
    package var scripts: [Setting<TrackedObject>] = []
    package var files: [Setting<TrackedObject>] = []
    package var processes: [Setting<TrackedObject>] = []
    package var sessions: [Setting<TrackedObject>] = []

    package init() {}

    package var all: [Setting<TrackedObject>] { interfaces + scripts + files + processes + sessions }
}
