import { describe, expect, it } from 'vitest'
import { windowOptions } from './window.ts'

// One of these the wrong way round, and whoever gets a script into the page owns the till.
const display = { bounds: { x: 1_920, y: 0, width: 1_080, height: 1_920 } }
const till = windowOptions(
  { preload: '/app/out/preload/preload.cjs', windowed: false, inspectable: false },
  display,
)

it.each([
  ['sandbox', true],
  ['contextIsolation', true],
  ['webSecurity', true],
  ['safeDialogs', true],
  ['disableDialogs', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInSubFrames', false],
  ['nodeIntegrationInWorker', false],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['webviewTag', false],
  ['navigateOnDragDrop', false],
  ['devTools', false],
  ['plugins', false],
] as const)('%s is %s, said and not left to a default', (name, value) => {
  expect(till.webPreferences?.[name]).toBe(value)
})

it('Chromium’s experiments are off, one by one too', () => {
  expect(till.webPreferences).not.toHaveProperty('enableBlinkFeatures')
  expect(till.webPreferences).not.toHaveProperty('additionalArguments')
  expect(till.webPreferences).not.toHaveProperty('partition')
})

it('a till takes the whole screen and is not seen before it is drawn', () => {
  expect(till).toMatchObject({
    ...display.bounds,
    kiosk: true,
    fullscreen: true,
    show: false,
    autoHideMenuBar: true,
  })
})

it('a countdown goes on behind whatever covers it', () => {
  expect(till.webPreferences?.backgroundThrottling).toBe(false)
})

describe('on a developer’s desk', () => {
  const desk = windowOptions({ preload: '/app/preload.cjs', windowed: true, inspectable: true }, display)

  it('it is a plain window with DevTools', () => {
    expect(desk).not.toHaveProperty('kiosk')
    expect(desk).not.toHaveProperty('fullscreen')
    expect(desk.webPreferences?.devTools).toBe(true)
  })

  it('every wall stands as on a till', () => {
    const { devTools: _, preload: __, ...walls } = desk.webPreferences ?? {}
    expect(till.webPreferences).toMatchObject(walls)
  })
})
