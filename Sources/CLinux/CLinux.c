#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { most_datagrams = 8 };

struct clinux_inbox {
    unsigned int count;
    struct mmsghdr headers[most_datagrams];
    struct iovec vectors[most_datagrams];
    unsigned char *bytes;
};

struct clinux_inbox *clinux_inbox_create(unsigned int count, size_t size) {
    if (count > most_datagrams) count = most_datagrams;
    struct clinux_inbox *inbox = calloc(1, sizeof *inbox);
    if (inbox == NULL) return NULL;
    inbox->bytes = malloc(count * size);
    if (inbox->bytes == NULL) {
        free(inbox);
        return NULL;
    }
    inbox->count = count;
    for (unsigned int i = 0; i < count; i++) {
        inbox->vectors[i] = (struct iovec){ inbox->bytes + i * size, size };
        inbox->headers[i].msg_hdr.msg_iov = &inbox->vectors[i];
        inbox->headers[i].msg_hdr.msg_iovlen = 1;
    }
    return inbox;
}

void clinux_inbox_free(struct clinux_inbox *inbox) {
    if (inbox == NULL) return;
    free(inbox->bytes);
    free(inbox);
}

int clinux_inbox_receive(struct clinux_inbox *inbox, int descriptor) {
    int received;
    do {
        received = recvmmsg(descriptor, inbox->headers, inbox->count, MSG_WAITFORONE, NULL);
    } while (received < 0 && errno == EINTR);
    for (int i = 0; i < received; i++) {
        if (inbox->headers[i].msg_hdr.msg_flags & MSG_TRUNC) {
            errno = EMSGSIZE;
            return -1;
        }
    }
    return received;
}

const void *clinux_inbox_datagram(const struct clinux_inbox *inbox, unsigned int index, size_t *length) {
    *length = inbox->headers[index].msg_len;
    return inbox->vectors[index].iov_base;
}

int clinux_ipvs_service_count(int descriptor) {
    struct ip_vs_getinfo information;
    socklen_t length = sizeof information;
    if (getsockopt(descriptor, IPPROTO_IP, IP_VS_SO_GET_INFO, &information, &length) != 0) return -1;
    return (int)information.num_services;
}

int clinux_ipvs_services(int descriptor, struct ip_vs_service_entry **services) {
    int count = clinux_ipvs_service_count(descriptor);
    if (count < 0) return -1;
    size_t size = (size_t)count * sizeof(struct ip_vs_service_entry);
    struct ip_vs_get_services *answer = calloc(1, sizeof *answer + size);
    if (answer == NULL) return -1;
    answer->num_services = (unsigned int)count;
    socklen_t length = sizeof *answer + size;
    if (getsockopt(descriptor, IPPROTO_IP, IP_VS_SO_GET_SERVICES, answer, &length) != 0) {
        free(answer);
        return -1;
    }
    memmove(answer, answer->entrytable, size);
    *services = (struct ip_vs_service_entry *)answer;
    return count;
}

int clinux_ipvs_servers(
    int descriptor, const struct ip_vs_get_dests *key, unsigned int count, struct ip_vs_get_dests **servers,
    size_t *room) {
    size_t size = sizeof **servers + count * sizeof(struct ip_vs_dest_entry);
    if (size > *room) {
        struct ip_vs_get_dests *larger = realloc(*servers, size);
        if (larger == NULL) return -1;
        *servers = larger;
        *room = size;
    }
    memset(*servers, 0, size);
    **servers = *key;
    (*servers)->num_dests = count;
    socklen_t length = size;
    if (getsockopt(descriptor, IPPROTO_IP, IP_VS_SO_GET_DESTS, *servers, &length) != 0) return -1;

    // The kernel does not say how many it wrote; it never has a server at 0.0.0.0.
    unsigned int found = 0;
    while (found < count && (*servers)->entrytable[found].addr != 0) found++;
    return (int)found;
}

const struct ip_vs_dest_entry *clinux_ipvs_server(const struct ip_vs_get_dests *servers, unsigned int index) {
    return &servers->entrytable[index];
}

// Set by the linker: where the program's code begins and ends.
extern char __executable_start[], etext[];

void clinux_forget_code(void) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (uintptr_t)__executable_start & ~(page - 1);
    uintptr_t end = (uintptr_t)etext & ~(page - 1);
    // Code is mapped from the file and never written, so nothing can be lost.
    if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
}

int clinux_terminal_size(int descriptor, unsigned short *rows, unsigned short *columns) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 0;
}

int clinux_stay_on_processors(const int *numbers, size_t count) {
    cpu_set_t processors;
    CPU_ZERO(&processors);
    for (size_t index = 0; index < count; index++) {
        if (numbers[index] >= 0 && numbers[index] < CPU_SETSIZE) CPU_SET(numbers[index], &processors);
    }
    return sched_setaffinity(0, sizeof processors, &processors);
}
