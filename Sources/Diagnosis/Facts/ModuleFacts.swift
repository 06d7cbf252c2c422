/// What is known of kernel modules.
package struct ModuleFacts: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// In the kernel now, as a module or a part of it.
        case present
        case loadable
        /// Neither there nor to be had.
        case missing
        /// The kernel does not say.
        case unknown
    }

    /// In the kernel now: /proc/modules and modules.builtin, and what shows itself in another way.
    package var present: Set<String> = []
    /// Of modules.dep.
    package var loadable: Set<String> = []
    /// Whether modules.builtin or modules.dep could be read; otherwise a module that is not seen may be there.
    package var isComplete = false
    /// Where the lists were looked for: /lib/modules/RELEASE.
    package var folder = ""
    /// `kernel.modules_disabled`: nothing can be loaded until the next boot.
    package var isLoadingDisabled = false

    package init() {}

    package func state(_ name: String) -> State {
        // The kernel writes hyphens and underscores as it likes.
        let plain = String(name.map { $0 == "-" ? "_" : $0 })
        if present.contains(plain) { return .present }
        if loadable.contains(plain) { return isLoadingDisabled ? .missing : .loadable }
        return isComplete ? .missing : .unknown
    }
}
