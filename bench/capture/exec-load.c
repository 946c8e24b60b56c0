// Starts many short-lived processes, one after the other: <count> <id>. Each has the id and its number among its arguments, and a long
// argument behind them whose last letters are the number again, so that a command line that was cut is seen.
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int count = atoi(argv[1]), started = 0;
  static char filler[300];
  memset(filler, 'x', sizeof filler - 1);
  for (int i = 0; i < count; i++) {
    char tag[100], tail[400];
    snprintf(tag, sizeof tag, "--load=%s.%d", argv[2], i);
    snprintf(tail, sizeof tail, "%s.%d", filler, i);
    char *args[] = {"/bin/true", tag, "with spaces and \"quotes\"", tail, 0};
    pid_t pid;
    if (posix_spawn(&pid, args[0], 0, 0, args, environ) != 0) continue;
    started++;
    int status;
    waitpid(pid, &status, 0);
  }
  printf("%d\n", started);
  return 0;
}
