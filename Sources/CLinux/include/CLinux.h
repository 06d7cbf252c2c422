// What Swift cannot import of Linux: GNU-only calls and function-like macros. The kernel's own headers come along.
#ifndef CLINUX_H
#define CLINUX_H

#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <linux/netlink.h>
#include <stddef.h>
#include <sys/signalfd.h>
#include <sys/types.h>

#include "clinux_capture.h"
#include "clinux_loop.h"
#include "clinux_guardian.h"
#include "clinux_inspection.h"
#include "clinux_lookup.h"
#include "clinux_packets.h"
#include "clinux_peers.h"
#include "clinux_processes.h"
#include "clinux_routing.h"
#include "clinux_terminal.h"

/// Room for several datagrams, prepared once and received into many times.
struct clinux_inbox;

/// Room for `count` datagrams (≤ 8) of `size` bytes each; NULL with errno where memory is short.
struct clinux_inbox *clinux_inbox_create(unsigned int count, size_t size);
void clinux_inbox_free(struct clinux_inbox *inbox);

/// Receives at least one datagram and as many as fit in one system call, waiting for the first only.
/// Returns how many, or −1 with errno: EMSGSIZE for a datagram that was longer than its room.
int clinux_inbox_receive(struct clinux_inbox *inbox, int descriptor);

/// The bytes of a datagram of the last call, and how many they are.
const void *clinux_inbox_datagram(const struct clinux_inbox *inbox, unsigned int index, size_t *length);

/// How many IPv4 services the kernel's IPVS has, or −1 with errno.
int clinux_ipvs_service_count(int descriptor);

/// Reads the IPv4 services of the kernel's IPVS, in its order, by getsockopt: `*services` becomes an array to be freed.
/// Returns how many, or −1 with errno.
int clinux_ipvs_services(int descriptor, struct ip_vs_service_entry **services);

/// Reads the IPv4 real servers of the service that `key` names, in the kernel's order, by getsockopt: at most `count`
/// into `*servers`, an array that is made or made larger as needed and is to be freed. Its length is `*room`.
/// Returns how many, or −1 with errno.
int clinux_ipvs_servers(
    int descriptor, const struct ip_vs_get_dests *key, unsigned int count, struct ip_vs_get_dests **servers,
    size_t *room);

/// One of the servers that `clinux_ipvs_servers` read.
const struct ip_vs_dest_entry *clinux_ipvs_server(const struct ip_vs_get_dests *servers, unsigned int index);

/// Drops the program's code from this process's memory; the kernel maps again what is called again.
void clinux_forget_code(void);

/// The terminal's size; returns 0, or −1 with errno where `descriptor` is no terminal.
int clinux_terminal_size(int descriptor, unsigned short *rows, unsigned short *columns);

/// Has this process run on these processors only; returns 0, or −1 with errno. Numbers that do not exist are left out.
int clinux_stay_on_processors(const int *numbers, size_t count);

#endif
