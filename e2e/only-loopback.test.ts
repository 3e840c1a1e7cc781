import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { Program, type Ready, startKaikei, tempDir } from './host.ts'
import { Customer } from './kiosk.ts'
import { Paypay } from './paypay.ts'

// In training no byte leaves the machine. The browser's requests are watched in sale.test.ts; this is the host itself.

let dir: ReturnType<typeof tempDir>
test.beforeEach(() => {
  dir = tempDir()
})
test.afterEach(() => dir.remove())

/** The environment of a program that is listened to. */
function watched(): Record<string, string> {
  const recorder = fileURLToPath(new URL('../scripts/only-loopback.mjs', import.meta.url))
  return {
    NODE_OPTIONS: `--import ${JSON.stringify(recorder)}`,
    KAIKEI_DESTINATIONS: dir.file('destinations', ''),
  }
}

function destinations(): string[] {
  return [...new Set(readFileSync(join(dir.path, 'destinations'), 'utf8').split('\n'))].filter(Boolean)
}

test('a whole sale in training: the host connects to its own machine, and to nothing else', async ({
  page,
}) => {
  const host = startKaikei(['--data-dir', join(dir.path, 'data')], watched())
  const { kioskUrl, paypayUrl } = await host.ready<Ready>()
  const customer = new Customer(page)
  await page.goto(kioskUrl)
  await customer.choosesLunch()
  await customer.asksForCode()
  await customer.pays({ paypay: new Paypay(paypayUrl) })
  expect((await host.end()).code).toBe(0)
  expect(destinations()).toEqual(['127.0.0.1'])
})

test('a program that would leave the machine is heard and stopped', async () => {
  const script = dir.file(
    'leaves.mjs',
    `import { lookup } from 'node:dns/promises'
     import { connect } from 'node:net'
     import { createSocket } from 'node:dgram'
     const tries = [
       () => fetch('http://192.0.2.1/'),
       () => connect(443, '192.0.2.2'),
       () => connect({ port: 443, host: '192.0.2.3' }),
       () => lookup('example.invalid'),
       () => createSocket('udp4').send('x', 53, '192.0.2.4'),
     ]
     for (const leave of tries) await (async () => leave())().catch(error => process.stdout.write(\`\${error.cause ?? error}\\n\`))
     process.exit(0)`,
  )
  const { stdout, stderr } = await new Program(script, [], watched()).ended
  expect(stderr).toBe('')
  expect(destinations()).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3', 'example.invalid', 'UDP'])
  expect(stdout.match(/may not leave loopback/g)).toHaveLength(5)
})
