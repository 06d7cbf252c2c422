#define _GNU_SOURCE
#include "clinux_capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// Offsets are from the network header, wherever it is: behind an Ethernet header, a VLAN tag, or at the start.
#define OCTET(offset) BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)(SKF_NET_OFF + (offset)))
#define WORD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(SKF_NET_OFF + (offset)))
#define IF_EQUAL(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (then), (otherwise))

enum { whole = 1 << 18 };

static struct sock_filter vrrp[] = {
    /* 0 */ OCTET(0),
    /* 1 */ BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 4),
    /* 2 */ IF_EQUAL(4, 1, 0),
    /* 3 */ IF_EQUAL(6, 11, 18),
    // IPv4
    /* 4 */ OCTET(9),
    /* 5 */ IF_EQUAL(112, 17, 0),
    /* 6 */ IF_EQUAL(51, 0, 6),
    // An Authentication Header says what is behind it, and begins where the IP header ends.
    /* 7 */ OCTET(0),
    /* 8 */ BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xf),
    /* 9 */ BPF_STMT(BPF_ALU | BPF_LSH | BPF_K, 2),
    /* 10 */ BPF_STMT(BPF_MISC | BPF_TAX, 0),
    /* 11 */ BPF_STMT(BPF_LD | BPF_B | BPF_IND, (uint32_t)SKF_NET_OFF),
    /* 12 */ IF_EQUAL(112, 10, 9),
    /* 13 */ WORD(16),
    /* 14 */ IF_EQUAL(0xe0000012, 8, 7),
    // IPv6
    /* 15 */ OCTET(6),
    /* 16 */ IF_EQUAL(112, 6, 0),
    // Extension headers, behind which it may be, are rare.
    /* 17 */ IF_EQUAL(0, 5, 0),
    /* 18 */ IF_EQUAL(60, 4, 0),
    /* 19 */ IF_EQUAL(44, 3, 0),
    /* 20 */ WORD(36),
    /* 21 */ IF_EQUAL(0x12, 1, 0),
    /* 22 */ BPF_STMT(BPF_RET | BPF_K, 0),
    /* 23 */ BPF_STMT(BPF_RET | BPF_K, whole),
};

static int set(int descriptor, int level, int option, int value) {
    return setsockopt(descriptor, level, option, &value, sizeof value);
}

static int closing(int descriptor) {
    int code = errno;
    close(descriptor);
    errno = code;
    return -1;
}

/// Whether frames of the interface begin with an Ethernet header; −1 with errno where there is no such interface.
static int has_ethernet_header(int interface) {
    struct ifreq request = { 0 };
    if (if_indextoname((unsigned int)interface, request.ifr_name) == NULL) return errno = ENODEV, -1;
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    int result = ioctl(descriptor, SIOCGIFHWADDR, &request);
    if (result != 0) return closing(descriptor);
    close(descriptor);
    return request.ifr_hwaddr.sa_family == ARPHRD_ETHER || request.ifr_hwaddr.sa_family == ARPHRD_LOOPBACK;
}

static int hear(int descriptor, int interface, unsigned short what) {
    struct packet_mreq request = { .mr_ifindex = interface, .mr_type = what };
    return setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request, sizeof request);
}

int clinux_capture_open(int interface, int promiscuous, int buffer, int *is_ethernet) {
    int ethernet = has_ethernet_header(interface);
    if (ethernet < 0) return -1;
    *is_ethernet = ethernet;
    // Of protocol 0 it receives nothing before it is bound, and by then has its filter.
    int descriptor = socket(AF_PACKET, (ethernet ? SOCK_RAW : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, buffer) != 0) set(descriptor, SOL_SOCKET, SO_RCVBUF, buffer);
    struct sock_fprog program = { sizeof vrrp / sizeof vrrp[0], vrrp };
    struct sockaddr_ll place = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = interface,
    };
    int failed = setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program)
        || set(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, 1) || set(descriptor, SOL_PACKET, PACKET_AUXDATA, 1)
        || bind(descriptor, (struct sockaddr *)&place, sizeof place) || hear(descriptor, interface, PACKET_MR_ALLMULTI)
        || (promiscuous && hear(descriptor, interface, PACKET_MR_PROMISC));
    return failed ? closing(descriptor) : descriptor;
}

int64_t clinux_capture_receive(int descriptor, void *room, size_t size, struct clinux_frame *frame) {
    struct sockaddr_ll place;
    struct iovec vector = { room, size };
    _Alignas(struct cmsghdr) unsigned char control[128];
    struct msghdr header = {
        .msg_name = &place, .msg_namelen = sizeof place, .msg_iov = &vector, .msg_iovlen = 1,
        .msg_control = control, .msg_controllen = sizeof control,
    };
    ssize_t length;
    do {
        length = recvmsg(descriptor, &header, MSG_DONTWAIT | MSG_TRUNC);
    } while (length < 0 && errno == EINTR);
    if (length < 0) return -1;
    *frame = (struct clinux_frame){ .length = (uint32_t)length };
    if (header.msg_namelen >= sizeof place) frame->is_outgoing = place.sll_pkttype == PACKET_OUTGOING;
    for (struct cmsghdr *item = CMSG_FIRSTHDR(&header); item != NULL; item = CMSG_NXTHDR(&header, item)) {
        if (item->cmsg_level == SOL_PACKET && item->cmsg_type == PACKET_AUXDATA) {
            struct tpacket_auxdata data;
            memcpy(&data, CMSG_DATA(item), sizeof data);
            if ((data.tp_status & TP_STATUS_VLAN_VALID) != 0) {
                frame->has_tag = 1;
                frame->tag = data.tp_vlan_tci;
                frame->tag_protocol =
                    (data.tp_status & TP_STATUS_VLAN_TPID_VALID) != 0 ? data.tp_vlan_tpid : ETH_P_8021Q;
            }
        } else if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec time;
            memcpy(&time, CMSG_DATA(item), sizeof time);
            frame->seconds = time.tv_sec;
            frame->nanoseconds = (uint32_t)time.tv_nsec;
        }
    }
    return (size_t)length < size ? length : (int64_t)size;
}

int64_t clinux_capture_dropped(int descriptor) {
    struct tpacket_stats statistics;
    socklen_t length = sizeof statistics;
    if (getsockopt(descriptor, SOL_PACKET, PACKET_STATISTICS, &statistics, &length) != 0) return -1;
    return statistics.tp_drops;
}
