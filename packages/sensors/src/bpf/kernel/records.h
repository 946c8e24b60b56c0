// What goes through the ring to TypeScript: `records.ts` reads the same offsets.
#pragma once
#include "types.h"

enum kind {
	KIND_EXEC = 1,
	KIND_FORK = 2,
	KIND_EXIT = 3,
	KIND_CONNECTED = 4,
	KIND_CONNECT_FAILED = 5,
	KIND_ACCEPTED = 6,
	KIND_CLOSED = 7,
	KIND_LISTEN_BEGAN = 8,
	KIND_LISTEN_ENDED = 9,
	KIND_DATAGRAM_FLOW = 10,
	KIND_DATAGRAM_CLOSED = 11,
	KIND_DNS = 12,
};

// Who did it, and when: microseconds since boot, and the start of the group's leader in steps of 10 ms.
struct header {
	u32 kind;
	u32 pid;
	u64 at;
	u64 start;
};

#define PATH_BYTES 4096
#define CGROUP_BYTES 1024
#define ARGUMENT_BYTES 65535

// Paths are their components, the last one first, each ended by a zero byte.
struct process_record {
	struct header header;      // 0
	u64 parent_start;          // 24
	u32 parent_pid;            // 32
	u32 uid;                   // 36
	u32 euid;                  // 40
	u32 gid;                   // 44
	u32 session;               // 48
	u32 device;                // 52
	u64 inode;                 // 56
	u64 size;                  // 64
	u64 cgroup;                // 72
	char comm[16];             // 80
	u32 argument_bytes;        // 96, in this record
	u32 argument_total;        // 100, that the process has
	u16 path_bytes;            // 104
	u16 cwd_bytes;             // 106
	u16 cgroup_bytes;          // 108
	u16 cut;                   // 110, 1: a path did not fit
};

struct exec_record {
	struct process_record process;
	char data[2 * PATH_BYTES + CGROUP_BYTES + ARGUMENT_BYTES + 1024];
};

struct exit_record {
	struct header header;
	u64 cpu;                   // 24, microseconds
	u64 peak_pages;            // 32
	u32 status;                // 40, as for wait()
	u32 pad;
};

struct socket_record {
	struct header header;      // 0
	u64 sock;                  // 24
	u64 began;                 // 32, microseconds since boot
	u64 sent;                  // 40
	u64 received;              // 48
	u32 netns;                 // 56
	u16 family;                // 60
	u16 protocol;              // 62
	u16 local_port;            // 64
	u16 remote_port;           // 66
	u8 inbound;                // 68
	u8 answer;                 // 69, of a DNS record
	u16 payload;               // 70, bytes that follow
	u8 local[16];              // 72
	u8 remote[16];             // 88
	u16 remote_family;         // 104: of a datagram, whose address may be IPv4 on a socket of IPv6
	u16 pad[3];                // 106, up to 112
};

#define DNS_BYTES 4096
struct dns_record {
	struct socket_record socket;
	u8 payload[DNS_BYTES];
};
