import { scopes } from '../../core/paypay/wire.ts'
import type { Book, Change } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { randomUuid } from '../random.ts'
import { recordOf, recordsOf } from '../records.ts'
import { failure, success } from '../results.ts'
import { maskedPhone, renewed } from './authorizations.ts'
import { readJwt, signedJwt } from './jwt.ts'
import { userOf } from './users.ts'

/** A merchant's wish to be linked with a user, open until somebody answers it. */
export type LinkSession = {
  readonly id: string
  readonly scopes: readonly string[]
  readonly nonce: string
  readonly referenceId: string
  readonly redirectUrl: string
  readonly createdAtMs: number
  /** Epoch seconds. */
  readonly expiresAtS: number
  readonly answer: 'succeeded' | 'declined' | null
  readonly answeredAtMs: number | null
  readonly userAuthorizationId: string | null
}

/** POST /v1/qr/sessions: 201 with the address at which a user links or declines. */
export function createLinkSession(body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const wanted = fields.words('scopes', scopes)
  const nonce = fields.requiredText('nonce')
  const redirectUrl = fields.requiredText('redirectUrl')
  const referenceId = fields.requiredText('referenceId')
  const redirectType = fields.oneOf('redirectType', ['WEB_LINK', 'APP_DEEP_LINK']) ?? 'WEB_LINK'
  for (const name of ['phoneNumber', 'deviceId', 'userAgent']) fields.text(name)
  const problem = fields.problem()
  if (problem) return says(problem)
  if (redirectType === 'WEB_LINK' && !isRedirectAllowed(redirectUrl, at))
    return says(
      failure('INVALID_REQUEST_PARAMS', 'redirectUrl has to be an https address of a registered domain'),
    )
  const session = freshSession({ scopes: wanted, nonce, referenceId, redirectUrl }, at)
  return says(success(201, { linkQRCodeURL: sessionUrl(session, at) }), {
    kind: 'linkSession',
    record: session,
  })
}

/** GET /v2/user_authorization: the older way, by a token that the merchant has signed. A browser is sent on to the page. */
export function legacyAuthorization(query: Readonly<Record<string, string>>, at: Surroundings): Ruling {
  const secret = at.keys?.apiSecret
  if (at.switches.legacyAuthorization === 'gone' || secret === undefined)
    return says(failure('RESOURCE_NOT_FOUND'))
  if (query.apiKey !== at.keys?.apiKey) return says(failure('UNAUTHORIZED'))
  const token = query.requestToken ?? query.responseToken
  if (token === undefined) return says(failure('MISSING_REQUEST_PARAMS', 'requestToken'))
  const claims = readJwt(token, secret, at.nowMs)
  if (claims === null) return says(failure('INVALID_REQUEST_PARAMS', 'the token is not signed, or is over'))
  if (query.requestToken === undefined) return says(success(200, claims))
  const fields = readFields(claims, at.switches)
  const [scope, nonce] = [fields.requiredText('scope'), fields.requiredText('nonce')]
  const [redirectUrl, referenceId] = [fields.requiredText('redirectUrl'), fields.requiredText('referenceId')]
  const problem = fields.problem()
  if (problem) return says(problem)
  const session = freshSession({ scopes: scope.split(/[ ,]+/), nonce, referenceId, redirectUrl }, at)
  const location = sessionUrl(session, at)
  const said = { ...success(200, null), status: 302, headers: { location } }
  return says(said, { kind: 'linkSession', record: session })
}

export function isSessionOpen(session: LinkSession, nowMs: number): boolean {
  return session.answer === null && nowMs < session.expiresAtS * 1_000
}

/** What a user's answer changes, and where their browser goes then. */
export function answerLink(
  book: Book,
  session: LinkSession,
  userId: string | null,
  at: Surroundings,
): { readonly changes: readonly Change[]; readonly redirectUrl: string } {
  const user = userId === null ? null : userOf(book, userId)
  const earlier = recordsOf(book, 'userAuthorization').find(
    one => one.userId === userId && one.revokedAtMs === null && at.switches.relink === 'sameId',
  )
  const authorization =
    user === null
      ? null
      : renewed(
          earlier ?? null,
          {
            id: randomUuid(at.random),
            userId: user.id,
            scopes: session.scopes,
            referenceId: session.referenceId,
          },
          at,
        )
  const result = user === null ? 'declined' : 'succeeded'
  const claims = {
    aud: at.keys?.merchantId ?? '',
    iss: 'paypay.ne.jp',
    exp: epochS(at.nowMs) + 300,
    result,
    ...(user && { profileIdentifier: maskedPhone(user) }),
    nonce: session.nonce,
    ...(authorization && { userAuthorizationId: authorization.id }),
    referenceId: session.referenceId,
  }
  const record: LinkSession = {
    ...session,
    answer: result,
    answeredAtMs: at.nowMs,
    userAuthorizationId: authorization?.id ?? null,
  }
  return {
    changes: [
      { kind: 'linkSession', record },
      ...(authorization ? [{ kind: 'userAuthorization', record: authorization } as const] : []),
    ],
    redirectUrl: withQuery(session.redirectUrl, {
      apiKey: at.keys?.apiKey ?? '',
      responseToken: signedJwt(claims, at.keys?.apiSecret ?? ''),
    }),
  }
}

export function linkSessionOf(book: Book, id: string): LinkSession | null {
  return recordOf(book, 'linkSession', id)
}

function freshSession(
  wish: Pick<LinkSession, 'scopes' | 'nonce' | 'referenceId' | 'redirectUrl'>,
  at: Surroundings,
): LinkSession {
  return {
    ...wish,
    id: randomUuid(at.random),
    createdAtMs: at.nowMs,
    expiresAtS: epochS(at.nowMs) + at.switches.linkLifetimeS,
    answer: null,
    answeredAtMs: null,
    userAuthorizationId: null,
  }
}

function sessionUrl({ id }: LinkSession, at: Surroundings): string {
  return `${at.phoneUrl ?? 'https://www.sandbox.paypay.ne.jp/app/opa/user_authorization'}/wallet?ask=${id}`
}

/** An address of this machine may be plain http, where a merchant's server runs beside the simulator. */
function isRedirectAllowed(address: string, at: Surroundings): boolean {
  const url = URL.parse(address)
  const isHere = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  return url?.protocol === 'https:' || (isHere && at.switches.redirectUrl === 'httpsOrLoopback')
}

function withQuery(address: string, more: Readonly<Record<string, string>>): string {
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(more)}`
}
