#ifndef CLINUX_PEERS_H
#define CLINUX_PEERS_H

#include <sys/types.h>

/// Who connected to this end of a local socket, as the kernel knew them at that moment. 0, or −1 with errno.
int clinux_peer(int descriptor, pid_t *process, uid_t *user, gid_t *group);

/// Whether `group` is among the supplementary groups of who connected. 1, 0, or −1 with errno: ENOPROTOOPT before
/// Linux 4.13.
int clinux_peer_is_in_group(int descriptor, gid_t group);

#endif
