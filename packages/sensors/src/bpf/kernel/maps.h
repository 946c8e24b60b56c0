// The ring, and what is remembered between events. Sizes are those of a small machine; `open-object.ts` sets larger ones.
#pragma once
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "records.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 << 20);
} ring SEC(".maps");

// Records that did not fit into the ring, and what could not be remembered, by layer.
enum layer { LAYER_PROCESS, LAYER_NETWORK, LAYER_DNS, LAYERS };
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, LAYERS);
	__type(key, u32);
	__type(value, u64);
} lost SEC(".maps");

// Processes of the agent itself, told by TypeScript: their traffic is not recorded.
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, u32);
	__type(value, u32);
} own SEC(".maps");

static __always_inline void count_lost(u32 layer)
{
	u64 *count = bpf_map_lookup_elem(&lost, &layer);
	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline u64 now(void)
{
	return bpf_ktime_get_boot_ns() / 1000;
}

// A process's start as field 22 of /proc/<pid>/stat has it.
static __always_inline u64 start_ticks(struct task_struct *task)
{
	return BPF_CORE_READ(task, group_leader, start_boottime) / 10000000;
}

static __always_inline void fill_header(struct header *header, u32 kind)
{
	header->kind = kind;
	header->pid = bpf_get_current_pid_tgid() >> 32;
	header->at = now();
	header->start = start_ticks((void *)bpf_get_current_task());
}
