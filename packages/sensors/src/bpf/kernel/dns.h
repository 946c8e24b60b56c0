// Messages of DNS as processes send and receive them: the first two pieces of a message, which a program may have apart.
#pragma once
#include "datagrams.h"

#define DNS_PORT 53
#define DNS_SMALLEST 17

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct dns_record);
} dns_scratch SEC(".maps");

static __always_inline u32 copy_piece(u8 *into, u32 used, u64 from, u64 length, u64 most)
{
	if (used >= DNS_BYTES / 2)
		return used;
	u64 take = length < most ? length : most;
	if (take > DNS_BYTES / 2 - 1)
		take = DNS_BYTES / 2 - 1;
	take &= DNS_BYTES / 2 - 1;
	if (take && bpf_probe_read_user(into + (used & (DNS_BYTES / 2 - 1)), take, (void *)from) == 0)
		used += take;
	return used;
}

static __always_inline void tell_dns(struct datagram *datagram, struct flow_key *key)
{
	u32 zero = 0;
	struct dns_record *record = bpf_map_lookup_elem(&dns_scratch, &zero);
	if (!record)
		return;
	u32 used = copy_piece(record->payload, 0, datagram->first.base, datagram->first.length, datagram->bytes);
	if (used < datagram->bytes && datagram->second.length)
		used = copy_piece(record->payload, used, datagram->second.base, datagram->second.length, datagram->bytes - used);
	if (used < DNS_SMALLEST)
		return;
	used &= DNS_BYTES - 1;
	fill_datagram(&record->socket, KIND_DNS, datagram->sk, key);
	record->socket.answer = datagram->answer;
	record->socket.payload = used;
	if (bpf_ringbuf_output(&ring, record, sizeof(record->socket) + used, 0))
		count_lost(LAYER_DNS);
}

// One message that was sent or received, as `call_scratch` has it.
__noinline int moved(void)
{
	u32 zero = 0;
	struct datagram *datagram = bpf_map_lookup_elem(&call_scratch, &zero);
	if (!datagram)
		return 0;
	struct sock *sk = datagram->sk;
	struct flow_key key = { .sock = (u64)sk };
	if (!find_remote(datagram, &key))
		return 0;
	if (BPF_CORE_READ(sk, sk_protocol) != IPPROTO_TCP)
		count_datagram(datagram, &key);
	if (key.port == DNS_PORT)
		tell_dns(datagram, &key);
	return 0;
}
