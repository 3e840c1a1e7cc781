import type { PaypayMode } from '../shared/checkout.ts'
import type { Log } from './log.ts'

/** How a process was started, as `process` knows it; given in, so that a test can tell any tale. */
export type ProgramStart = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Node's own options. */
  readonly execArgv: readonly string[]
  /** Whatever else stood on the command line; in Electron that is where Chromium's switches are. */
  readonly argv: readonly string[]
}

/** Something could read the keys, or stand between the till and PayPay. `message` names it and says what to do. */
export class DangerousStart extends Error {}

const WHY = {
  code: 'it brings other code into the till',
  debugger: 'it lets a debugger read the till’s memory, PayPay’s keys too',
  tls: 'it lets somebody else pass for PayPay',
  proxy: 'it sends what is meant for PayPay over somebody else',
  walls: 'it takes a wall away from around the page',
  words: 'it writes down what is sent to PayPay',
} as const
type Why = keyof typeof WHY

/** By name; a name that is set to nothing does nothing. */
const VARIABLES: Readonly<Record<string, Why>> = {
  NODE_OPTIONS: 'code',
  NODE_PATH: 'code',
  NODE_COMPILE_CACHE: 'code',
  LD_PRELOAD: 'code',
  LD_AUDIT: 'code',
  OPENSSL_CONF: 'code',
  OPENSSL_MODULES: 'code',
  ELECTRON_RUN_AS_NODE: 'code',
  NODE_INSPECT_RESUME_ON_START: 'debugger',
  NODE_EXTRA_CA_CERTS: 'tls',
  NODE_USE_SYSTEM_CA: 'tls',
  SSLKEYLOGFILE: 'words',
  NODE_DEBUG: 'words',
  HTTP_PROXY: 'proxy',
  HTTPS_PROXY: 'proxy',
  ALL_PROXY: 'proxy',
  NODE_USE_ENV_PROXY: 'proxy',
}

/** By the beginning of the name: `inspect` is `--inspect`, `--inspect=…` and `--inspect-brk`. */
const OPTIONS: readonly (readonly [pattern: RegExp, why: Why])[] = [
  [/^(--import|--require|-r|--loader|--experimental-loader|--env-file(-if-exists)?|--js-flags)$/, 'code'],
  [/^(--load-extension|--disable-extensions-except)$/, 'code'],
  [
    /^--(openssl-config|openssl-shared-config|experimental-config-file|experimental-default-config-file)$/,
    'code',
  ],
  [/^--((renderer|utility|gpu|zygote|ppapi-plugin)-cmd-prefix|gpu-launcher|utility-and-browser)$/, 'code'],
  [
    /^--(heapsnapshot-signal|heapsnapshot-near-heap-limit|heap-prof|report-on-signal|report-uncaught-exception)$/,
    'debugger',
  ],
  [/^--(inspect|debug|remote-debugging|remote-allow-origins)(-.*)?$/, 'debugger'],
  [/^--allow-sandbox-debugging$/, 'debugger'],
  [
    /^(--ignore-certificate-errors(-.*)?|--allow-insecure-localhost|--use-openssl-ca|--use-system-ca)$/,
    'tls',
  ],
  [/^--tls-(min-v1\.[01]|max-v1\.[01]|cipher-list)$/, 'tls'],
  [/^--(proxy-.*|use-env-proxy|host-rules|host-resolver-rules)$/, 'proxy'],
  [
    /^--(single-process|in-process-gpu|no-sandbox|disable-([a-z-]+-)?sandbox|disable-web-security|no-zygote)$/,
    'walls',
  ],
  [
    /^--(disable-site-isolation-trials|allow-running-insecure-content|allow-file-access-from-files)$/,
    'walls',
  ],
  [/^--(tls-keylog|ssl-key-log-file|log-net-log|trace-tls)$/, 'words'],
]

/** What of this start no till with real money may have: a sentence each. No value is quoted, since a proxy's may hold a password. */
export function dangersOf({ env, execArgv, argv }: ProgramStart): readonly string[] {
  const inEnvironment = Object.entries(env).flatMap(([name, value]) => {
    if (!value) return []
    // Proxies are read in both spellings, and Windows knows none.
    const known = name.toUpperCase()
    if (known === 'NODE_TLS_REJECT_UNAUTHORIZED')
      return value === '0' ? [sentence(name, 'in the environment', 'tls')] : []
    const why = Object.hasOwn(VARIABLES, known) ? VARIABLES[known] : undefined
    return why ? [sentence(name, 'in the environment', why)] : []
  })
  const onCommandLine = [...execArgv, ...argv].flatMap(argument => {
    // Chromium takes one hyphen for two, and on Windows a slash; Node takes an underscore for a hyphen.
    const [written = ''] = argument.split('=', 1)
    const name = written.toLowerCase().replaceAll('_', '-')
    const known = name === '-r' ? name : name.replace(/^(--?|\/)(?=[a-z])/, '--')
    const found = OPTIONS.find(([pattern]) => pattern.test(known))
    return found ? [sentence(written, 'on the command line', found[1])] : []
  })
  return [...new Set([...inEnvironment, ...onCommandLine])]
}

function sentence(name: string, where: string, why: Why): string {
  return `${name} is ${where}: ${WHY[why]}.`
}

/** With PayPay's own hosts the till does not start like this: throws DangerousStart. In training it is only told. */
export function refuseDangers(start: ProgramStart, mode: PaypayMode, log: Pick<Log, 'warn'>): void {
  const dangers = dangersOf(start)
  if (dangers.length === 0) return
  const says = dangers.join(' ')
  if (mode === 'training') {
    log.warn({}, `${says} In sandbox and production the till would not start.`)
    return
  }
  throw new DangerousStart(
    `In ${mode} the till does not start like this. ${says} Take that away and start again; training (--mode training) allows it.`,
  )
}
