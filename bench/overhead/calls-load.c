// Makes four kinds of system calls <count> times each and prints the processor time of one in nanoseconds, kernel and program together:
// one that does next to nothing, reads of a file, datagrams between two sockets of its own, and programs started.
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static double used(int who)
{
	struct rusage usage;
	getrusage(who, &usage);
	return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e9 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e3;
}

static double since(double before, int who, long count)
{
	return (used(who) - before) / count;
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 1000000;
	long programs = count / 1000;
	char byte = 0;
	int zero = open("/dev/zero", O_RDONLY);
	struct sockaddr_in name = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(name);
	int server = socket(AF_INET, SOCK_DGRAM, 0);
	int client = socket(AF_INET, SOCK_DGRAM, 0);
	if (bind(server, (void *)&name, length) || getsockname(server, (void *)&name, &length) || connect(client, (void *)&name, length))
		return 1;

	double before = used(RUSAGE_SELF);
	for (long i = 0; i < count; i++)
		syscall(SYS_getppid);
	double nothing = since(before, RUSAGE_SELF, count);

	before = used(RUSAGE_SELF);
	for (long i = 0; i < count; i++)
		if (read(zero, &byte, 1) != 1)
			return 1;
	double reading = since(before, RUSAGE_SELF, count);

	long datagrams = count / 10;
	before = used(RUSAGE_SELF);
	for (long i = 0; i < datagrams; i++)
		if (send(client, &byte, 1, 0) != 1 || recv(server, &byte, 1, 0) != 1)
			return 1;
	double sending = since(before, RUSAGE_SELF, 2 * datagrams);

	before = used(RUSAGE_CHILDREN) + used(RUSAGE_SELF);
	for (long i = 0; i < programs; i++) {
		pid_t child = vfork();
		if (child == 0) {
			execl("/bin/true", "true", (char *)0);
			_exit(1);
		}
		waitpid(child, 0, 0);
	}
	double starting = (used(RUSAGE_CHILDREN) + used(RUSAGE_SELF) - before) / programs;
	printf("{\"nothing\":%.2f,\"read\":%.2f,\"datagram\":%.2f,\"program\":%.0f}\n", nothing, reading, sending, starting);
	return 0;
}
