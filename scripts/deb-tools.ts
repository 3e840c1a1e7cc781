import { spawnSync } from 'node:child_process'

const TOOLS = [
  'dpkg',
  'dpkg-deb',
  'chroot',
  'setpriv',
  'systemctl',
  'systemd-sysusers',
  'systemd-notify',
  'perl',
]

/**
 * Why the package `kaikei-server` cannot be made and installed here, or null: it can. It is installed under a folder of its own, for which
 * root and Debian's own programs are needed; nothing of the machine is touched.
 */
export function whyNoDeb(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'this is not Linux on x64'
  const missing = TOOLS.filter(tool => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
  if (missing.length > 0) return `there is no ${missing.join(', ')}`
  if (process.getuid?.() !== 0) return 'only root may install under another root'
  return null
}

/** For the summary of all tests, where they did not see it. */
export function debLine(): string | null {
  const why = whyNoDeb()
  return why === null ? null : `kaikei-server.deb: not run, ${why}`
}
