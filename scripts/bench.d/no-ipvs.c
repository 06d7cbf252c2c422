// Preloaded, has a program that asks IPVS by socket options believe that everything it asks for is done: to measure
// what else it does on a kernel without IPVS.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/ip_vs.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static int is_of_ipvs(int level, int option) {
    return level == IPPROTO_IP && option >= IP_VS_BASE_CTL && option <= IP_VS_SO_GET_MAX + 16;
}

int setsockopt(int descriptor, int level, int option, const void *value, socklen_t length) {
    static int (*real)(int, int, int, const void *, socklen_t);
    if (is_of_ipvs(level, option)) return 0;
    if (!real) real = (int (*)(int, int, int, const void *, socklen_t))dlsym(RTLD_NEXT, "setsockopt");
    return real(descriptor, level, option, value, length);
}

int getsockopt(int descriptor, int level, int option, void *value, socklen_t *length) {
    static int (*real)(int, int, int, void *, socklen_t *);
    if (is_of_ipvs(level, option)) {
        memset(value, 0, *length);
        if (option == IP_VS_SO_GET_INFO) ((struct ip_vs_getinfo *)value)->version = 0x010201;
        return 0;
    }
    if (!real) real = (int (*)(int, int, int, void *, socklen_t *))dlsym(RTLD_NEXT, "getsockopt");
    return real(descriptor, level, option, value, length);
}
