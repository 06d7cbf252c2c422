// measure FILE COMMAND [ARGUMENT…]: runs a command and appends to FILE one line with what it took: wall-clock
// microseconds and the largest resident memory in KiB. Ends with the command's exit status.
//
// Small on purpose: a child counts as at least as large as the program that forked it.
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: measure FILE COMMAND [ARGUMENT...]\n");
        return 2;
    }
    long long start = microseconds();
    pid_t child = fork();
    if (child == 0) {
        execv(arguments[2], arguments + 2);
        perror(arguments[2]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("measure");
        return 125;
    }
    long long taken = microseconds() - start;
    FILE *results = fopen(arguments[1], "a");
    if (results == NULL || fprintf(results, "%lld %ld\n", taken, usage.ru_maxrss) < 0 || fclose(results) != 0) {
        perror(arguments[1]);
        return 125;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
