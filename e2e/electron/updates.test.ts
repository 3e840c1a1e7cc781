import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '../kiosk.ts'
import { Kiosk, test } from './kiosk.ts'

// A new version has come in the night. What the built bundle does at its starts; that Electron's program starts at all is not seen here.

const FROM = '0.1.0'
const TO = '0.2.0'

test('a version that is not well at its third start gives way to the one before it, which sells', async () => {
  const kiosk = new Kiosk()
  const image = join(kiosk.userDataDir, 'Kaikei.AppImage')
  writeFileSync(image, TO)
  writeFileSync(`${image}.previous`, FROM)
  const trial = { at: 'trial', from: FROM, to: TO, starts: 2 }
  mkdirSync(join(kiosk.userDataDir, 'till'))
  kiosk.spoil(
    'updates.json',
    JSON.stringify({ format: 1, stage: trial, bad: [], attempts: null, last: null }),
  )
  const record = () => JSON.parse(readFileSync(join(kiosk.userDataDir, 'till/updates.json'), 'utf8'))
  const start = (version: string) =>
    kiosk.start({ env: { APPIMAGE: image, KAIKEI_STANDIN_VERSION: version } })
  try {
    await start(TO)
    expect(record().stage).toEqual({ ...trial, starts: 3 })
    await kiosk.standin.kill()

    const ended = await start(TO).catch(String)
    expect(ended).toContain('main ended with 0 before its window was there')
    expect(ended).toContain('{"relaunch":true}')
    // Nothing of the till was opened by then.
    expect(ended).not.toContain('the till is open')
    expect(readFileSync(image, 'utf8')).toBe(FROM)

    await start(FROM)
    await expect(kiosk.page.getByRole('heading').first()).toBeVisible()
    expect(record()).toMatchObject({
      stage: { at: 'resting' },
      bad: [TO],
      last: { end: 'rolledBack', version: TO },
    })
  } finally {
    await kiosk.end()
  }
})

test('tried before it is put in, a version says which it is and opens nothing', async () => {
  const kiosk = new Kiosk()
  try {
    const ended = await kiosk
      .start({ args: ['--update-probe'], env: { KAIKEI_STANDIN_VERSION: TO } })
      .catch(String)
    expect(ended).toContain(`main ended with 0 before its window was there: kaikei ${TO} starts here\n`)
    expect(() => readFileSync(join(kiosk.userDataDir, 'till/updates.json'))).toThrow('ENOENT')
  } finally {
    await kiosk.end()
  }
})
