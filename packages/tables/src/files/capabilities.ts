/** Names of linux/capability.h, by their number. */
const names =
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'.split(
    ' ',
  )
const effective = 1
/** Bytes of the versions that have 32 and 64 bits of permitted and of inheritable rights. */
const short = 12
const long = 20

/** What `security.capability` grants, as libcap writes it: `= cap_net_admin,cap_net_raw+eip`. Undefined for what is none. */
export function capabilityText(value: Buffer): string | undefined {
  if (value.length < short) return undefined
  const all = value.readUInt32LE(0) & effective ? 'e' : ''
  const words = value.length < long ? 1 : 2
  const groups = new Map<string, string[]>()
  for (let number = 0; number < words * 32; number += 1) {
    const has = (at: number) => ((value.readUInt32LE(4 + (number >> 5) * 8 + at) >>> (number & 31)) & 1) === 1
    const [permitted, inheritable] = [has(0), has(4)]
    if (!permitted && !inheritable) continue
    const flags = `${all}${inheritable ? 'i' : ''}${permitted ? 'p' : ''}`
    const name = names[number] ? `cap_${names[number]}` : String(number)
    groups.set(flags, [...(groups.get(flags) ?? []), name])
  }
  const texts = [...groups].map(([flags, list]) => `${list.join(',')}+${flags}`)
  return ['=', ...texts].join(' ')
}
