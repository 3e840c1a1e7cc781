import { expect, it } from 'vitest'
import { DangerousStart, dangersOf, type ProgramStart, refuseDangers } from './dangers.ts'

// Whoever can add a word to the start of the till could read PayPay's keys or stand between it and PayPay.
const clean: ProgramStart = {
  env: { PATH: '/usr/bin', HOME: '/home/kaikei', NODE_TLS_REJECT_UNAUTHORIZED: '1', HTTPS_PROXY: '' },
  execArgv: ['--max-old-space-size=512'],
  argv: ['node', 'server/main.ts', '--mode', 'production', '--no-open', '--lane=proxy', '/etc/proxy-server'],
}
const set = (name: string, value = 'hunter2') => ({ ...clean, env: { ...clean.env, [name]: value } })
const node = (...execArgv: string[]) => ({ ...clean, execArgv })
const line = (...argv: string[]) => ({ ...clean, argv: [...clean.argv, ...argv] })

it.each<[string, ProgramStart, RegExp]>([
  ['NODE_OPTIONS', set('NODE_OPTIONS'), /brings other code/],
  ['NODE_PATH', set('NODE_PATH'), /brings other code/],
  ['NODE_COMPILE_CACHE', set('NODE_COMPILE_CACHE'), /brings other code/],
  ['LD_PRELOAD', set('LD_PRELOAD'), /brings other code/],
  ['OPENSSL_CONF', set('OPENSSL_CONF'), /brings other code/],
  ['NODE_USE_SYSTEM_CA', set('NODE_USE_SYSTEM_CA'), /pass for PayPay/],
  ['--openssl-config', node('--openssl-config=x.cnf'), /brings other code/],
  ['--heapsnapshot-signal', node('--heapsnapshot-signal=SIGUSR2'), /debugger/],
  ['ELECTRON_RUN_AS_NODE', set('ELECTRON_RUN_AS_NODE', '1'), /brings other code/],
  ['NODE_TLS_REJECT_UNAUTHORIZED', set('NODE_TLS_REJECT_UNAUTHORIZED', '0'), /pass for PayPay/],
  ['NODE_EXTRA_CA_CERTS', set('NODE_EXTRA_CA_CERTS'), /pass for PayPay/],
  ...['HTTP_PROXY', 'https_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'].map(
    name => [name, set(name), /over somebody else/] as [string, ProgramStart, RegExp],
  ),
  ['SSLKEYLOGFILE', set('SSLKEYLOGFILE'), /writes down what is sent/],
  ['NODE_DEBUG', set('NODE_DEBUG', 'tls'), /writes down what is sent/],
  ['--import', node('--import', './x.mjs'), /brings other code/],
  ['--require', node('--require=./x.cjs'), /brings other code/],
  ['-r', node('-r', './x.cjs'), /brings other code/],
  ['--loader', node('--loader', './x.mjs'), /brings other code/],
  ['--experimental_loader', node('--experimental_loader=./x.mjs'), /brings other code/],
  ['--env-file', node('--env-file=.env'), /brings other code/],
  ['--inspect', node('--inspect'), /a debugger/],
  ['--inspect-brk', node('--inspect-brk=0.0.0.0:9229'), /a debugger/],
  ['--use-openssl-ca', node('--use-openssl-ca'), /pass for PayPay/],
  ['--tls-keylog', node('--tls-keylog=/tmp/keys'), /writes down what is sent/],
  ['--use-env-proxy', node('--use-env-proxy'), /over somebody else/],
  ['--inspect', line('--inspect=9229'), /a debugger/],
  ['--remote-debugging-port', line('--remote-debugging-port=9222'), /a debugger/],
  ['-remote-debugging-pipe', line('-remote-debugging-pipe'), /a debugger/],
  ['/remote-debugging-port', line('/remote-debugging-port=1'), /a debugger/],
  ['--js-flags', line('--js-flags=--expose-gc'), /brings other code/],
  ['--load-extension', line('--load-extension=/tmp/x'), /brings other code/],
  ['--proxy-server', line('--proxy-server=http://hunter2@x'), /over somebody else/],
  ['--proxy-pac-url', line('--proxy-pac-url=http://x'), /over somebody else/],
  ['--host-resolver-rules', line('--host-resolver-rules=MAP * 1.2.3.4'), /over somebody else/],
  ['--ignore-certificate-errors', line('--ignore-certificate-errors'), /pass for PayPay/],
  [
    '--Ignore-Certificate-Errors-spki-list',
    line('--Ignore-Certificate-Errors-spki-list=x'),
    /pass for PayPay/,
  ],
  ['--no-sandbox', line('--no-sandbox'), /takes a wall away/],
  ['--disable-setuid-sandbox', line('--disable-setuid-sandbox'), /takes a wall away/],
  ...['seccomp-filter', 'namespace', 'gpu', 'some-later'].map(
    kind =>
      [`--disable-${kind}-sandbox`, line(`--disable-${kind}-sandbox`), /takes a wall away/] as [
        string,
        ProgramStart,
        RegExp,
      ],
  ),
  ['--disable-sandbox', line('--disable-sandbox'), /takes a wall away/],
  ['--allow-sandbox-debugging', line('--allow-sandbox-debugging'), /a debugger/],
  ['--disable-web-security', line('--disable-web-security'), /takes a wall away/],
])(
  '%s is refused where money is real, by name and without its value, and told in training',
  (name, start, why) => {
    const dangers = dangersOf(start)
    expect(dangers).toHaveLength(1)
    expect(dangers[0]).toMatch(why)
    const warned: string[] = []
    const log = { warn: (_event: object, says: string) => void warned.push(says) }
    for (const mode of ['sandbox', 'production'] as const) {
      const begin = () => refuseDangers(start, mode, log)
      expect(begin).toThrow(DangerousStart)
      expect(begin).toThrow(`In ${mode} the till does not start like this. ${name} is `)
      expect(begin).not.toThrow(/hunter2/)
    }
    expect(warned).toEqual([])
    refuseDangers(start, 'training', log)
    expect(warned).toEqual([expect.stringContaining(`${name} is `)])
  },
)

it('an ordinary start is let through, also with names that only look like it', () => {
  expect(dangersOf(clean)).toEqual([])
  expect(() => refuseDangers(clean, 'production', { warn: () => expect.unreachable() })).not.toThrow()
})

it('of several, each is told', () => {
  expect(dangersOf({ ...set('NODE_OPTIONS'), argv: ['--no-sandbox', '--no-sandbox'] })).toHaveLength(2)
})
