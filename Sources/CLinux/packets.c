#define _GNU_SOURCE
#include "clinux_packets.h"

#include <endian.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef IPV6_MULTICAST_ALL
#define IPV6_MULTICAST_ALL 29
#endif
#ifndef IPV6_FREEBIND
#define IPV6_FREEBIND 78
#endif
#ifndef SO_BINDTOIFINDEX
#define SO_BINDTOIFINDEX 62
#endif

enum { ipv4_header = 20, ipv6_header = 40, control_room = CMSG_SPACE(64) };

static int set(int descriptor, int level, int option, int value) {
    return setsockopt(descriptor, level, option, &value, sizeof value);
}

static int closing(int descriptor) {
    int code = errno;
    close(descriptor);
    errno = code;
    return -1;
}

// MARK: Receiving

int clinux_packets_open(enum clinux_wire wire, int protocol, int interface, int buffer) {
    int is_ipv6 = wire == clinux_wire_ipv6;
    int descriptor = socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) return -1;
    // The kernel may refuse to go past its limit where the process is root in a user namespace only.
    if (set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, buffer) != 0) set(descriptor, SOL_SOCKET, SO_RCVBUF, buffer);
    if (interface != 0 && set(descriptor, SOL_SOCKET, SO_BINDTOIFINDEX, interface) != 0) return closing(descriptor);
    int failed = is_ipv6
        ? set(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) | set(descriptor, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1)
            | set(descriptor, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0)
        : set(descriptor, IPPROTO_IP, IP_PKTINFO, 1) | set(descriptor, IPPROTO_IP, IP_MULTICAST_ALL, 0);
    return failed ? closing(descriptor) : descriptor;
}

static void read_control(struct msghdr *header, struct clinux_arrival *arrival) {
    for (struct cmsghdr *item = CMSG_FIRSTHDR(header); item != NULL; item = CMSG_NXTHDR(header, item)) {
        if (item->cmsg_level == IPPROTO_IP && item->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo information;
            memcpy(&information, CMSG_DATA(item), sizeof information);
            arrival->interface = information.ipi_ifindex;
            arrival->destination[1] = ntohl(information.ipi_addr.s_addr);
        } else if (item->cmsg_level == IPPROTO_IP && item->cmsg_type == IP_TTL) {
            int limit;
            memcpy(&limit, CMSG_DATA(item), sizeof limit);
            arrival->hop_limit = limit;
        } else if (item->cmsg_level == IPPROTO_IPV6 && item->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo information;
            memcpy(&information, CMSG_DATA(item), sizeof information);
            arrival->interface = (int32_t)information.ipi6_ifindex;
            memcpy(arrival->destination, &information.ipi6_addr, sizeof arrival->destination);
            for (int i = 0; i < 2; i++) arrival->destination[i] = be64toh(arrival->destination[i]);
        } else if (item->cmsg_level == IPPROTO_IPV6 && item->cmsg_type == IPV6_HOPLIMIT) {
            int limit;
            memcpy(&limit, CMSG_DATA(item), sizeof limit);
            arrival->hop_limit = limit;
        }
    }
}

int clinux_packets_receive(int descriptor, void *room, size_t size, unsigned int count, struct clinux_arrival *arrivals) {
    struct mmsghdr headers[clinux_most_packets];
    struct iovec vectors[clinux_most_packets];
    struct sockaddr_in6 senders[clinux_most_packets];
    _Alignas(struct cmsghdr) unsigned char controls[clinux_most_packets][control_room];
    if (count > clinux_most_packets) count = clinux_most_packets;
    for (unsigned int i = 0; i < count; i++) {
        vectors[i] = (struct iovec){ (unsigned char *)room + i * size, size };
        headers[i].msg_hdr = (struct msghdr){
            .msg_name = &senders[i], .msg_namelen = sizeof senders[i], .msg_iov = &vectors[i], .msg_iovlen = 1,
            .msg_control = controls[i], .msg_controllen = control_room,
        };
    }
    int received;
    do {
        received = recvmmsg(descriptor, headers, count, MSG_DONTWAIT, NULL);
    } while (received < 0 && errno == EINTR);
    for (int i = 0; i < received; i++) {
        struct msghdr *header = &headers[i].msg_hdr;
        arrivals[i] = (struct clinux_arrival){
            .length = headers[i].msg_len, .is_cut = (header->msg_flags & MSG_TRUNC) != 0,
        };
        if (header->msg_namelen >= sizeof senders[i] && senders[i].sin6_family == AF_INET6) {
            memcpy(arrivals[i].source, &senders[i].sin6_addr, sizeof arrivals[i].source);
            for (int half = 0; half < 2; half++) arrivals[i].source[half] = be64toh(arrivals[i].source[half]);
        } else if (header->msg_namelen >= sizeof(struct sockaddr_in) && senders[i].sin6_family == AF_INET) {
            struct sockaddr_in sender;
            memcpy(&sender, &senders[i], sizeof sender);
            arrivals[i].source[1] = ntohl(sender.sin_addr.s_addr);
        }
        read_control(header, &arrivals[i]);
    }
    return received;
}

int clinux_packets_membership(int descriptor, enum clinux_wire wire, const void *group, int interface, int joins) {
    if (wire == clinux_wire_ipv6) {
        struct ipv6_mreq request = { .ipv6mr_interface = (unsigned int)interface };
        memcpy(&request.ipv6mr_multiaddr, group, sizeof request.ipv6mr_multiaddr);
        int option = joins ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP;
        return setsockopt(descriptor, IPPROTO_IPV6, option, &request, sizeof request);
    }
    struct ip_mreqn request = { .imr_ifindex = interface };
    memcpy(&request.imr_multiaddr, group, sizeof request.imr_multiaddr);
    int option = joins ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP;
    return setsockopt(descriptor, IPPROTO_IP, option, &request, sizeof request);
}

int64_t clinux_packets_dropped(int descriptor) {
    uint32_t information[SK_MEMINFO_VARS] = { 0 };
    socklen_t length = sizeof information;
    if (getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, information, &length) != 0) return -1;
    return information[SK_MEMINFO_DROPS];
}

// MARK: Sending

static const int families[] = { AF_INET, AF_INET6, AF_PACKET };

int clinux_packets_open_sender(enum clinux_wire wire, int buffer) {
    // Packet sockets of protocol 0 receive nothing. IPPROTO_RAW means that packets come with their headers.
    int protocol = wire == clinux_wire_frame ? 0 : IPPROTO_RAW;
    int descriptor = socket(families[wire], SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) return -1;
    if (set(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, buffer) != 0) set(descriptor, SOL_SOCKET, SO_SNDBUF, buffer);
    // TC_PRIO_CONTROL: first through a queue that knows priorities, as routing protocols are.
    set(descriptor, SOL_SOCKET, SO_PRIORITY, 7);
    int failed = 0;
    if (wire == clinux_wire_ipv4) failed = set(descriptor, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    if (wire == clinux_wire_ipv6) {
        // The address to send from may have been put there a moment ago: what DAD thinks of it does not matter.
        failed = set(descriptor, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0) | set(descriptor, IPPROTO_IPV6, IPV6_FREEBIND, 1);
    }
    if (wire != clinux_wire_frame) {
        struct sock_filter none[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
        struct sock_fprog program = { 1, none };
        failed |= setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
    }
    return failed ? closing(descriptor) : descriptor;
}

union destination {
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
    struct sockaddr_ll frame;
};

/// Says where a packet goes, and by control message from which interface and address.
static void address(
    struct msghdr *header, enum clinux_wire wire, const unsigned char *octets, const struct clinux_departure *departure,
    union destination *destination, unsigned char *control) {
    memset(destination, 0, sizeof *destination);
    memset(control, 0, control_room);
    header->msg_name = destination;
    if (wire == clinux_wire_frame) {
        destination->frame.sll_family = AF_PACKET;
        destination->frame.sll_ifindex = departure->interface;
        destination->frame.sll_halen = 6;
        memcpy(destination->frame.sll_addr, octets, 6);
        memcpy(&destination->frame.sll_protocol, octets + 12, 2);
        header->msg_namelen = sizeof destination->frame;
        return;
    }
    struct cmsghdr *item = (struct cmsghdr *)control;
    header->msg_control = control;
    if (wire == clinux_wire_ipv6) {
        destination->ipv6.sin6_family = AF_INET6;
        memcpy(&destination->ipv6.sin6_addr, octets + 24, 16);
        header->msg_namelen = sizeof destination->ipv6;
        struct in6_pktinfo information = { .ipi6_ifindex = (unsigned int)departure->interface };
        memcpy(&information.ipi6_addr, octets + 8, 16);
        item->cmsg_level = IPPROTO_IPV6;
        item->cmsg_type = IPV6_PKTINFO;
        item->cmsg_len = CMSG_LEN(sizeof information);
        memcpy(CMSG_DATA(item), &information, sizeof information);
        header->msg_controllen = CMSG_SPACE(sizeof information);
    } else {
        destination->ipv4.sin_family = AF_INET;
        memcpy(&destination->ipv4.sin_addr, octets + 16, 4);
        header->msg_namelen = sizeof destination->ipv4;
        struct in_pktinfo information = { .ipi_ifindex = departure->interface };
        memcpy(&information.ipi_spec_dst, octets + 12, 4);
        item->cmsg_level = IPPROTO_IP;
        item->cmsg_type = IP_PKTINFO;
        item->cmsg_len = CMSG_LEN(sizeof information);
        memcpy(CMSG_DATA(item), &information, sizeof information);
        header->msg_controllen = CMSG_SPACE(sizeof information);
    }
}

int clinux_packets_send(
    int descriptor, enum clinux_wire wire, const void *octets, const struct clinux_departure *departures,
    unsigned int count) {
    struct mmsghdr headers[clinux_most_packets];
    struct iovec vectors[clinux_most_packets];
    union destination destinations[clinux_most_packets];
    _Alignas(struct cmsghdr) unsigned char controls[clinux_most_packets][control_room];
    if (count > clinux_most_packets) count = clinux_most_packets;
    for (unsigned int i = 0; i < count; i++) {
        unsigned char *packet = (unsigned char *)octets + departures[i].offset;
        vectors[i] = (struct iovec){ packet, departures[i].length };
        headers[i] = (struct mmsghdr){ .msg_hdr = { .msg_iov = &vectors[i], .msg_iovlen = 1 } };
        address(&headers[i].msg_hdr, wire, packet, &departures[i], &destinations[i], controls[i]);
    }
    int sent;
    do {
        sent = sendmmsg(descriptor, headers, count, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent;
}

// MARK: Datagrams

union end {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
};

/// An address and port as a socket call takes them; returns their size.
static socklen_t end_of(union end *end, enum clinux_wire wire, const void *address, uint16_t port) {
    memset(end, 0, sizeof *end);
    if (wire == clinux_wire_ipv6) {
        end->ipv6.sin6_family = AF_INET6;
        end->ipv6.sin6_port = htons(port);
        if (address != NULL) memcpy(&end->ipv6.sin6_addr, address, 16);
        return sizeof end->ipv6;
    }
    end->ipv4.sin_family = AF_INET;
    end->ipv4.sin_port = htons(port);
    if (address != NULL) memcpy(&end->ipv4.sin_addr, address, 4);
    return sizeof end->ipv4;
}

static int open_bound(enum clinux_wire wire, const void *address, uint16_t port) {
    int descriptor = socket(families[wire], SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);
    if (descriptor < 0) return -1;
    // The families have sockets of their own.
    if (wire == clinux_wire_ipv6 && set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 1) != 0) return closing(descriptor);
    union end end;
    socklen_t size = end_of(&end, wire, address, port);
    return bind(descriptor, &end.any, size) == 0 ? descriptor : closing(descriptor);
}

int clinux_datagrams_open(enum clinux_wire wire, uint16_t port, int buffer) {
    int descriptor = open_bound(wire, NULL, port);
    if (descriptor < 0) return -1;
    if (set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, buffer) != 0) set(descriptor, SOL_SOCKET, SO_RCVBUF, buffer);
    int failed = wire == clinux_wire_ipv6
        ? set(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) | set(descriptor, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1)
        : set(descriptor, IPPROTO_IP, IP_PKTINFO, 1) | set(descriptor, IPPROTO_IP, IP_RECVTTL, 1);
    return failed ? closing(descriptor) : descriptor;
}

int clinux_datagrams_open_sender(enum clinux_wire wire, const void *source, uint16_t port) {
    int descriptor = open_bound(wire, source, port);
    if (descriptor < 0) return -1;
    enum { control_traffic = 0xc0 };
    if (wire == clinux_wire_ipv6) set(descriptor, IPPROTO_IPV6, IPV6_TCLASS, control_traffic);
    else set(descriptor, IPPROTO_IP, IP_TOS, control_traffic);
    set(descriptor, SOL_SOCKET, SO_PRIORITY, 7);
    struct sock_filter none[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
    struct sock_fprog program = { 1, none };
    int failed = setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
    return failed ? closing(descriptor) : descriptor;
}

int clinux_datagrams_set_hop_limit(int descriptor, enum clinux_wire wire, int hop_limit) {
    return wire == clinux_wire_ipv6 ? set(descriptor, IPPROTO_IPV6, IPV6_UNICAST_HOPS, hop_limit)
                                    : set(descriptor, IPPROTO_IP, IP_TTL, hop_limit);
}

int clinux_datagrams_send(
    int descriptor, enum clinux_wire wire, const void *address, uint16_t port, const void *octets, size_t length) {
    union end end;
    socklen_t size = end_of(&end, wire, address, port);
    ssize_t sent;
    do {
        sent = sendto(descriptor, octets, length, MSG_DONTWAIT | MSG_NOSIGNAL, &end.any, size);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -1 : 0;
}
