// Makes many files in a folder and writes to each: <folder> <count>; then removes them all. Prints how many were made.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int count = atoi(argv[2]), made = 0;
  char path[4096];
  for (int i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/file-%d", argv[1], i);
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (fd < 0) continue;
    if (write(fd, "hello\n", 6) == 6) made++;
    close(fd);
  }
  for (int i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/file-%d", argv[1], i);
    unlink(path);
  }
  printf("%d\n", made);
  return 0;
}
