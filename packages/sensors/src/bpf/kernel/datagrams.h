// UDP, ping and raw sockets have no states: a flow is a socket with one remote address. It is told at its first datagram, counted
// here, and its counts are read by TypeScript when it went idle or its socket was closed.
#pragma once
#include "tcp.h"

#define SOCK_DGRAM 2
#define SOCK_RAW 3

struct flow_key {
	u64 sock;
	u8 remote[16];
	u16 port;
	u16 family;
	u32 pad;
};
struct flow {
	u64 last;
	u64 sent;
	u64 received;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct flow_key);
	__type(value, struct flow);
} flows SEC(".maps");

// File descriptors of such sockets, and of TCP ones to a DNS server: so that read(), write() and close() of anything else cost one
// look here.
struct descriptor {
	u32 pid;
	u32 fd;
};
struct described {
	u64 sock;
	u64 file;
	// Whom it spoke to last: a program that receives without asking from whom is taken to hear from there.
	struct flow_key last;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct descriptor);
	__type(value, struct described);
} descriptors SEC(".maps");

static __always_inline struct file *file_of(u32 fd)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file *file = 0;
	if (fd >= BPF_CORE_READ(table, max_fds))
		return 0;
	bpf_probe_read_kernel(&file, sizeof(file), BPF_CORE_READ(table, fd) + fd);
	return file;
}

// The internet socket behind a file; 0 for any other file.
static __always_inline struct sock *sock_of(struct file *file)
{
	if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & 0170000) != 0140000)
		return 0;
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sk = BPF_CORE_READ(socket, sk);
	u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	return family == AF_INET || family == AF_INET6 ? sk : 0;
}

static __always_inline bool is_datagram(struct sock *sk)
{
	u16 type = BPF_CORE_READ(sk, sk_type);
	return type == SOCK_DGRAM || type == SOCK_RAW;
}

static __always_inline void remember_descriptor(struct descriptor *key, struct file *file, struct sock *sk)
{
	struct described *known = bpf_map_lookup_elem(&descriptors, key);
	if (known && known->sock == (u64)sk && known->file == (u64)file)
		return;
	struct described value = { .sock = (u64)sk, .file = (u64)file };
	bpf_map_update_elem(&descriptors, key, &value, BPF_ANY);
}

static __always_inline bool nobody_holds(void *file)
{
	struct file___referenced *referenced = file;
	struct file___counted *counted = file;
	if (bpf_core_field_exists(referenced->f_ref))
		return BPF_CORE_READ(referenced, f_ref.refcnt.counter) < 0;
	return BPF_CORE_READ(counted, f_count.counter) <= 0;
}

// What a system call moved, and where it lies: the first two pieces of it.
struct datagram {
	struct sock *sk;
	u64 name;
	u64 bytes;
	u32 answer;
	u32 fd;
	struct user_vector first;
	struct user_vector second;
	struct user_message message;
};
// In a map, so that the verifier looks at what is done with it once and not again for each way that leads there.
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct datagram);
} call_scratch SEC(".maps");

// The remote address that a call names. False when it names none.
static __always_inline bool read_name(struct flow_key *key, u64 address)
{
	u8 name[28] = {};
	if (!address || bpf_probe_read_user(name, 16, (void *)address))
		return false;
	key->family = *(u16 *)name;
	key->port = __builtin_bswap16(*(u16 *)(name + 2));
	if (key->family == AF_INET) {
		*(u32 *)key->remote = *(u32 *)(name + 4);
		return true;
	}
	if (key->family != AF_INET6 || bpf_probe_read_user(name, 28, (void *)address))
		return false;
	__builtin_memcpy(key->remote, name + 8, 16);
	return true;
}

// The remote address that the socket is connected to. False when it is not.
static __always_inline bool read_connected(struct flow_key *key, struct sock *sk)
{
	key->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	key->port = __builtin_bswap16(BPF_CORE_READ(sk, __sk_common.skc_dport));
	if (key->family == AF_INET)
		BPF_CORE_READ_INTO((u32 *)key->remote, sk, __sk_common.skc_daddr);
	else
		BPF_CORE_READ_INTO((struct in6_addr *)key->remote, sk, __sk_common.skc_v6_daddr);
	u64 *words = (u64 *)key->remote;
	return key->port || words[0] || words[1];
}

static __always_inline bool find_remote(struct datagram *datagram, struct flow_key *key)
{
	struct descriptor descriptor = { .pid = bpf_get_current_pid_tgid() >> 32, .fd = datagram->fd };
	struct described *described = bpf_map_lookup_elem(&descriptors, &descriptor);
	if (read_name(key, datagram->name) || read_connected(key, datagram->sk)) {
		if (described && !datagram->answer)
			described->last = *key;
		return true;
	}
	if (!described || !datagram->answer || described->last.sock != key->sock)
		return false;
	*key = described->last;
	return true;
}

static __always_inline void fill_datagram(struct socket_record *record, u32 kind, struct sock *sk, struct flow_key *key)
{
	fill_header(&record->header, kind);
	fill_addresses(record, sk);
	record->sock = (u64)sk;
	record->began = record->header.at;
	record->sent = 0;
	record->received = 0;
	record->protocol = BPF_CORE_READ(sk, sk_protocol);
	record->inbound = 0;
	record->answer = 0;
	record->payload = 0;
	record->remote_family = record->family;
	if (key) {
		record->remote_family = key->family;
		record->remote_port = key->port;
		__builtin_memcpy(record->remote, key->remote, 16);
	}
}

static __always_inline void count_datagram(struct datagram *datagram, struct flow_key *key)
{
	struct flow *flow = bpf_map_lookup_elem(&flows, key);
	if (flow) {
		flow->last = now();
		__sync_fetch_and_add(datagram->answer ? &flow->received : &flow->sent, datagram->bytes);
		return;
	}
	struct sock *sk = datagram->sk;
	// A raw socket is given whatever arrives at the host: only whom it spoke to counts.
	if (datagram->answer && BPF_CORE_READ(sk, sk_type) == SOCK_RAW)
		return;
	struct flow first = { .last = now() };
	if (datagram->answer)
		first.received = datagram->bytes;
	else
		first.sent = datagram->bytes;
	if (bpf_map_update_elem(&flows, key, &first, BPF_NOEXIST))
		return;
	struct socket_record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record) {
		count_lost(LAYER_NETWORK);
		return;
	}
	fill_datagram(record, KIND_DATAGRAM_FLOW, sk, key);
	record->inbound = datagram->answer;
	bpf_ringbuf_submit(record, 0);
}

static __always_inline void tell_socket(u32 kind, struct sock *sk)
{
	struct socket_record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record) {
		count_lost(LAYER_NETWORK);
		return;
	}
	fill_datagram(record, kind, sk, 0);
	bpf_ringbuf_submit(record, 0);
}
