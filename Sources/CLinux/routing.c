#define _GNU_SOURCE
#include "clinux_routing.h"

#include <sched.h>

int clinux_enter_network(int descriptor) {
    return descriptor < 0 ? unshare(CLONE_NEWNET) : setns(descriptor, CLONE_NEWNET);
}
