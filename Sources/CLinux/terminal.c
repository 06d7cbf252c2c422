#include "clinux_terminal.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// A crash must not leave a terminal without echo behind: what gives it back is prepared before, because a handler may
// call nothing but what POSIX has as async-signal-safe; tcsetattr and write are.

static struct termios modes;
static int modes_descriptor = -1;
static int screen_descriptor = -1;
static char leaving[64];
static size_t leaving_length;
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
static struct sigaction before[sizeof crashes / sizeof crashes[0]];

static void give_back(int number) {
    if (screen_descriptor >= 0) {
        ssize_t written = write(screen_descriptor, leaving, leaving_length);
        (void)written;
        tcsetattr(modes_descriptor, TCSANOW, &modes);
        screen_descriptor = -1;
    }
    // And now as if nobody had caught it.
    for (size_t index = 0; index < sizeof crashes / sizeof crashes[0]; index++) {
        if (crashes[index] == number) sigaction(number, &before[index], NULL);
    }
    raise(number);
}

int clinux_guard_terminal(int input, int output, const char *sequence) {
    size_t length = strlen(sequence);
    if (length > sizeof leaving || tcgetattr(input, &modes) != 0) return -1;
    memcpy(leaving, sequence, length);
    leaving_length = length;
    modes_descriptor = input;
    int is_first = screen_descriptor < 0;
    screen_descriptor = output;
    if (!is_first) return 0;
    struct sigaction action = {.sa_handler = give_back, .sa_flags = SA_NODEFER};
    sigemptyset(&action.sa_mask);
    for (size_t index = 0; index < sizeof crashes / sizeof crashes[0]; index++) {
        sigaction(crashes[index], &action, &before[index]);
    }
    return 0;
}

void clinux_release_terminal(void) {
    if (screen_descriptor < 0) return;
    screen_descriptor = -1;
    for (size_t index = 0; index < sizeof crashes / sizeof crashes[0]; index++) {
        sigaction(crashes[index], &before[index], NULL);
    }
}
