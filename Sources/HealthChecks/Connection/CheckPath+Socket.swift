import Glibc

extension CheckPath {
    /// Gives a socket its mark, interface and source. Most checks have none of them.
    func prepare(_ descriptor: Int32) -> ConnectionFailure? {
        if var mark {
            let size = socklen_t(MemoryLayout.size(ofValue: mark))
            guard setsockopt(descriptor, SOL_SOCKET, SO_MARK, &mark, size) == 0 else {
                return .impossible(operation: "fwmark \(mark)", errno)
            }
        }
        if let interface {
            // Before the source: a link-local address means nothing without its interface.
            let result = interface.withCString {
                setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, $0, socklen_t(strlen($0) + 1))
            }
            guard result == 0 else { return .impossible(operation: "bind_if \(interface)", errno) }
        }
        if let source {
            guard source.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
                return .impossible(operation: "bindto", errno)
            }
        }
        return nil
    }
}
