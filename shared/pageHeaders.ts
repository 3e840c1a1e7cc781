/**
 * What a page of ours may do: load what is beside it, and talk to whom `connect` names and nobody else. No text becomes markup or code,
 * whoever puts it together: the page makes its elements one by one (Trusted Types).
 */
function policy(connect: "'self'" | "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

const headers = (connect: "'self'" | "'none'") =>
  ({
    'content-security-policy': policy(connect),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': [
      ...[
        'camera',
        'microphone',
        'geolocation',
        'display-capture',
        'usb',
        'serial',
        'hid',
        'bluetooth',
        'midi',
      ],
      ...['clipboard-read', 'local-fonts', 'window-management', 'idle-detection', 'payment', 'web-share'],
      ...['publickey-credentials-get', 'publickey-credentials-create'],
    ]
      .map(name => `${name}=()`)
      .join(', '),
  }) as const

/** A page that was taken over opens no second window, another program or pointer lock; the desk's dialogs and files stay. */
const SANDBOX = 'sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-downloads'

/** What a host that speaks HTTP says with every answer: its page talks to it. */
export const PAGE_HEADERS = {
  ...headers("'self'"),
  'content-security-policy': `${policy("'self'")}; ${SANDBOX}`,
} as const

/** In a window whose calls go over a bridge: its page talks to nobody. */
export const BRIDGED_PAGE_HEADERS = { ...headers("'none'"), 'cache-control': 'no-store' } as const
