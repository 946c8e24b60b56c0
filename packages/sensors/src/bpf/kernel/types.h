// The few parts of the kernel's own structures that the sensors read. Offsets are not taken from here: each access is relocated
// at load time against the running kernel's BTF (CO-RE), so names and kinds are what counts, and one object serves all kernels.
// A name after three underscores is a variant of the structure before them, of another kernel version or machine.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct { int counter; } atomic_t;
typedef struct { s64 counter; } atomic64_t;
typedef struct { u32 val; } kuid_t;

struct qstr { const unsigned char *name; };
struct super_block { u32 s_dev; };
struct inode { u16 i_mode; struct super_block *i_sb; unsigned long i_ino; s64 i_size; };
struct dentry { struct dentry *d_parent; struct qstr d_name; };
struct vfsmount { struct dentry *mnt_root; };
struct mount { struct mount *mnt_parent; struct dentry *mnt_mountpoint; struct vfsmount mnt; };
struct path { struct vfsmount *mnt; struct dentry *dentry; };
struct file { struct path f_path; struct inode *f_inode; void *private_data; };
// Until Linux 6.12 the last reference leaves 0; since then a count that is negative when nobody holds the file.
struct file___counted { atomic64_t f_count; };
struct file_ref { atomic64_t refcnt; };
struct file___referenced { struct file_ref f_ref; };

struct fs_struct { struct path root; struct path pwd; };
struct fdtable { u32 max_fds; struct file **fd; };
struct files_struct { struct fdtable *fdt; };

struct kernfs_node { const char *name; u64 id; };
// Renamed in Linux 6.15.
struct kernfs_node___parent { struct kernfs_node *parent; };
struct kernfs_node___hidden { struct kernfs_node *__parent; };
struct cgroup { struct kernfs_node *kn; int level; };
struct cgroup_subsys_state { struct cgroup *cgroup; };
struct css_set { struct cgroup_subsys_state *subsys[12]; struct cgroup *dfl_cgrp; };
enum cgroup_subsys_id { memory_cgrp_id };

struct cred { kuid_t uid; kuid_t gid; kuid_t euid; };
struct mm_struct { unsigned long arg_start; unsigned long arg_end; };
struct sched_entity { u64 sum_exec_runtime; };
struct signal_struct {
	atomic_t live;
	int nr_threads;
	int group_exit_code;
	u32 flags;
	u64 utime;
	u64 stime;
	u64 sum_sched_runtime;
	unsigned long maxrss;
};
struct thread_info { unsigned long flags; };
struct thread_info___x86 { u32 status; };
struct task_struct {
	struct thread_info thread_info;
	struct mm_struct *mm;
	int pid;
	int tgid;
	struct task_struct *real_parent;
	struct task_struct *group_leader;
	u64 utime;
	u64 stime;
	u64 start_boottime;
	struct sched_entity se;
	const struct cred *cred;
	char comm[16];
	struct fs_struct *fs;
	struct files_struct *files;
	struct signal_struct *signal;
	struct css_set *cgroups;
	int exit_code;
};
struct task_struct___audit { u32 sessionid; };
struct task_struct___x86 { struct thread_info___x86 thread_info; };
struct linux_binprm { struct file *file; const char *filename; };

struct in6_addr { u8 bytes[16]; };
struct ns_common { u32 inum; };
struct net { struct ns_common ns; };
typedef struct { struct net *net; } possible_net_t;
struct sock_common {
	u32 skc_daddr;
	u32 skc_rcv_saddr;
	u16 skc_dport;
	u16 skc_num;
	u16 skc_family;
	volatile unsigned char skc_state;
	unsigned long skc_flags;
	possible_net_t skc_net;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
};
struct sock { struct sock_common __sk_common; u16 sk_type; u16 sk_protocol; };
struct socket { struct file *file; struct sock *sk; };
struct inet_sock { u16 inet_sport; };
struct tcp_sock { u64 bytes_sent; u64 bytes_retrans; u64 bytes_received; };

// Registers of a system call.
struct pt_regs___x86 { unsigned long bx, r10, r9, r8, dx, si, di, orig_ax; };
struct pt_regs___arm64 { u64 regs[31]; u64 orig_x0; int syscallno; };

#pragma clang attribute pop

// Given by the program that makes the system call: the same on every 64-bit machine.
struct user_vector { u64 base; u64 length; };
struct user_message { u64 name; u32 name_length; u32 pad; u64 vectors; u64 vector_count; u64 control; u64 control_length; u64 flags; };
struct user_message_of_many { struct user_message message; u32 length; u32 pad; };

#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
