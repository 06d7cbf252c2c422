// director listen FILE: takes every TCP connection to port 80 of any address of this network namespace, closes it, and
//     writes when (CLOCK_MONOTONIC, nanoseconds) and to which address to FILE, 16 bytes each. Says "ready" first.
// director table COUNT SECONDS: waits until IPVS has that many real servers in all, prints when that was, and fails if
//     it takes longer. The kernel hands over a number for each service, so that asking costs the programs little.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/ip_vs.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct connection {
    int64_t at;
    uint32_t address, padding;
};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "director: ");
    perror(what);
    exit(1);
}

static volatile sig_atomic_t ends;

static void end(int signal) {
    (void)signal;
    ends = 1;
}

static int listen_at(const char *path) {
    FILE *file = fopen(path, "wb");
    if (!file) fail(path);
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = end}, NULL);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(80)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&any, sizeof any) || listen(listener, 4096)) fail("port 80");
    puts("ready");
    fflush(stdout);
    while (!ends) {
        int taken = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (taken < 0) continue;
        struct connection seen = {.at = now()};
        struct sockaddr_in here;
        socklen_t length = sizeof here;
        getsockname(taken, (struct sockaddr *)&here, &length);
        close(taken);
        seen.address = ntohl(here.sin_addr.s_addr);
        fwrite(&seen, sizeof seen, 1, file);
    }
    return fclose(file) ? 1 : 0;
}

static unsigned count(int kernel) {
    struct ip_vs_getinfo info;
    socklen_t length = sizeof info;
    if (getsockopt(kernel, IPPROTO_IP, IP_VS_SO_GET_INFO, &info, &length)) fail("IPVS");
    length = sizeof(struct ip_vs_get_services) + info.num_services * sizeof(struct ip_vs_service_entry);
    struct ip_vs_get_services *services = calloc(1, length);
    if (!services) fail("memory");
    services->num_services = info.num_services;
    unsigned total = 0;
    // It fails if a service was added in between: then the table is not full yet.
    if (!getsockopt(kernel, IPPROTO_IP, IP_VS_SO_GET_SERVICES, services, &length))
        for (unsigned i = 0; i < services->num_services; i++) total += services->entrytable[i].num_dests;
    free(services);
    return total;
}

static int wait_for_table(unsigned wanted, double seconds) {
    int kernel = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    if (kernel < 0) fail("socket");
    for (int64_t limit = now() + (int64_t)(seconds * 1e9); now() < limit; usleep(2000))
        if (count(kernel) >= wanted) {
            printf("%lld\n", (long long)now());
            return 0;
        }
    fprintf(stderr, "director: %u of %u real servers after %g s\n", count(kernel), wanted, seconds);
    return 1;
}

int main(int count, char **words) {
    if (count == 3 && !strcmp(words[1], "listen")) return listen_at(words[2]);
    if (count == 4 && !strcmp(words[1], "table")) return wait_for_table((unsigned)atoi(words[2]), atof(words[3]));
    fprintf(stderr, "usage: director listen FILE | director table COUNT SECONDS\n");
    return 2;
}
