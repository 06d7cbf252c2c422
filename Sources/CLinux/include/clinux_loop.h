#ifndef CLINUX_LOOP_H
#define CLINUX_LOOP_H

#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/types.h>

/// Waits for events, at most `nanoseconds` (0: not at all; negative: as long as it takes), without rounding up to
/// milliseconds. Returns how many there are, or −1 with errno.
int clinux_epoll_wait(int descriptor, struct epoll_event *events, int count, int64_t nanoseconds);

/// A descriptor that becomes readable when the process ends, closed on exec; −1 with errno.
int clinux_pidfd_open(pid_t pid);

enum clinux_end { clinux_end_none, clinux_end_exit, clinux_end_signal, clinux_end_unknown };

/// Collects the process behind a pidfd if it has ended: `*value` becomes its exit status or the signal that killed it.
/// `clinux_end_none` while it runs, `clinux_end_unknown` where it is no child of this process.
enum clinux_end clinux_reap(int pidfd, int *value);

/// Replaces the calling thread's blocked signals by those and the ones in `signals`; `*before` becomes the set as it was.
/// Returns a descriptor from which they are read, or −1 with errno.
int clinux_signal_descriptor(const int *signals, int count, sigset_t *before);

#endif
