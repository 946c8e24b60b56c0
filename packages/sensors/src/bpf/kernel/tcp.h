// Connections of TCP: the kernel tells each change of a socket's state. What happens in a softirq has no process of its own, so
// the owner is kept from the moment when the process connected or accepted.
#pragma once
#include "maps.h"

#define STATE_ESTABLISHED 1
#define STATE_SYN_SENT 2
#define STATE_FIN_WAIT1 4
#define STATE_CLOSE 7
#define STATE_LAST_ACK 9
#define STATE_LISTEN 10
// A bit of the flags of a socket: the other side's FIN came, which the kernel counts as a byte received.
#define SOCK_DONE 1

struct owner {
	u64 began;
	u64 start;
	u32 pid;
	u8 inbound;
	u8 listening;
	u8 established;
	u8 pad;
};

// Each is removed when its socket closes, so memory is used only as needed.
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 262144);
	__type(key, u64);
	__type(value, struct owner);
} owners SEC(".maps");

static __always_inline bool is_own(u32 pid)
{
	return bpf_map_lookup_elem(&own, &pid) != 0;
}

static __always_inline void fill_owner(struct owner *owner)
{
	owner->began = now();
	owner->start = start_ticks((void *)bpf_get_current_task());
	owner->pid = bpf_get_current_pid_tgid() >> 32;
}

static __always_inline void fill_addresses(struct socket_record *record, struct sock *sk)
{
	u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	record->family = family;
	record->netns = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
	// The bound number is given back before the last state is told, the port in network order stays.
	record->local_port = __builtin_bswap16(BPF_CORE_READ((struct inet_sock *)sk, inet_sport));
	record->remote_port = __builtin_bswap16(BPF_CORE_READ(sk, __sk_common.skc_dport));
	__builtin_memset(record->local, 0, sizeof(record->local) + sizeof(record->remote));
	if (family == AF_INET) {
		BPF_CORE_READ_INTO((u32 *)record->local, sk, __sk_common.skc_rcv_saddr);
		BPF_CORE_READ_INTO((u32 *)record->remote, sk, __sk_common.skc_daddr);
	} else {
		BPF_CORE_READ_INTO((struct in6_addr *)record->local, sk, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO((struct in6_addr *)record->remote, sk, __sk_common.skc_v6_daddr);
	}
}

static __always_inline void tell_tcp(struct sock *sk, u32 kind, struct owner *owner)
{
	struct socket_record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record) {
		count_lost(LAYER_NETWORK);
		return;
	}
	struct tcp_sock *tcp = (void *)sk;
	record->header.kind = kind;
	record->header.pid = owner->pid;
	record->header.at = now();
	record->header.start = owner->start;
	record->sock = (u64)sk;
	record->began = owner->began;
	record->sent = BPF_CORE_READ(tcp, bytes_sent) - BPF_CORE_READ(tcp, bytes_retrans);
	record->received = BPF_CORE_READ(tcp, bytes_received);
	if (record->received && (BPF_CORE_READ(sk, __sk_common.skc_flags) >> SOCK_DONE & 1))
		record->received--;
	record->protocol = IPPROTO_TCP;
	record->inbound = owner->inbound;
	record->answer = 0;
	record->payload = 0;
	fill_addresses(record, sk);
	record->remote_family = record->family;
	bpf_ringbuf_submit(record, 0);
}

static __always_inline void connecting(struct sock *sk)
{
	struct owner owner = {};
	u64 key = (u64)sk;
	fill_owner(&owner);
	if (is_own(owner.pid))
		return;
	if (bpf_map_update_elem(&owners, &key, &owner, BPF_ANY))
		count_lost(LAYER_NETWORK);
}

static __always_inline void closed(struct sock *sk, struct owner *owner)
{
	u32 kind = owner->listening ? KIND_LISTEN_ENDED : owner->established ? KIND_CLOSED : KIND_CONNECT_FAILED;
	tell_tcp(sk, kind, owner);
}

static __always_inline void listening(struct sock *sk)
{
	struct owner owner = { .listening = 1 };
	u64 key = (u64)sk;
	fill_owner(&owner);
	// Calling listen() again changes the backlog only.
	if (is_own(owner.pid) || bpf_map_update_elem(&owners, &key, &owner, BPF_NOEXIST))
		return;
	tell_tcp(sk, KIND_LISTEN_BEGAN, &owner);
}

// A socket whose beginning was not seen, as that of one that is older than this program or was accepted through io_uring: the process
// that closes it holds it. Nothing else brings a connection into these states. That it has no beginning says so to TypeScript.
static __always_inline void adopt(struct sock *sk, u64 key)
{
	struct owner owner = { .established = 1 };
	fill_owner(&owner);
	owner.began = 0;
	if (!is_own(owner.pid))
		bpf_map_update_elem(&owners, &key, &owner, BPF_NOEXIST);
}

SEC("raw_tp/inet_sock_set_state")
int on_state(struct bpf_raw_tracepoint_args *ctx)
{
	struct sock *sk = (void *)ctx->args[0];
	u32 state = ctx->args[2];
	if (BPF_CORE_READ(sk, sk_protocol) != IPPROTO_TCP)
		return 0;
	if (state == STATE_SYN_SENT) {
		connecting(sk);
		return 0;
	}
	u64 key = (u64)sk;
	// However the process asked for it. One that was bound to no port before has none yet; its call tells of it.
	if (state == STATE_LISTEN && BPF_CORE_READ((struct inet_sock *)sk, inet_sport))
		listening(sk);
	else if (state == STATE_FIN_WAIT1 || state == STATE_LAST_ACK)
		adopt(sk, key);
	if (state != STATE_ESTABLISHED && state != STATE_CLOSE)
		return 0;
	struct owner *owner = bpf_map_lookup_elem(&owners, &key);
	if (!owner)
		return 0;
	if (state == STATE_CLOSE) {
		closed(sk, owner);
		bpf_map_delete_elem(&owners, &key);
	} else if (!owner->established) {
		owner->established = 1;
		tell_tcp(sk, KIND_CONNECTED, owner);
	}
	return 0;
}

// A process took a connection from its listening socket.
static __always_inline void accepted(struct sock *sk)
{
	struct owner owner = { .inbound = 1, .established = 1 };
	u64 key = (u64)sk;
	fill_owner(&owner);
	if (is_own(owner.pid))
		return;
	tell_tcp(sk, KIND_ACCEPTED, &owner);
	// Reset by the other side before it was taken: its close has been told already, to nobody.
	if (BPF_CORE_READ(sk, __sk_common.skc_state) == STATE_CLOSE)
		tell_tcp(sk, KIND_CLOSED, &owner);
	else if (bpf_map_update_elem(&owners, &key, &owner, BPF_ANY))
		count_lost(LAYER_NETWORK);
}
