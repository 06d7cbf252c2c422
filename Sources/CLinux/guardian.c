#define _GNU_SOURCE
#include "clinux_guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <malloc.h>
#include <nss.h>
#include <sched.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"

int clinux_start_again(
    char *const *arguments, const char *variable, const char *value, const int *kept, unsigned int count,
    pid_t *process) {
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    // A descriptor that is copied to itself loses its mark to be closed.
    for (unsigned int i = 0; i < count && error == 0; i++)
        error = posix_spawn_file_actions_adddup2(&actions, kept[i], kept[i]);
    if (error == 0 && setenv(variable, value, 1) != 0) error = errno;
    if (error == 0) {
        error = posix_spawn(process, "/proc/self/exe", &actions, NULL, arguments, environ);
        unsetenv(variable);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int clinux_effective_capabilities(uint64_t *capabilities) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) != 0) return -1;
    *capabilities = data[0].effective | (uint64_t)data[1].effective << 32;
    return 0;
}

int clinux_limit_capabilities(uint64_t capabilities) {
    // The second process of root gets its rights from being root's, that of another user by inheritance.
    int is_root = geteuid() == 0;
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        uint32_t wanted = (uint32_t)(capabilities >> (32 * i));
        data[i].permitted &= wanted;
        data[i].effective = data[i].permitted;
        data[i].inheritable = is_root ? 0 : data[i].inheritable & wanted;
    }
    if (is_root) prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    return (int)syscall(SYS_capset, &header, data);
}

static uint64_t bit(int capability) { return (uint64_t)1 << capability; }

uint64_t clinux_capability_net_admin(void) { return bit(CAP_NET_ADMIN); }

uint64_t clinux_capability_net_raw(void) { return bit(CAP_NET_RAW); }

uint64_t clinux_capabilities_of_a_director(void) {
    return bit(CAP_NET_ADMIN) | bit(CAP_NET_RAW) | bit(CAP_SETUID) | bit(CAP_SETGID) | bit(CAP_KILL) |
           bit(CAP_DAC_OVERRIDE) | bit(CAP_CHOWN) | bit(CAP_SYS_NICE) | bit(CAP_IPC_LOCK) | bit(CAP_SYS_RESOURCE);
}

void clinux_use_local_accounts(void) {
    __nss_configure_lookup("passwd", "files");
    __nss_configure_lookup("group", "files");
    __nss_configure_lookup("initgroups", "files");
}

void clinux_name_process(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

void clinux_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

extern const char __executable_start[], edata[];

void clinux_give_back_memory(void) {
    malloc_trim(0);
    // Of what is mapped from the program's file, code and constants, all pages that are still as in the file. Those that
    // were written to are no pages of a file any more (bit 61 of their entry), and stay.
    const uint64_t present = (uint64_t)1 << 63, of_file = (uint64_t)1 << 61;
    const uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t end = (uintptr_t)edata & ~(size - 1);
    int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    if (map < 0) {
        clinux_forget_code();
        return;
    }
    uint64_t entries[128];
    uintptr_t page = (uintptr_t)__executable_start & ~(size - 1);
    while (page < end) {
        uintptr_t pages = (end - page) / size;
        if (pages > sizeof entries / sizeof *entries) pages = sizeof entries / sizeof *entries;
        ssize_t count = pread(map, entries, pages * sizeof *entries, (off_t)(page / size * sizeof *entries));
        if (count < (ssize_t)sizeof *entries) break;
        pages = (uintptr_t)count / sizeof *entries;
        for (uintptr_t i = 0, run = 0; i <= pages; i++) {
            if (i < pages && (entries[i] & present) && (entries[i] & of_file)) {
                run++;
            } else if (run > 0) {
                madvise((void *)(page + (i - run) * size), run * size, MADV_DONTNEED);
                run = 0;
            }
        }
        page += pages * size;
    }
    close(map);
}

int clinux_message_pair(int ends[2], int room) {
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        // The first needs a right that is there as a rule; the second does what is allowed to anybody.
        if (setsockopt(ends[i], SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room) != 0)
            setsockopt(ends[i], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    }
    return 0;
}
