import { openBpf } from '../bpf/open-bpf.ts'
import type { Source } from '../source.ts'

/** Programs in the kernel that tell of processes, connections and DNS as they happen: nothing is too short-lived for them. */
const bpf: Source = {
  name: 'bpf',
  layers: ['process', 'network', 'dns'],
  rank: 100,
  limits: [],
  async open(context, layers) {
    return openBpf(context, layers)
  },
}
export default bpf
