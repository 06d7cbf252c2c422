import Glibc

/// Occupies those of the three standard descriptors that the caller closed. Otherwise the kernel's socket would become
/// one of them, and a listing would be written into it.
///
/// What takes their place refuses the call that they are for, so a listing without an output still is an error.
func occupyStandardDescriptors() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
        // The lowest free descriptor is this one: those below it are open by now.
        _ = open("/dev/null", mode)
    }
}
