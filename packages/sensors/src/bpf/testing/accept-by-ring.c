// Takes one connection on 127.0.0.1, port 45362, through io_uring, writes two bytes and ends. Says so when the kernel does not allow it:
// cc -o accept-by-ring accept-by-ring.c
#include <arpa/inet.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	struct io_uring_params params = {0};
	int ring = syscall(SYS_io_uring_setup, 4, &params);
	if (ring < 0 || !(params.features & IORING_FEAT_SINGLE_MMAP)) {
		puts("not allowed");
		return 0;
	}
	size_t size = params.sq_off.array + params.sq_entries * 4 + 65536;
	char *rings = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
	struct io_uring_sqe *entries =
		mmap(0, params.sq_entries * sizeof(*entries), PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);

	struct sockaddr_in name = { .sin_family = AF_INET, .sin_port = htons(45362), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int server = socket(AF_INET, SOCK_STREAM, 0);
	int yes = 1;
	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(server, (void *)&name, sizeof(name)) || listen(server, 5))
		return 1;
	memset(entries, 0, sizeof(*entries));
	entries->opcode = IORING_OP_ACCEPT;
	entries->fd = server;
	unsigned *tail = (unsigned *)(rings + params.sq_off.tail);
	((unsigned *)(rings + params.sq_off.array))[*tail & (params.sq_entries - 1)] = 0;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	puts("ready");
	fflush(stdout);
	if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, 0, 0) < 0)
		return 1;
	struct io_uring_cqe *done = (void *)(rings + params.cq_off.cqes);
	return write(done->res, "hi", 2) == 2 ? 0 : 1;
}
