import { expect, test } from 'vitest'
import { containerId } from './container-id.ts'

const id = '3f1c'.repeat(16)
const other = '0a9b'.repeat(16)

test.each([
  [`/system.slice/docker-${id}.scope`, id],
  [`/docker/${id}`, id],
  [`/docker/${id}/docker/${other}`, other],
  [
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod12ab.slice/cri-containerd-${id}.scope`,
    id,
  ],
  [`/kubepods/besteffort/pod5d1c/${id}`, id],
  [`/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:${id}`, id],
  [`/machine.slice/libpod-${id}.scope/container`, id],
  [`/crio-${id}.scope`, id],
  ['/lxc.payload.web1/system.slice/ssh.service', 'web1'],
  ['/lxc/web1', 'web1'],
  ['/machine.slice/systemd-nspawn@build.service/payload', 'build'],
  ['/system.slice/docker.service', ''],
  ['/user.slice/user-0.slice/session-3.scope', ''],
  [`/system.slice/notacontainer${id}.service`, ''],
  ['/', ''],
  [undefined, ''],
])('%s', (cgroup, expected) => {
  expect(containerId(cgroup)).toBe(expected)
})
