#ifndef CLINUX_GUARDIAN_H
#define CLINUX_GUARDIAN_H

#include <stdint.h>
#include <sys/types.h>

/// Starts this very program once more, also if its file has been replaced meanwhile, with the same arguments and the
/// blocked signals of the caller. Of the descriptors that are closed on exec, `count` at `kept` stay open for it, under
/// the same numbers. `variable` and `value` are added to its environment.
/// Returns 0 and the process, or an error number.
int clinux_start_again(
    char *const *arguments, const char *variable, const char *value, const int *kept, unsigned int count,
    pid_t *process);

/// The effective capabilities of this thread, a bit for each; 0, or −1 with errno.
int clinux_effective_capabilities(uint64_t *capabilities);

/// Gives up what is not in `capabilities`, and as root what programs would inherit. What a program gets that root starts
/// is not limited: a script of root's has root's rights. 0, or −1 with errno.
int clinux_limit_capabilities(uint64_t capabilities);

/// The bit of a capability.
uint64_t clinux_capability_net_admin(void);
uint64_t clinux_capability_net_raw(void);
/// What a daemon keeps: the two above, and what running scripts as other users, FIFOs, real-time priority and locked
/// memory take.
uint64_t clinux_capabilities_of_a_director(void);

/// Users and groups are from now on those of /etc/passwd and /etc/group. The libraries of other name services cannot be
/// relied on in a static executable: the one of systemd crashes there.
void clinux_use_local_accounts(void);

/// The name of this process in ps and top, at most 15 octets.
void clinux_name_process(const char *name);

/// Allows this process as many descriptors as the system lets it have.
void clinux_raise_descriptor_limit(void);

/// Gives back memory that is free, and the pages of the program's file that are in memory unchanged; what is used again
/// comes back by itself.
void clinux_give_back_memory(void);

/// Two ends of a connection that keeps messages apart and tells when the other end is gone; closed on exec, and not
/// blocking. As much as `room` octets may wait in either direction. 0, or −1 with errno.
int clinux_message_pair(int ends[2], int room);

#endif
