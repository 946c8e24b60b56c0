// Programs of the Debian machine that tests compare with or drive. Installed where that is allowed, else named.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Which file shows that a package is there; of several, any. */
const wanted = {
  chromium: '/usr/bin/chromium',
  'clamav-daemon': '/usr/sbin/clamd',
  'clamav-testfiles': '/usr/share/clamav-testfiles/clam-upx.exe',
  fdisk: '/usr/sbin/sfdisk',
  iproute2: '/usr/bin/ss',
  libbpf1: ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/libbpf.so.1`),
  openssl: '/usr/bin/openssl',
  procps: '/usr/bin/ps',
  'python3-distlib': '/usr/lib/python3/dist-packages/distlib/w64.exe',
  'python3-pefile': '/usr/lib/python3/dist-packages/pefile.py',
  rpm: '/usr/bin/rpm',
  'util-linux': '/usr/bin/findmnt',
}

/** Installs what is missing; returns the packages that are missing still, and says how to get them. */
export function ensurePackages(say = console.error) {
  const missing = () =>
    Object.keys(wanted).filter((name) => ![wanted[name]].flat().some((path) => existsSync(path)))
  const first = missing()
  if (first.length === 0) return []
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`Installing ${first.join(', ')} …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) =>
      spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], { env, stdio: ['ignore', 2, 2] })
    apt('update')
    apt('install', '-y', '--no-install-recommends', ...first)
  }
  const left = missing()
  if (left.length > 0)
    say(
      `Missing: ${left.join(', ')}. The tests that need them skip; install them with: apt-get install ${left.join(' ')}`,
    )
  return left
}
