#define _GNU_SOURCE
#include "clinux_peers.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

int clinux_peer(int descriptor, pid_t *process, uid_t *user, gid_t *group) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return -1;
    *process = peer.pid;
    *user = peer.uid;
    *group = peer.gid;
    return 0;
}

int clinux_peer_is_in_group(int descriptor, gid_t group) {
    gid_t few[64], *groups = few;
    socklen_t length = sizeof few;
    int result = getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &length);
    if (result != 0 && errno == ERANGE) {
        // The kernel has said how much room they take; the groups of a connection do not change.
        groups = malloc(length);
        if (groups == NULL) return -1;
        result = getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &length);
    }
    int found = result;
    if (result == 0) {
        for (size_t index = 0; index < length / sizeof *groups; index++) {
            if (groups[index] == group) found = 1;
        }
    }
    if (groups != few) free(groups);
    return found;
}
