/* A disk that is slow to sync: preloaded, every fsync and fdatasync takes SLOW_SYNC_US longer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static useconds_t more_us;

__attribute__((constructor)) static void start(void) {
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  const char *told = getenv("SLOW_SYNC_US");
  more_us = told ? atoi(told) : 0;
}

int fsync(int fd) {
  usleep(more_us);
  return real_fsync(fd);
}

int fdatasync(int fd) {
  usleep(more_us);
  return real_fdatasync(fd);
}
