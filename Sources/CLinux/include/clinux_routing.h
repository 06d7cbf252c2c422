// The kernel's numbers for interfaces, addresses, routes, rules and packet filters.
#ifndef CLINUX_ROUTING_H
#define CLINUX_ROUTING_H

#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/ila.h>
#include <linux/lwtunnel.h>
#include <linux/mpls_iptunnel.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

/// SO_NETNS_COOKIE, which the C library's headers may be too old for.
enum { clinux_socket_network_cookie = 71 };

/// Moves the calling thread into the network namespace of a descriptor, or into a new one for −1.
/// Returns 0, or −1 with errno.
int clinux_enter_network(int descriptor);

#endif
