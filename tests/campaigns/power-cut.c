/*
 * Keeps a copy of what has been synced, so that a power cut can be played: after it, only that copy
 * survives. Preloaded into the server; POWER_CUT_FROM is the data folder, POWER_CUT_TO the copy.
 *
 * fsync and fdatasync of a file copy its content *before* the real call, and publish the copy after
 * it succeeded. fsync of a folder writes down the names in it. A file whose name is in no synced
 * folder is lost, and so is a name whose content was never synced. Files are known by inode and
 * birth time, because they are renamed and inodes are used again.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static const char *from, *to;

__attribute__((constructor)) static void start(void) {
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  from = getenv("POWER_CUT_FROM");
  to = getenv("POWER_CUT_TO");
}

static void identify(int fd, const char *path, char *name) {
  struct statx s;
  if (fd >= 0 ? statx(fd, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &s)
              : statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &s)) {
    strcpy(name, "gone");
    return;
  }
  snprintf(name, 64, "%llu-%lld-%u", (unsigned long long)s.stx_ino, (long long)s.stx_btime.tv_sec,
           s.stx_btime.tv_nsec);
}

static int is_ours(int fd, char *path, struct stat *s) {
  char link[64];
  if (!from || !to || fstat(fd, s)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, from, strlen(from)) == 0;
}

/* Reads through the descriptor at hand: opening and closing another would drop SQLite's locks. */
static void copy_file(int fd, const char *path, const char *aside) {
  static __thread char buffer[1 << 16];
  int in = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY ? open(path, O_RDONLY) : fd;
  int out = open(aside, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  off_t at = 0;
  ssize_t n;
  if (in < 0 || out < 0) abort();
  while ((n = pread(in, buffer, sizeof buffer, at)) > 0) {
    if (write(out, buffer, n) != n) abort();
    at += n;
  }
  close(out);
  if (in != fd) close(in);
}

static void list_folder(const char *path, const char *aside) {
  FILE *out = fopen(aside, "w");
  DIR *folder = opendir(path);
  struct dirent *entry;
  char child[2 * PATH_MAX], name[64];
  while (folder && (entry = readdir(folder))) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    if (entry->d_type != DT_DIR && entry->d_type != DT_REG) continue;
    snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
    identify(-1, child, name);
    fprintf(out, "%c\t%s\t%s\n", entry->d_type == DT_DIR ? 'd' : 'f', name, entry->d_name);
  }
  if (folder) closedir(folder);
  fclose(out);
}

static int sync_and_keep(int fd, int (*real)(int)) {
  char path[PATH_MAX], name[64], aside[PATH_MAX], kept[PATH_MAX];
  struct stat s;
  if (!is_ours(fd, path, &s)) return real(fd);
  identify(fd, NULL, name);
  snprintf(aside, sizeof aside, "%s/aside-%s-%ld", to, name, (long)pthread_self());
  snprintf(kept, sizeof kept, "%s/%s", to, name);
  if (S_ISDIR(s.st_mode)) list_folder(path, aside);
  else copy_file(fd, path, aside);
  int failed = real(fd);
  if (!failed) rename(aside, kept);
  return failed;
}

int fsync(int fd) { return sync_and_keep(fd, real_fsync); }
int fdatasync(int fd) { return sync_and_keep(fd, real_fdatasync); }
