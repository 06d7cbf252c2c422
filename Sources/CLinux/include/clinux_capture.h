#ifndef CLINUX_CAPTURE_H
#define CLINUX_CAPTURE_H

#include <stddef.h>
#include <stdint.h>

/// What the kernel says of a frame that a packet socket received.
struct clinux_frame {
    /// On the wire; what is in the room may be less.
    uint32_t length;
    /// Whether the kernel has taken a VLAN tag out of the frame: `tag_protocol` (0x8100, 0x88a8) and `tag`, 16 bits each.
    uint32_t has_tag;
    uint16_t tag_protocol;
    uint16_t tag;
    /// Whether this host sent it.
    uint32_t is_outgoing;
    /// When the kernel got it, by the calendar's clock.
    int64_t seconds;
    uint32_t nanoseconds;
};

/// A packet socket that receives, from one interface, what VRRP may be: IP protocol 112, 51 with 112 behind it, and what
/// goes to VRRP's groups. The kernel leaves out the rest. It hears all multicast, and if `promiscuous` is not 0 what is
/// for other hosts. Frames of Ethernet come with their header, those of other interfaces begin with the IP packet:
/// `*is_ethernet` says which. Not blocking, closed on exec. Returns it, or −1 with errno: EPERM without CAP_NET_RAW,
/// ENODEV where there is no such interface.
int clinux_capture_open(int interface, int promiscuous, int buffer, int *is_ethernet);

/// Receives the next frame without waiting. Returns how many octets of it are in the room, or −1 with errno: EAGAIN where
/// there is none, ENETDOWN once when the interface has gone down or away.
int64_t clinux_capture_receive(int descriptor, void *room, size_t size, struct clinux_frame *frame);

/// How many frames found no room in the receive buffer since the last call, or −1 with errno.
int64_t clinux_capture_dropped(int descriptor);

#endif
