#ifndef CLINUX_LOOKUP_H
#define CLINUX_LOOKUP_H

#include <stdint.h>
#include <sys/types.h>

/// An answer of `clinux_look_up`.
struct clinux_found {
    /// 4 or 6; or 0 for the last word of a look-up that has found nothing.
    int32_t family;
    /// The error of getaddrinfo(3) where the family is 0.
    int32_t error;
    /// As in a packet; four octets of it for IPv4.
    uint8_t address[16];
};

/// Looks the addresses of a name up in a process of its own, as `/etc/nsswitch.conf` says.
///
/// Not in this one, where it would block; and not in a thread, because the libraries of name services that a static
/// executable loads cannot be relied on: if one crashes, it is the child. It has none of this process's descriptors,
/// and dies with it.
///
/// Returns the child's process ID, or −1 with errno. `*answers` becomes a descriptor that does not block, from which
/// whole `struct clinux_found` can be read, one with each read(2), until the end of file.
pid_t clinux_look_up(const char *name, int *answers);

#endif
