export interface Module {
  name: string
  size: number
  /** How it taints the kernel: O out of tree, E unsigned, P proprietary, …; empty for none. */
  taints: string
}

/** Reads /proc/modules, without modules that are being loaded or unloaded. */
export function parseModules(text: string): Map<string, Module> {
  const modules = new Map<string, Module>()
  for (const line of text.split('\n')) {
    const [name, size, , , state, , taints = ''] = line.split(' ')
    if (!name || state !== 'Live') continue
    modules.set(name, { name, size: Number(size), taints: taints.replaceAll(/[()]/g, '') })
  }
  return modules
}
