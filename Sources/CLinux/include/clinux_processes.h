#ifndef CLINUX_PROCESSES_H
#define CLINUX_PROCESSES_H

#include <stddef.h>
#include <sys/types.h>

/// A program to be started in a process group of its own.
struct clinux_program {
    const char *path;
    /// With the program's own name first and NULL last.
    char *const *arguments;
    char *const *environment;
    /// What its standard output and standard error become; its standard input is /dev/null.
    int output;
    /// Whether it runs as another user than this process.
    int changes_user;
    uid_t user;
    gid_t group;
    /// All of its groups, if it runs as another user.
    const gid_t *groups;
    size_t group_count;
    mode_t creation_mask;
};

/// What the child could not do.
enum clinux_step {
    clinux_step_none,
    clinux_step_line,
    clinux_step_input,
    clinux_step_output,
    clinux_step_groups,
    clinux_step_group,
    clinux_step_user,
    clinux_step_run,
};

/// The descriptor by which a program hangs on the daemon: when the daemon dies it gets SIGTERM.
enum { clinux_line = 250 };

/// What a child says if it cannot become the program.
struct clinux_start_failure {
    enum clinux_step step;
    int code;
};

/// Starts a program: its signals are as after boot, its descriptors are closed but the first three and `clinux_line`, its
/// scheduling is the usual one, and it gets SIGTERM when this process dies.
///
/// Returns its process ID, or −1 with errno. `*line` becomes a descriptor that does not block and is to be closed when
/// the process has ended: then one `struct clinux_start_failure` can be read from it if the program could not be run.
pid_t clinux_start(const struct clinux_program *program, int *line);

/// Makes a pipe for a program's output: `ends[0]` does not block and is for this process, `ends[1]` is for the program.
/// Both close when another program is run. Returns 0, or −1 with errno.
int clinux_output_pipe(int ends[2]);

/// Gives a pipe as much room as anybody may, a mebibyte by default; it takes memory only as it is used. Returns its size.
int clinux_enlarge_pipe(int descriptor);

/// What the kernel tells about a process.
enum clinux_process_change {
    /// The kernel has answered: it will tell.
    clinux_process_listening,
    /// It will not; the code is in `parent`.
    clinux_process_refused,
    clinux_process_forked,
    clinux_process_executed,
    clinux_process_renamed,
    clinux_process_ended,
    /// Something else, and threads.
    clinux_process_other,
};

struct clinux_process_event {
    enum clinux_process_change change;
    pid_t process;
    /// Of a process that was forked, the one that it came from.
    pid_t parent;
};

/// Asks the kernel to tell of every process that is forked, executed, renamed or ends (proc connector).
///
/// Returns a descriptor that does not block, or −1 with errno: ECONNREFUSED in a network namespace other than the
/// first, EPERM without rights. `buffer` is the socket's receive buffer in octets, 0 for the kernel's own size.
int clinux_process_events(int buffer, int forced);

/// Reads events. Returns how many, at most `count`; 0 if there are none now; −1 with errno: ENOBUFS where some were lost.
int clinux_process_events_read(int descriptor, struct clinux_process_event *events, int count);

#endif
