// What the doctor asks the kernel and Swift cannot.
#ifndef CLINUX_INSPECTION_H
#define CLINUX_INSPECTION_H

/// Makes a pipe whose ends close when another program is run. Returns 0, or −1 with errno.
int clinux_pipe(int ends[2]);

/// A packet socket for ARP on the interface with that index, as Ethernet frames. Not blocking, closed on exec; `room` is
/// its receive buffer in octets. Returns it, or −1 with errno: EPERM without CAP_NET_RAW.
int clinux_arp_open(int interface, int room);

/// Whether something keeps this host's clock right (adjtimex): 1 or 0, or −1 with errno.
int clinux_clock_is_synchronised(void);

#endif
