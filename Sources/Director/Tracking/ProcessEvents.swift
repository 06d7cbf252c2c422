import CLinux
import Glibc
import Reactor

/// What the kernel tells about processes (proc connector).
final class ProcessEvents {
    enum Event {
        /// It tells, from now on.
        case listening
        case refused(Int32)
        case forked(Int32, from: Int32)
        /// It is another program now, or has another name.
        case changed(Int32)
        case ended(Int32)
        /// Some events were lost.
        case lost
    }

    private let loop: EventLoop
    private let descriptor: Int32
    private let heard: (Event) -> Void
    private var events = [clinux_process_event](repeating: clinux_process_event(), count: 64)

    /// - Parameter buffer: Octets that the kernel keeps of what is not read yet; 0 for its own size.
    init(
        _ loop: EventLoop, buffer: Int, forced: Bool, heard: @escaping (Event) -> Void
    ) throws(ReactorError) {
        self.loop = loop
        self.heard = heard
        descriptor = clinux_process_events(Int32(clamping: buffer), forced ? 1 : 0)
        guard descriptor >= 0 else { throw ReactorError("listening to process events", code: errno) }
        do {
            try loop.watch(descriptor) { [unowned self] in read() }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        loop.unwatch(descriptor)
        close(descriptor)
    }

    /// A part of what there is; the loop calls again for the rest.
    private func read() {
        let count = clinux_process_events_read(descriptor, &events, Int32(events.count))
        if count < 0 { return heard(.lost) }
        for event in events.prefix(Int(count)) {
            switch event.change {
            case clinux_process_listening: heard(.listening)
            case clinux_process_refused: heard(.refused(event.parent))
            case clinux_process_forked: heard(.forked(event.process, from: event.parent))
            case clinux_process_executed, clinux_process_renamed: heard(.changed(event.process))
            case clinux_process_ended: heard(.ended(event.process))
            default: break
            }
        }
    }
}
