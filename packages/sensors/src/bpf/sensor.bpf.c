// The sensors' programs in the kernel: built by build.ts into sensor.bpf.o, which is loaded as it is (open-object.ts).
// Only raw tracepoints: they need no tracefs, and exist on every kernel with BPF. Should the recorder be killed, its descriptors
// close and the kernel removes all of this: nothing is left to put back.
#include <stdbool.h>
#include "kernel/processes.h"
#include "kernel/calls.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";
