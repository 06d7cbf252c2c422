#ifndef CLINUX_TERMINAL_H
#define CLINUX_TERMINAL_H

/// If this process crashes from now on, it writes `sequence` to `output` and gives the terminal `input` the modes that
/// it has now, before it dies as it would have. Returns 0, or −1 where that cannot be prepared.
int clinux_guard_terminal(int input, int output, const char *sequence);

/// Takes that back.
void clinux_release_terminal(void);

#endif
