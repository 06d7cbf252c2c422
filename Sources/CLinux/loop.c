#define _GNU_SOURCE
#include "clinux_loop.h"

#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int clinux_epoll_wait(int descriptor, struct epoll_event *events, int count, int64_t nanoseconds) {
    struct timespec limit = { nanoseconds / 1000000000, nanoseconds % 1000000000 };
    struct timespec *timeout = nanoseconds < 0 ? NULL : &limit;
    int ready;
    do {
        ready = epoll_pwait2(descriptor, events, count, timeout, NULL);
    } while (ready < 0 && errno == EINTR && nanoseconds == 0);
    if (ready >= 0 || errno != ENOSYS) return ready;
    // Before Linux 5.11: an epoll descriptor is readable when it has events.
    struct pollfd poll = { .fd = descriptor, .events = POLLIN };
    ready = ppoll(&poll, 1, timeout, NULL);
    return ready <= 0 ? ready : epoll_wait(descriptor, events, count, 0);
}

int clinux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

enum clinux_end clinux_reap(int pidfd, int *value) {
    siginfo_t information = { 0 };
    int result;
    do {
        result = waitid(P_PIDFD, (id_t)pidfd, &information, WEXITED | WNOHANG);
    } while (result != 0 && errno == EINTR);
    if (result != 0) return clinux_end_unknown;
    if (information.si_pid == 0) return clinux_end_none;
    *value = information.si_status;
    return information.si_code == CLD_EXITED ? clinux_end_exit : clinux_end_signal;
}

int clinux_signal_descriptor(const int *signals, int count, sigset_t *before) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; i++) {
        if (sigaddset(&set, signals[i]) != 0) return -1;
    }
    int descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (descriptor < 0) return -1;
    int code = pthread_sigmask(SIG_BLOCK, &set, before);
    if (code == 0) return descriptor;
    close(descriptor);
    errno = code;
    return -1;
}
