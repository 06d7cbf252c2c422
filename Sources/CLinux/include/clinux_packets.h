#ifndef CLINUX_PACKETS_H
#define CLINUX_PACKETS_H

#include <stddef.h>
#include <stdint.h>

enum {
    /// Packets in one call at most.
    clinux_most_packets = 32
};

enum clinux_wire { clinux_wire_ipv4, clinux_wire_ipv6, clinux_wire_frame };

/// What the kernel says of a packet that a socket received.
struct clinux_arrival {
    uint32_t length;
    /// Whether it was longer than its room.
    uint32_t is_cut;
    /// The index of the interface on which it arrived; 0 if unknown.
    int32_t interface;
    /// Of IPv6, whose header the kernel keeps, and of UDP; 0 if unknown. Addresses as numbers, most significant half
    /// first; an IPv4 address is in the second.
    int32_t hop_limit;
    uint64_t source[2];
    uint64_t destination[2];
};

/// A raw socket that receives `protocol` (IPv4 with its header) with what `struct clinux_arrival` tells, only what was
/// sent to this host or to groups that it joins. Not blocking, closed on exec. From one interface alone if `interface`
/// is not 0. Returns it, or −1 with errno.
int clinux_packets_open(enum clinux_wire wire, int protocol, int interface, int buffer);

/// A UDP socket that receives what comes to `port` of any address of this host, with what `struct clinux_arrival` tells.
/// Not blocking, closed on exec. Returns it, or −1 with errno: EADDRINUSE where another program has the port.
int clinux_datagrams_open(enum clinux_wire wire, uint16_t port, int buffer);

/// A UDP socket that sends from `source` (4 or 16 octets; NULL for the kernel's choice) and `port`, as control traffic
/// (CS6), and receives nothing. Not blocking, closed on exec. Returns it, or −1 with errno: EADDRNOTAVAIL where this host
/// has no such address, EADDRINUSE where the port is taken.
int clinux_datagrams_open_sender(enum clinux_wire wire, const void *source, uint16_t port);

/// Sets the TTL or hop limit of what leaves, 1 to 255. Returns 0, or −1 with errno.
int clinux_datagrams_set_hop_limit(int descriptor, enum clinux_wire wire, int hop_limit);

/// Sends a datagram to an address (4 or 16 octets) and port, without waiting. Returns 0, or −1 with errno.
int clinux_datagrams_send(
    int descriptor, enum clinux_wire wire, const void *address, uint16_t port, const void *octets, size_t length);

/// Receives up to `count` packets, each into `size` octets of `room` one behind the other. Never waits. Returns how many, or −1 with errno.
int clinux_packets_receive(int descriptor, void *room, size_t size, unsigned int count, struct clinux_arrival *arrivals);

/// Joins (`joins` ≠ 0) or leaves a multicast group, 4 or 16 octets. Returns 0, or −1 with errno.
int clinux_packets_membership(int descriptor, enum clinux_wire wire, const void *group, int interface, int joins);

/// How many packets found no room in the receive buffer since the socket was opened, or −1 with errno.
int64_t clinux_packets_dropped(int descriptor);

/// What goes out: `length` octets from `offset`, an IP packet with its header or a frame with its.
struct clinux_departure {
    uint32_t offset;
    uint32_t length;
    /// The interface to send from; 0 to let the kernel route it.
    int32_t interface;
};

/// A socket that sends whole packets or frames, loops no multicast back, and receives nothing. Not blocking, closed on
/// exec. Returns it, or −1 with errno.
int clinux_packets_open_sender(enum clinux_wire wire, int buffer);

/// Sends up to `clinux_most_packets` in one call, without waiting. IP packets must have whole headers. Returns how many
/// went out, or −1 with errno if the first did not.
int clinux_packets_send(
    int descriptor, enum clinux_wire wire, const void *octets, const struct clinux_departure *departures,
    unsigned int count);

#endif
