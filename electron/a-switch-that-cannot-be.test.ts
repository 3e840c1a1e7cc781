import { expect, it } from 'vitest'
import { readSwitches, WrongSwitch } from './switches.ts'

// A mistyped command line must not put two screens on one customer, or let training leave the machine.
const KEYS = { KAIKEI_API_KEY: 'key', KAIKEI_API_SECRET: 'canary-secret-word' }
const read = (switches: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = KEYS) =>
  readSwitches(name => switches[name] ?? '', env)

it('without any, the lane is main and the simulator is the built-in one', () => {
  expect(read({}, {})).toEqual({
    lane: 'main',
    secondLane: null,
    importKeys: null,
    display: null,
    memoryCeilingBytes: 1_500 * 1024 * 1024,
    simulator: null,
    mode: null,
  })
})

it('a lane and a simulator on this machine are taken', async () => {
  const { lane, simulator } = read({ lane: 'counter-1', 'paypay-url': 'http://127.0.0.1:4650/x' })
  expect(lane).toBe('counter-1')
  expect(simulator?.apiKey).toBe('key')
  expect(simulator?.revealSecret()).toBe('canary-secret-word')
  expect(JSON.stringify(simulator)).not.toContain('canary-secret-word')
  expect(await simulator?.open()).toEqual({
    paypayUrl: 'http://127.0.0.1:4650',
    phoneUrl: 'http://127.0.0.1:4650/phone',
  })
})

it.each([
  ['a lane with a blank', { lane: 'counter 1' }, /--lane is "counter 1": use 1 to 32 letters/],
  ['a lane that is too long', { lane: 'x'.repeat(33) }, /1 to 32/],
  ['a lane that climbs', { lane: '../main' }, /--lane/],
  ['PayPay itself', { 'paypay-url': 'https://apigw.paypay.ne.jp' }, /on this machine only/],
  ['another machine', { 'paypay-url': 'http://192.168.0.9:4650' }, /on this machine only/],
  [
    'a name that begins like this machine',
    { 'paypay-url': 'http://localhost.example.com' },
    /on this machine only/,
  ],
  ['a file', { 'paypay-url': 'file:///etc/passwd' }, /on this machine only/],
  ['no address', { 'paypay-url': '4650' }, /--paypay-url is "4650"/],
  ['two screens with one name', { lane: 'tv', 'second-lane': 'tv' }, /two screens need two names/],
  ['a second lane that climbs', { 'second-lane': '../x' }, /--second-lane is/],
  ['a display that is none', { display: '0' }, /--display is "0": use a whole number from 1 to 16/],
  [
    'a ceiling in words',
    { 'memory-ceiling': '1GB' },
    /--memory-ceiling is "1GB": use a whole number from 256/,
  ],
  ['a mode that is none', { mode: 'live' }, /--mode is "live": use one of training, sandbox, production/],
  [
    'a simulator for real money',
    { mode: 'production', 'paypay-url': 'http://127.0.0.1:4650' },
    /--paypay-url is for training only, and --mode is production/,
  ],
])('%s is refused, with what belongs there', (_what, switches, says) => {
  expect(() => read(switches)).toThrow(WrongSwitch)
  expect(() => read(switches)).toThrow(says)
})

it.each([{}, { KAIKEI_API_KEY: 'key' }, { KAIKEI_API_SECRET: 'canary-secret-word' }])(
  'a simulator without its key or secret says which variables are meant, and not what is in them',
  env => {
    expect(() => read({ 'paypay-url': 'http://127.0.0.1:4650' }, env)).toThrow(
      /^--paypay-url needs the environment variables KAIKEI_API_KEY and KAIKEI_API_SECRET: [^"]*$/,
    )
  },
)
