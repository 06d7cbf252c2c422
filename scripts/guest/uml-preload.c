// User-Mode Linux 6.1 hands ptrace an extended-state buffer of 2,696 bytes. On a processor with larger
// state (AMX: 11,008 bytes) the host kernel refuses to write back anything but a whole buffer, and the
// guest dies before its first instruction ("ptrace set fp regs failed, errno = 14").
// Preloaded into linux.uml, this completes such a short buffer with the initial state of the rest,
// which the guest's programs never see and never use.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

#ifndef NT_X86_XSTATE
#define NT_X86_XSTATE 0x202
#endif

typedef long (*ptrace_function)(int, pid_t, void *, void *);

enum {
    largest_state = 65536,
    xstate_bv_offset = 512,           // Intel SDM vol. 1, 13.4.2: the XSAVE header follows the legacy area
};
static const uint64_t tile_features = (UINT64_C(1) << 17) | (UINT64_C(1) << 18);

long ptrace(enum __ptrace_request request, ...) {
    static ptrace_function next;
    static unsigned char whole[largest_state] __attribute__((aligned(64)));
    static size_t whole_size;

    va_list arguments;
    va_start(arguments, request);
    pid_t pid = va_arg(arguments, pid_t);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);

    if (next == NULL) next = (ptrace_function)dlsym(RTLD_NEXT, "ptrace");

    if (request != PTRACE_SETREGSET || (uintptr_t)address != NT_X86_XSTATE)
        return next((int)request, pid, address, data);

    const struct iovec *given = data;
    if (whole_size == 0) {
        struct iovec probe = { whole, sizeof whole };
        if (next(PTRACE_GETREGSET, pid, address, &probe) != 0) return -1;
        whole_size = probe.iov_len;
        memset(whole, 0, sizeof whole);
    }
    if (given->iov_len >= whole_size) return next((int)request, pid, address, data);

    memcpy(whole, given->iov_base, given->iov_len);
    uint64_t present;
    memcpy(&present, whole + xstate_bv_offset, sizeof present);
    present &= ~tile_features;
    memcpy(whole + xstate_bv_offset, &present, sizeof present);
    struct iovec complete = { whole, whole_size };
    return next((int)request, pid, address, &complete);
}
