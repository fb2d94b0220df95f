/* A library to preload: fsync and fdatasync of files below FSYNC_FAULT_UNDER fail with EIO as long
 * as the file FSYNC_FAULT_ARMED exists. Each such call is noted by a byte appended to that file,
 * so that a second try is seen. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_to_fail(int fd) {
    const char *armed = getenv("FSYNC_FAULT_ARMED");
    const char *under = getenv("FSYNC_FAULT_UNDER");
    char link[64], path[PATH_MAX];
    if (armed == NULL || under == NULL || access(armed, F_OK) != 0) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = '\0';
    if (strncmp(path, under, strlen(under)) != 0) {
        return 0;
    }
    int note = open(armed, O_WRONLY | O_APPEND);
    if (note >= 0) {
        if (write(note, "x", 1) != 1) {
            abort();
        }
        close(note);
    }
    return 1;
}

static int synced(int fd, long call) {
    if (is_to_fail(fd)) {
        errno = EIO;
        return -1;
    }
    return (int) syscall(call, fd);
}

int fsync(int fd) {
    return synced(fd, SYS_fsync);
}

int fdatasync(int fd) {
    return synced(fd, SYS_fdatasync);
}
