// The Swift runtime finds the arguments of a Linux process by parsing /proc/self/maps before main, which costs a fifth
// of all that a short run of ipvsadm does. The C library hands them to constructors; defining the runtime's two
// functions for `CommandLine` here leaves its own out of the static executable.
#include "CArguments.h"

static char **arguments;
static int argument_count;

__attribute__((constructor)) static void remember(int count, char **vector) {
    argument_count = count;
    arguments = vector;
}

char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
    *count = argument_count;
    return arguments;
}

void _swift_stdlib_overrideUnsafeArgvArgc(char **vector, int count) {
    arguments = vector;
    argument_count = count;
}
