// Makes many TCP connections to a listener of its own on 127.0.0.1: <count>. The i-th sends 100 + i % 400 bytes and gets 200 + i % 300 back.
// Prints the port of the listener, then for each connection its own port, the bytes sent and the bytes received.
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int listener;

static ssize_t read_all(int fd, char *to, size_t wanted) {
  size_t got = 0;
  while (got < wanted) {
    ssize_t n = read(fd, to + got, wanted - got);
    if (n <= 0) break;
    got += (size_t)n;
  }
  return (ssize_t)got;
}

// The first 4 bytes of a request are its number.
static void *serve(void *unused) {
  (void)unused;
  for (;;) {
    int fd = accept(listener, 0, 0);
    if (fd < 0) return 0;
    char bytes[1024] = {0};
    unsigned number = 0;
    if (read_all(fd, (char *)&number, 4) == 4) {
      read_all(fd, bytes, 96 + number % 400);
      if (write(fd, bytes, 200 + number % 300) < 0) perror("write");
    }
    close(fd);
  }
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  unsigned count = (unsigned)atoi(argv[1]);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t length = sizeof address;
  listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (void *)&address, length) || listen(listener, 1024)) return 1;
  getsockname(listener, (void *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  pthread_t server;
  pthread_create(&server, 0, serve, 0);
  for (unsigned i = 0; i < count; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (void *)&address, sizeof address) != 0) {
      close(fd);
      continue;
    }
    struct sockaddr_in own;
    socklen_t size = sizeof own;
    getsockname(fd, (void *)&own, &size);
    char bytes[1024] = {0};
    *(unsigned *)bytes = i;
    ssize_t sent = write(fd, bytes, 100 + i % 400);
    ssize_t received = read_all(fd, bytes, 200 + i % 300);
    // Reset, so that the port is free again at once.
    struct linger linger = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(fd);
    printf("%d %zd %zd\n", ntohs(own.sin_port), sent, received);
  }
  return 0;
}
