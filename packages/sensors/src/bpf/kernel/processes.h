// Programs started, processes made and ended.
#pragma once
#include "paths.h"

#define SIGNAL_GROUP_EXIT 4

// One for each CPU: too large for the stack, and more than a per-CPU map may hold. Only exec uses it, which cannot be interrupted
// by another exec on its CPU.
struct exec_scratch {
	struct exec_record record;
	struct walk walk;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct exec_scratch);
} exec_scratch SEC(".maps");

// Groups whose end was told, where two last threads may end at the same moment.
struct ended_key {
	u32 pid;
	u32 pad;
	u64 start;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct ended_key);
	__type(value, u32);
} ended SEC(".maps");

static __always_inline void fill_process(struct process_record *record, u32 kind, struct task_struct *task)
{
	struct task_struct *parent = BPF_CORE_READ(task, real_parent);
	const struct cred *cred = BPF_CORE_READ(task, cred);
	record->header.kind = kind;
	record->header.pid = BPF_CORE_READ(task, tgid);
	record->header.at = now();
	record->header.start = start_ticks(task);
	record->parent_pid = BPF_CORE_READ(parent, tgid);
	record->parent_start = start_ticks(parent);
	record->uid = BPF_CORE_READ(cred, uid.val);
	record->euid = BPF_CORE_READ(cred, euid.val);
	record->gid = BPF_CORE_READ(cred, gid.val);
	struct task_struct___audit *audited = (void *)task;
	record->session = bpf_core_field_exists(audited->sessionid) ? BPF_CORE_READ(audited, sessionid) : (u32)-1;
	BPF_CORE_READ_INTO(&record->comm, task, comm);
	record->cgroup = BPF_CORE_READ(cgroup_node(task), id);
	record->argument_bytes = 0;
	record->argument_total = 0;
	record->path_bytes = 0;
	record->cwd_bytes = 0;
	record->cgroup_bytes = 0;
	record->cut = 0;
	record->device = 0;
	record->inode = 0;
	record->size = 0;
}

SEC("raw_tp/sched_process_exec")
int on_exec(struct bpf_raw_tracepoint_args *ctx)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct exec_scratch *scratch = bpf_map_lookup_elem(&exec_scratch, &cpu);
	if (!scratch)
		return 0;
	struct exec_record *record = &scratch->record;
	struct task_struct *task = (void *)ctx->args[0];
	struct linux_binprm *program = (void *)ctx->args[2];
	struct process_record *process = &record->process;
	fill_process(process, KIND_EXEC, task);

	struct file *file = BPF_CORE_READ(program, file);
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	process->device = BPF_CORE_READ(inode, i_sb, s_dev);
	process->inode = BPF_CORE_READ(inode, i_ino);
	process->size = BPF_CORE_READ(inode, i_size);

	struct path root, cwd, image;
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	BPF_CORE_READ_INTO(&root.mnt, fs, root.mnt);
	BPF_CORE_READ_INTO(&root.dentry, fs, root.dentry);
	BPF_CORE_READ_INTO(&cwd.mnt, fs, pwd.mnt);
	BPF_CORE_READ_INTO(&cwd.dentry, fs, pwd.dentry);
	BPF_CORE_READ_INTO(&image.mnt, file, f_path.mnt);
	BPF_CORE_READ_INTO(&image.dentry, file, f_path.dentry);
	u16 cut = 0;
	u32 used = write_path(record->data, &scratch->walk, &image, &root, &cut) & 4095;
	process->path_bytes = used;
	u32 length = write_path(record->data + used, &scratch->walk, &cwd, &root, &cut) & 4095;
	process->cwd_bytes = length;
	used += length;
	length = write_cgroup(record->data + used, &scratch->walk, cgroup_node(task), &cut) & 1023;
	process->cgroup_bytes = length;
	process->cut = cut;
	used += length;

	u64 from = BPF_CORE_READ(task, mm, arg_start);
	u64 total = BPF_CORE_READ(task, mm, arg_end) - from;
	process->argument_total = total;
	u32 take = total > ARGUMENT_BYTES ? ARGUMENT_BYTES : total;
	take &= 0xffff;
	if (bpf_probe_read_user(record->data + used, take, (void *)from) == 0) {
		process->argument_bytes = take;
		used += take;
	}
	if (bpf_ringbuf_output(&ring, record, sizeof(*process) + (used & 0x1ffff), 0))
		count_lost(LAYER_PROCESS);
	return 0;
}

SEC("raw_tp/sched_process_fork")
int on_fork(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *child = (void *)ctx->args[1];
	// A thread.
	if (BPF_CORE_READ(child, pid) != BPF_CORE_READ(child, tgid))
		return 0;
	struct process_record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record) {
		count_lost(LAYER_PROCESS);
		return 0;
	}
	fill_process(record, KIND_FORK, child);
	bpf_ringbuf_submit(record, 0);
	return 0;
}

static __always_inline u64 larger(u64 a, u64 b)
{
	return a > b ? a : b;
}

// CPU time of all threads in microseconds: of those that are gone, of the leader, and of the last one. The scheduler's own sum is
// exact but a step behind; the accounted time comes in ticks.
static __always_inline u64 cpu_time(struct task_struct *task, struct task_struct *leader, struct signal_struct *signal)
{
	u64 exact = BPF_CORE_READ(signal, sum_sched_runtime) + BPF_CORE_READ(task, se.sum_exec_runtime);
	u64 ticked = BPF_CORE_READ(signal, utime) + BPF_CORE_READ(signal, stime) +
		     BPF_CORE_READ(task, utime) + BPF_CORE_READ(task, stime);
	if (leader != task) {
		exact += BPF_CORE_READ(leader, se.sum_exec_runtime);
		ticked += BPF_CORE_READ(leader, utime) + BPF_CORE_READ(leader, stime);
	}
	return larger(exact, ticked) / 1000;
}

SEC("raw_tp/sched_process_exit")
int on_exit(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (void *)ctx->args[0];
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	if (BPF_CORE_READ(signal, live.counter) > 0)
		return 0;
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	struct ended_key key = { .pid = BPF_CORE_READ(task, tgid), .start = start_ticks(task) };
	u32 yes = 1;
	if (BPF_CORE_READ(signal, nr_threads) > 1 && bpf_map_update_elem(&ended, &key, &yes, BPF_NOEXIST))
		return 0;
	bpf_map_delete_elem(&own, &key.pid);
	struct exit_record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record) {
		count_lost(LAYER_PROCESS);
		return 0;
	}
	record->header.kind = KIND_EXIT;
	record->header.pid = key.pid;
	record->header.at = now();
	record->header.start = key.start;
	record->cpu = cpu_time(task, leader, signal);
	// Set just before this point; the memory itself may be gone already on kernels before 6.16.
	record->peak_pages = BPF_CORE_READ(signal, maxrss);
	record->status = BPF_CORE_READ(signal, flags) & SIGNAL_GROUP_EXIT ? BPF_CORE_READ(signal, group_exit_code)
									  : BPF_CORE_READ(leader, exit_code);
	record->pad = 0;
	bpf_ringbuf_submit(record, 0);
	return 0;
}
