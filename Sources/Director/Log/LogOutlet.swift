import Glibc

/// Where the log goes, without ever waiting for whoever reads it.
///
/// Standard error is shared with whatever started the daemon, so it must not be made non-blocking itself. A pipe or a
/// terminal is opened once more through /proc, which gives a description of our own; a socket, as the journal's, takes
/// the wish with each call. A file on a disk is written as it is.
struct LogOutlet: ~Copyable {
    private enum Kind {
        case socket
        /// A description of our own that does not block.
        case reopened
        /// Could not be opened again: asked before each write, and given no more than a pipe takes at once.
        case shared
        case file
    }

    let descriptor: Int32
    private let kind: Kind

    init(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            self.descriptor = descriptor
            kind = .shared
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFSOCK:
            self.descriptor = descriptor
            kind = .socket
        case S_IFREG:
            self.descriptor = descriptor
            kind = .file
        default:
            let own = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
            self.descriptor = own >= 0 ? own : descriptor
            kind = own >= 0 ? .reopened : .shared
        }
    }

    deinit {
        if case .reopened = kind { close(descriptor) }
    }

    /// Writes what is taken at once.
    ///
    /// - Returns: How many octets; 0 if it has to be tried again when the descriptor is writable. What can never be
    ///   written counts as taken.
    borrowing func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        while true {
            let taken: Int
            switch kind {
            case .socket:
                taken = send(
                    descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            case .reopened, .file: taken = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            case .shared:
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                guard poll(&ready, 1, 0) == 1 else { return 0 }
                taken = Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, Int(PIPE_BUF)))
            }
            if taken >= 0 { return taken }
            switch errno {
            case EINTR: continue
            case EAGAIN, ENOBUFS: return 0
            default: return bytes.count
            }
        }
    }
}
