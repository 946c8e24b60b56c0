// System calls on sockets, seen as they return: what was moved is then known, the arguments are still in the registers.
#pragma once
#include "dns.h"

#define MSG_PEEK 2
#define MSG_ERRQUEUE 0x2000
#define EINPROGRESS 115
#define MOST_MESSAGES 64

// x86: a 32-bit program's call, whose numbers mean something else. arm64: the flag of such a thread.
#define TS_COMPAT 2
#define TIF_32BIT 22

enum call { NONE, READ, WRITE, READV, WRITEV, CLOSE, CONNECT, ACCEPT, BIND, LISTEN, SENDTO, RECVFROM, SENDMSG, RECVMSG, SENDMMSG, RECVMMSG };

#define ON_X86 bpf_core_field_exists(((struct pt_regs___x86 *)0)->orig_ax)

static __always_inline u32 call_of_x86(u64 number)
{
	switch (number) {
	case 0: return READ;
	case 1: return WRITE;
	case 3: return CLOSE;
	case 19: return READV;
	case 20: return WRITEV;
	case 42: return CONNECT;
	case 43: return ACCEPT;
	case 44: return SENDTO;
	case 45: return RECVFROM;
	case 46: return SENDMSG;
	case 47: return RECVMSG;
	case 49: return BIND;
	case 50: return LISTEN;
	case 288: return ACCEPT;
	case 299: return RECVMMSG;
	case 307: return SENDMMSG;
	}
	return NONE;
}

static __always_inline u32 call_of_arm64(u64 number)
{
	switch (number) {
	case 57: return CLOSE;
	case 63: return READ;
	case 64: return WRITE;
	case 65: return READV;
	case 66: return WRITEV;
	case 200: return BIND;
	case 201: return LISTEN;
	case 202: return ACCEPT;
	case 203: return CONNECT;
	case 206: return SENDTO;
	case 207: return RECVFROM;
	case 211: return SENDMSG;
	case 212: return RECVMSG;
	case 242: return ACCEPT;
	case 243: return RECVMMSG;
	case 269: return SENDMMSG;
	}
	return NONE;
}

static __always_inline u64 argument(void *registers, u32 index)
{
	struct pt_regs___x86 *x86 = registers;
	struct pt_regs___arm64 *arm64 = registers;
	if (ON_X86) {
		switch (index) {
		case 0: return BPF_CORE_READ(x86, di);
		case 1: return BPF_CORE_READ(x86, si);
		case 2: return BPF_CORE_READ(x86, dx);
		case 3: return BPF_CORE_READ(x86, r10);
		default: return BPF_CORE_READ(x86, r8);
		}
	}
	// The first one's register holds the result by now.
	return index == 0 ? BPF_CORE_READ(arm64, orig_x0) : BPF_CORE_READ(arm64, regs[index]);
}

static __always_inline bool is_32_bit(void)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct task_struct___x86 *x86 = (void *)task;
	if (ON_X86)
		return BPF_CORE_READ(x86, thread_info.status) & TS_COMPAT;
	return BPF_CORE_READ(task, thread_info.flags) >> TIF_32BIT & 1;
}

// What a 32-bit program accepted is known by the result alone; its other calls have arguments of another form.
static __always_inline bool is_accept_of_32_bit(struct pt_regs___x86 *registers, u64 number)
{
	if (number != 102 && number != 364)
		return false;
	if (!is_32_bit())
		return false;
	// socketcall(), whose first argument says what is called.
	u64 kind = number == 102 ? BPF_CORE_READ(registers, bx) : 5;
	return kind == 5 || kind == 18;
}

static __always_inline void accept_of_32_bit(u32 fd)
{
	struct sock *sk = sock_of(file_of(fd));
	if (sk && BPF_CORE_READ(sk, sk_protocol) == IPPROTO_TCP)
		accepted(sk);
}

static __always_inline void read_vectors(struct datagram *datagram, u64 vectors, u64 count)
{
	datagram->second.length = 0;
	bpf_probe_read_user(&datagram->first, sizeof(datagram->first), (void *)vectors);
	if (count > 1)
		bpf_probe_read_user(&datagram->second, sizeof(datagram->second), (void *)(vectors + sizeof(datagram->first)));
}

static __always_inline void message_moved(struct datagram *datagram, u64 address)
{
	struct user_message *message = &datagram->message;
	if (bpf_probe_read_user(message, sizeof(*message), (void *)address))
		return;
	datagram->name = message->name_length ? message->name : 0;
	read_vectors(datagram, message->vectors, message->vector_count);
	moved();
}

static __always_inline void messages_moved(struct datagram *datagram, u64 address, u64 count)
{
#pragma clang loop unroll(disable)
	for (u32 i = 0; i < MOST_MESSAGES; i++) {
		if (i >= count)
			return;
		u64 at = address + i * sizeof(struct user_message_of_many);
		u32 length = 0;
		bpf_probe_read_user(&length, sizeof(length), (void *)(at + sizeof(struct user_message)));
		datagram->bytes = length;
		message_moved(datagram, at);
	}
}

static __always_inline void closed_descriptor(struct descriptor *key)
{
	struct described *known = bpf_map_lookup_elem(&descriptors, key);
	if (!known)
		return;
	struct described was = *known;
	bpf_map_delete_elem(&descriptors, key);
	// A copy of the descriptor, here or in another process, keeps the socket open.
	if (nobody_holds((void *)was.file))
		tell_socket(KIND_DATAGRAM_CLOSED, (void *)was.sock);
}

// A socket that was bound to a port of its choice serves there.
static __always_inline void bound(struct sock *sk, u64 name)
{
	u16 port = 0;
	bpf_probe_read_user(&port, sizeof(port), (void *)(name + 2));
	if (port && BPF_CORE_READ(sk, sk_protocol) == IPPROTO_UDP)
		tell_socket(KIND_LISTEN_BEGAN, sk);
}

SEC("raw_tp/sys_exit")
int on_call(struct bpf_raw_tracepoint_args *ctx)
{
	s64 result = ctx->args[1];
	if (result < 0 && result != -EINPROGRESS)
		return 0;
	void *registers = (void *)ctx->args[0];
	u64 number = ON_X86 ? BPF_CORE_READ((struct pt_regs___x86 *)registers, orig_ax)
			    : BPF_CORE_READ((struct pt_regs___arm64 *)registers, syscallno);
	u32 call = ON_X86 ? call_of_x86(number) : call_of_arm64(number);
	if (call == NONE) {
		if (ON_X86 && is_accept_of_32_bit(registers, number))
			accept_of_32_bit(result);
		return 0;
	}
	u32 fd = call == ACCEPT ? result : argument(registers, 0);
	struct descriptor key = { .pid = bpf_get_current_pid_tgid() >> 32, .fd = fd };
	if (call <= CLOSE) {
		if (!bpf_map_lookup_elem(&descriptors, &key) || is_32_bit())
			return 0;
		if (call == CLOSE) {
			closed_descriptor(&key);
			return 0;
		}
	} else if (is_32_bit() || is_own(key.pid)) {
		return 0;
	}

	struct file *file = file_of(fd);
	struct sock *sk = sock_of(file);
	if (!sk)
		return 0;
	if (BPF_CORE_READ(sk, sk_protocol) == IPPROTO_TCP) {
		if (call == ACCEPT)
			accepted(sk);
		else if (call == LISTEN)
			listening(sk);
		if (BPF_CORE_READ(sk, __sk_common.skc_dport) != __builtin_bswap16(DNS_PORT))
			return 0;
	} else if (!is_datagram(sk)) {
		return 0;
	}
	remember_descriptor(&key, file, sk);

	u32 zero = 0;
	struct datagram *datagram = bpf_map_lookup_elem(&call_scratch, &zero);
	if (!datagram)
		return 0;
	u64 second = argument(registers, 1);
	u64 third = argument(registers, 2);
	datagram->sk = sk;
	datagram->fd = fd;
	datagram->bytes = result;
	datagram->name = 0;
	datagram->answer = call == READ || call == READV || call == RECVFROM || call == RECVMSG || call == RECVMMSG;
	switch (call) {
	case BIND:
		bound(sk, second);
		break;
	case SENDTO:
	case RECVFROM:
		if (call == RECVFROM && argument(registers, 3) & (MSG_PEEK | MSG_ERRQUEUE))
			break;
		datagram->name = argument(registers, 4);
	case READ:
	case WRITE:
		datagram->first.base = second;
		datagram->first.length = third;
		datagram->second.length = 0;
		moved();
		break;
	case READV:
	case WRITEV:
		read_vectors(datagram, second, third);
		moved();
		break;
	case RECVMSG:
		if (third & (MSG_PEEK | MSG_ERRQUEUE))
			break;
	case SENDMSG:
		message_moved(datagram, second);
		break;
	case SENDMMSG:
	case RECVMMSG:
		messages_moved(datagram, second, result);
		break;
	}
	return 0;
}
