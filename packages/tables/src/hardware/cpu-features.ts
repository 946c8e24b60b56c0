/** One bit that the instruction CPUID gives, and the flag of /proc/cpuinfo that says the same. */
export interface CpuFeature {
  name: string
  leaf: number
  register: 'ebx' | 'ecx' | 'edx'
  bit: number
  /** Undefined where the kernel shows none. */
  flag: string | undefined
}

/**
 * Names by bit, from 0 on; a dash for one without a name. `name=flag` where /proc/cpuinfo calls it otherwise, `name=` where it does
 * not show it. From Intel's manual, volume 2A, CPUID, and the kernel's list of flags.
 */
const registers = [
  {
    leaf: 1,
    register: 'ecx',
    names:
      'sse3=pni pclmulqdq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 cid sdbg fma cx16 xtpr pdcm - pcid dca sse4.1=sse4_1 sse4.2=sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave osxsave= avx f16c rdrand hypervisor',
  },
  {
    leaf: 1,
    register: 'edx',
    names:
      'fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse36 psn=pn clflush - ds=dts acpi mmx fxsr sse sse2 ss htt=ht tm ia64 pbe',
  },
  {
    leaf: 7,
    register: 'ebx',
    names:
      'fsgsbase tsc_adjust sgx bmi1 hle avx2 - smep bmi2 erms invpcid rtm cqm - mpx rdt_a avx512f avx512dq rdseed adx smap avx512ifma - clflushopt clwb intel_pt avx512pf avx512er avx512cd sha_ni avx512bw avx512vl',
  },
  { leaf: 7, register: 'ecx', names: '- avx512vbmi umip pku ospke' },
] as const

/** Every feature that is known by name. */
export const cpuFeatures: readonly CpuFeature[] = registers.flatMap(({ leaf, register, names }) =>
  names.split(' ').flatMap((word, bit) => {
    const [name = '', flag = name] = word.split('=')
    return name === '-' ? [] : [{ name, leaf, register, bit, flag: flag || undefined }]
  }),
)
