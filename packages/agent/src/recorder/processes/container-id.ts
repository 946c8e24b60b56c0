/**
 * How container engines name the control group of a container: `docker-<id>.scope`, `/docker/<id>`, `cri-containerd-<id>.scope`,
 * `crio-<id>.scope`, `libpod-<id>.scope`, `/kubepods/…/<id>`: always 64 hex digits. LXC and systemd-nspawn use names.
 */
const hexId = /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?(?=\/|$)/g
const named =
  /(?:^|\/)(?:lxc(?:\.payload)?[./]|machine\.slice\/systemd-nspawn@|machine\.slice\/machine-)([^/]+)/

/** Returns the id of the innermost container that a control group belongs to; empty outside of one. */
export function containerId(cgroup: string | undefined): string {
  if (!cgroup || cgroup === '/') return ''
  const last = [...cgroup.matchAll(hexId)].at(-1)
  if (last) return last[1]!
  const name = named.exec(cgroup)?.[1]
  return name ? name.replace(/\.(service|scope)$/, '') : ''
}
