// Asks a small name server of its own on 127.0.0.1, port 53, for many names: <count> <id>, `q<i>.<id>.example`, each from a socket of its
// own; the server answers each with one address, 192.0.2.1. Prints how many were answered. Exit code 3: the port is taken.
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int server;

static void *serve(void *unused) {
  (void)unused;
  static const unsigned char answer[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1};
  for (;;) {
    unsigned char message[600];
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t size = recvfrom(server, message, 512, 0, (void *)&from, &length);
    if (size < 0) return 0;
    if (size < 12) continue;
    message[2] = 0x81;
    message[3] = 0x80;
    message[7] = 1;
    memcpy(message + size, answer, sizeof answer);
    sendto(server, message, (size_t)size + sizeof answer, 0, (void *)&from, length);
  }
}

static size_t put_label(unsigned char *to, const char *label) {
  size_t length = strlen(label);
  *to = (unsigned char)length;
  memcpy(to + 1, label, length);
  return length + 1;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int count = atoi(argv[1]), answered = 0;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(53), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  server = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(server, (void *)&address, sizeof address) != 0) return 3;
  pthread_t thread;
  pthread_create(&thread, 0, serve, 0);
  for (int i = 0; i < count; i++) {
    unsigned char message[512] = {(unsigned char)(i >> 8), (unsigned char)i, 1, 0, 0, 1};
    char label[40];
    snprintf(label, sizeof label, "q%d", i);
    size_t size = 12;
    size += put_label(message + size, label);
    size += put_label(message + size, argv[2]);
    size += put_label(message + size, "example");
    message[size++] = 0;
    message[size + 1] = 1;
    message[size + 3] = 1;
    size += 4;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct timeval wait = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (connect(fd, (void *)&address, sizeof address) == 0 && send(fd, message, size, 0) == (ssize_t)size &&
        recv(fd, message, sizeof message, 0) > 12)
      answered++;
    close(fd);
  }
  printf("%d\n", answered);
  return 0;
}
