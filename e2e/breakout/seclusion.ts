import { spawnSync } from 'node:child_process'

const TOOLS = ['unshare', 'ip', 'mount', 'setpriv', 'Xvfb', 'openbox', 'xdotool', 'chromium']
/** A mount table, a network and processes of its own: other browsers of this machine see neither the policies nor the till's port. */
const OWN = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']

/** Why the ways out cannot be tried here, or null: they can. */
export function whyNoBreakout(): string | null {
  if (process.platform !== 'linux') return 'this is not Linux'
  const missing = TOOLS.filter(tool => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
  if (missing.length > 0)
    return `there is no ${missing.join(', ')} (Debian: apt-get install chromium xvfb openbox xdotool iproute2)`
  if (process.getuid?.() !== 0) return 'only root may give it a network and a mount table of its own'
  if (spawnSync('unshare', [...OWN, 'true']).status !== 0)
    return 'this machine gives out no network and mount table of their own (unshare)'
  return null
}

/** The command that starts a program where nothing is there but it and its children, which end with it. */
export function secluded(command: readonly string[]): readonly string[] {
  return ['unshare', ...OWN, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command]
}
