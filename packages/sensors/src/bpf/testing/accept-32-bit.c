// A 32-bit program without a C library that takes one connection on 127.0.0.1, port 45361, writes two bytes and ends:
// cc -m32 -nostdlib -static -fno-stack-protector -fno-pic -o accept-32-bit accept-32-bit.c
static int call(int number, int a, void *b, int c)
{
	int result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
	return result;
}

#define SOCKETCALL 102

void _start(void)
{
	unsigned char name[16] = { 2, 0, 45361 >> 8, 45361 & 255, 127, 0, 0, 1 };
	int socket[3] = { 2, 1, 0 };
	int server = call(SOCKETCALL, 1, socket, 0);
	int bind[3] = { server, (int)name, 16 };
	call(SOCKETCALL, 2, bind, 0);
	int listen[2] = { server, 5 };
	call(SOCKETCALL, 4, listen, 0);
	int accept[3] = { server, 0, 0 };
	int taken = call(SOCKETCALL, 5, accept, 0);
	call(4, taken, "hi", 2);
	call(1, 0, 0, 0);
}
