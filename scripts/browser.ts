import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { print, run } from './run.ts'

const DEBIAN_CHROMIUM = '/usr/bin/chromium'
const HOW =
  'No Chromium was found. Do one of these: npx playwright install chromium; or install Chromium and Noto CJK fonts (Debian: apt-get install chromium fonts-noto-cjk); or set PLAYWRIGHT_CHROMIUM_PATH.'

/** The browser for tests and pictures; on a Debian machine where we are root it is installed, with the fonts it needs. */
export async function findBrowser(): Promise<{ path: string } | { path: null; says: string }> {
  const found = known()
  if (found) return { path: found }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    print('No Chromium here: installing Debian’s, with Noto CJK fonts.')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], env)
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      env,
    )
  }
  const path = known()
  return path ? { path } : { path: null, says: HOW }
}

/** What the ways out of the kiosk are tried with, where we may install it. */
export async function installKioskTools(): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const tools = ['xvfb', 'openbox', 'xdotool', 'iproute2', 'chromium']
  if (['Xvfb', 'openbox', 'xdotool', 'ip', 'chromium'].every(isThere)) return
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], env)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...tools], env)
}

const isThere = (program: string): boolean =>
  ['/usr/bin', '/bin', '/usr/sbin', '/sbin'].some(folder => existsSync(`${folder}/${program}`))

function known(): string | undefined {
  return [process.env.PLAYWRIGHT_CHROMIUM_PATH, chromium.executablePath(), DEBIAN_CHROMIUM].find(
    path => path && existsSync(path),
  )
}
