// Paths by walking up the kernel's own tree, as the process's own root folder names them.
#pragma once
#include "maps.h"

#define COMPONENTS 48

// Where a walk has come to. It lies in a map, not on the stack: what the verifier reads from there it knows nothing about, so that it
// finds each round like the one before and does not try every length of every name.
struct walk {
	struct dentry *dentry;
	struct mount *mount;
	u32 used;
	u32 pad;
};

// A component is at most 255 bytes and its zero; false when it no longer fits.
static __always_inline bool add_component(char *into, u32 limit, volatile u32 *at, const void *name)
{
	u32 used = *at;
	if (used > limit - 256)
		return false;
	long length = bpf_probe_read_kernel_str(into + used, 256, name);
	if (length > 0)
		*at = used + length;
	return true;
}

// One step up. Returns 0 at the end of the way, 1 when there is more, 2 when the component did not fit.
static __always_inline int step_up(char *into, volatile struct walk *walk, struct dentry *stop, struct mount *stop_mount)
{
	struct dentry *dentry = walk->dentry;
	struct mount *mount = walk->mount;
	if (dentry == stop && mount == stop_mount)
		return 0;
	if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
		struct mount *above = BPF_CORE_READ(mount, mnt_parent);
		if (above == mount || !above)
			return 0;
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		walk->mount = above;
		return 1;
	}
	if (!add_component(into, PATH_BYTES, &walk->used, BPF_CORE_READ(dentry, d_name.name)))
		return 2;
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
	// A file without a folder, as of memfd_create().
	if (parent == dentry || !parent)
		return 0;
	walk->dentry = parent;
	return 1;
}

// Returns how many bytes were written.
static __always_inline u32 write_path(char *into, volatile struct walk *walk, struct path *path, struct path *root, u16 *cut)
{
	u64 in_mount = bpf_core_field_offset(struct mount, mnt);
	struct mount *stop_mount = (void *)root->mnt - in_mount;
	walk->dentry = path->dentry;
	walk->mount = (void *)path->mnt - in_mount;
	walk->used = 0;
#pragma clang loop unroll(disable)
	for (int i = 0; i < COMPONENTS; i++) {
		int step = step_up(into, walk, root->dentry, stop_mount);
		if (step == 0)
			return walk->used;
		if (step == 2)
			break;
	}
	*cut = 1;
	return walk->used;
}

static __always_inline struct kernfs_node *node_above(struct kernfs_node *node)
{
	struct kernfs_node___hidden *hidden = (void *)node;
	struct kernfs_node___parent *plain = (void *)node;
	if (bpf_core_field_exists(hidden->__parent))
		return BPF_CORE_READ(hidden, __parent);
	return BPF_CORE_READ(plain, parent);
}

static __always_inline u32 write_cgroup(char *into, volatile struct walk *walk, struct kernfs_node *node, u16 *cut)
{
	walk->used = 0;
#pragma clang loop unroll(disable)
	for (int i = 0; i < 16; i++) {
		struct kernfs_node *above = node_above(node);
		if (!above)
			return walk->used;
		if (!add_component(into, CGROUP_BYTES, &walk->used, BPF_CORE_READ(node, name)))
			break;
		node = above;
	}
	*cut = 1;
	return walk->used;
}

// The task's control group: of the unified hierarchy, or of the memory controller where that one is not in use.
static __always_inline struct kernfs_node *cgroup_node(struct task_struct *task)
{
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	struct cgroup *unified = BPF_CORE_READ(set, dfl_cgrp);
	if (BPF_CORE_READ(unified, level) > 0 || !bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id))
		return BPF_CORE_READ(unified, kn);
	u32 index = bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id) & 15;
	struct cgroup_subsys_state *state = 0;
	bpf_core_read(&state, sizeof(state), (void *)&set->subsys[0] + index * sizeof(void *));
	return BPF_CORE_READ(state, cgroup, kn);
}
