#define _GNU_SOURCE
#include "clinux_processes.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// MARK: Starting programs

static void fail(int descriptor, enum clinux_step step) {
    struct clinux_start_failure failure = { .step = step, .code = errno };
    while (write(descriptor, &failure, sizeof failure) < 0 && errno == EINTR) continue;
    _exit(127);
}

static void close_all_but(int kept) {
    if (syscall(SYS_close_range, 3U, (unsigned int)kept - 1, 0U) == 0
        && syscall(SYS_close_range, (unsigned int)kept + 1, ~0U, 0U) == 0) {
        return;
    }
    // Before Linux 5.9.
    struct rlimit limit;
    int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? (int)limit.rlim_cur : 65536;
    for (int descriptor = 3; descriptor < end; descriptor++) {
        if (descriptor != kept) close(descriptor);
    }
}

/// Has the kernel send SIGTERM to this process when the daemon's end of the line is closed, which is when it dies.
///
/// PR_SET_PDEATHSIG would do that, but the kernel takes it back where a program gets capabilities that this process has
/// not; and a script that root runs gets back what the daemon has given up.
static void hold(int line) {
    fcntl(line, F_SETSIG, SIGTERM);
    fcntl(line, F_SETOWN, getpid());
    fcntl(line, F_SETFL, O_ASYNC | O_NONBLOCK);
}

static void reset_signals(void) {
    struct sigaction action = { .sa_handler = SIG_DFL };
    for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/// What the daemon may have raised for itself.
static void reset_scheduling(void) {
    struct sched_param usual = { .sched_priority = 0 };
    int policy = sched_getscheduler(0);
    if (policy == SCHED_FIFO || policy == SCHED_RR) sched_setscheduler(0, SCHED_OTHER, &usual);
    if (getpriority(PRIO_PROCESS, 0) < 0) setpriority(PRIO_PROCESS, 0, 0);
    struct rlimit limit;
    // A program that uses select must not get larger descriptors.
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur > 1024) {
        limit.rlim_cur = 1024;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void become(const struct clinux_program *program, pid_t daemon, int line) {
    setpgid(0, 0);
    int output = fcntl(program->output, F_DUPFD, clinux_line + 1);
    // From here on the line has a number that no script is likely to use.
    if (line != clinux_line) {
        if (dup2(line, clinux_line) < 0) fail(line, clinux_step_line);
        line = clinux_line;
    } else {
        fcntl(line, F_SETFD, 0);
    }
    int input = open("/dev/null", O_RDONLY);
    if (input < 0 || dup2(input, STDIN_FILENO) < 0) fail(line, clinux_step_input);
    if (dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0) fail(line, clinux_step_output);
    close_all_but(line);
    reset_scheduling();
    umask(program->creation_mask);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (program->changes_user) {
        if (setgroups(program->group_count, program->groups) != 0) fail(line, clinux_step_groups);
        if (setresgid(program->group, program->group, program->group) != 0) fail(line, clinux_step_group);
        if (setresuid(program->user, program->user, program->user) != 0) fail(line, clinux_step_user);
    }
    // The kernel remembers as whom the signal was asked for.
    hold(line);
    if (getppid() != daemon) _exit(127);
    // Last, since a signal that waits would end it here.
    reset_signals();
    execve(program->path, program->arguments, program->environment);
    fail(line, clinux_step_run);
}

pid_t clinux_start(const struct clinux_program *program, int *line) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return -1;
    pid_t daemon = getpid();
    // No handler of this process may run in the child.
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child == 0) become(program, daemon, ends[1]);
    int code = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        errno = code;
        return -1;
    }
    // Here too, so that the group is there whichever of the two is faster.
    setpgid(child, child);
    *line = ends[0];
    return child;
}

int clinux_output_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    // Only this end: the program's must wait for its reader like that of any other pipe.
    return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

int clinux_enlarge_pipe(int descriptor) {
    for (int size = 1 << 20; size > 1 << 16; size /= 2) {
        if (fcntl(descriptor, F_SETPIPE_SZ, size) >= 0) break;
    }
    return fcntl(descriptor, F_GETPIPE_SZ);
}

// MARK: Events of processes

int clinux_process_events(int buffer, int forced) {
    int descriptor = socket(PF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR);
    if (descriptor < 0) return -1;
    if (buffer > 0) {
        setsockopt(descriptor, SOL_SOCKET, forced ? SO_RCVBUFFORCE : SO_RCVBUF, &buffer, sizeof buffer);
    }
    struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC };
    struct nlmsghdr header = { .nlmsg_type = NLMSG_DONE };
    struct cn_msg message = { .id = { .idx = CN_IDX_PROC, .val = CN_VAL_PROC } };
    enum proc_cn_mcast_op operation = PROC_CN_MCAST_LISTEN;
    message.len = sizeof operation;
    header.nlmsg_len = NLMSG_LENGTH(sizeof message + sizeof operation);
    struct iovec parts[] = {
        { &header, sizeof header }, { &message, sizeof message }, { &operation, sizeof operation }
    };
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0
        && writev(descriptor, parts, sizeof parts / sizeof parts[0]) >= 0) {
        return descriptor;
    }
    int code = errno;
    close(descriptor);
    errno = code;
    return -1;
}

static struct clinux_process_event read_event(const struct proc_event *event) {
    struct clinux_process_event result = { .change = clinux_process_other };
    switch ((unsigned int)event->what) {
    case PROC_EVENT_NONE:
        result.change = event->event_data.ack.err == 0 ? clinux_process_listening : clinux_process_refused;
        result.parent = (pid_t)event->event_data.ack.err;
        break;
    case PROC_EVENT_FORK:
        // A new thread comes as a fork too.
        if (event->event_data.fork.child_pid != event->event_data.fork.child_tgid) break;
        result.change = clinux_process_forked;
        result.process = event->event_data.fork.child_tgid;
        result.parent = event->event_data.fork.parent_tgid;
        break;
    case PROC_EVENT_EXEC:
        result.change = clinux_process_executed;
        result.process = event->event_data.exec.process_tgid;
        break;
    case PROC_EVENT_COMM:
        if (event->event_data.comm.process_pid != event->event_data.comm.process_tgid) break;
        result.change = clinux_process_renamed;
        result.process = event->event_data.comm.process_tgid;
        break;
    case PROC_EVENT_EXIT:
        if (event->event_data.exit.process_pid != event->event_data.exit.process_tgid) break;
        result.change = clinux_process_ended;
        result.process = event->event_data.exit.process_tgid;
        break;
    default: break;
    }
    return result;
}

int clinux_process_events_read(int descriptor, struct clinux_process_event *events, int count) {
    int found = 0;
    while (found < count) {
        union {
            struct nlmsghdr header;
            char bytes[1024];
        } datagram;
        struct sockaddr_nl sender = { 0 };
        socklen_t length = sizeof sender;
        ssize_t size = recvfrom(descriptor, &datagram, sizeof datagram, 0, (struct sockaddr *)&sender, &length);
        if (size < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN) return found;
            return found > 0 && errno != ENOBUFS ? found : -1;
        }
        // Only the kernel's word counts.
        if (sender.nl_pid != 0) continue;
        if ((size_t)size < NLMSG_LENGTH(sizeof(struct cn_msg) + sizeof(struct proc_event))) continue;
        struct cn_msg message;
        memcpy(&message, NLMSG_DATA(&datagram.header), sizeof message);
        if (message.id.idx != CN_IDX_PROC || message.id.val != CN_VAL_PROC) continue;
        struct proc_event event;
        memcpy(&event, (char *)NLMSG_DATA(&datagram.header) + sizeof message, sizeof event);
        events[found++] = read_event(&event);
    }
    return found;
}
