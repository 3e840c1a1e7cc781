import { errors, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import type { Secret } from '../../secret.ts'
import type { scopes } from '../wire.ts'

/**
 * The tokens of account linking (OPA, Account link): HS256 alone, and the key is the API secret, base64-decoded, unlike in the
 * Authorization header. All three of PayPay's SDKs do it so.
 */
export type TokenKeys = { readonly apiSecret: Secret; readonly merchantId: string }

/** What a user is asked for. PayPay's page opens with it and sends the user back to `redirectUrl`. */
export type LinkRequest = {
  /** The merchant's name. */
  readonly issuer: string
  readonly scopes: readonly (typeof scopes)[number][]
  /** Comes back in the answer; keep it until then. */
  readonly nonce: string
  /** HTTPS, and its domain registered with PayPay. */
  readonly redirectUrl: string
  /** The merchant's own id of the user. */
  readonly referenceId: string
  readonly deviceId?: string
  readonly phoneNumber?: string
  /** Epoch s; five minutes from `nowS`, as in PayPay's SDKs, where it is left out. */
  readonly expiresAtS?: number
}

const LINK_TTL_S = 300

/** `nowS`: epoch s. Rejects for a secret that is no base64. */
export async function issueLinkToken(
  { issuer, nonce, redirectUrl, referenceId, expiresAtS, ...rest }: LinkRequest,
  { apiSecret, merchantId }: TokenKeys,
  nowS: number,
): Promise<string> {
  const claims = { ...rest, scope: rest.scopes.join(' '), nonce, redirectUrl, referenceId, scopes: undefined }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(merchantId)
    .setExpirationTime(expiresAtS ?? nowS + LINK_TTL_S)
    .sign(keyOf(apiSecret))
}

const answerClaims = z.looseObject({
  result: z.enum(['succeeded', 'declined', 'bad_request']),
  nonce: z.string(),
  exp: z.int(),
  userAuthorizationId: z.string().optional(),
  referenceId: z.string().optional(),
  /** The user's phone number, masked. */
  profileIdentifier: z.string().optional(),
})
export type LinkAnswer = z.infer<typeof answerClaims>

export type TokenRefused = {
  readonly ok: false
  readonly because: 'signature' | 'algorithm' | 'audience' | 'expired' | 'nonce' | 'form'
  readonly says: string
}

/**
 * Reads the token that PayPay sent the user back with. Believed only if it is signed with our secret by HS256, is meant for this
 * merchant, has not expired at `nowS` (epoch s), and repeats `nonce`, which is ours: PayPay's Node SDK checks the first and the third,
 * with any algorithm. `succeeded` without a userAuthorizationId is refused as well.
 */
export async function readLinkToken(
  token: string,
  { apiSecret, merchantId }: TokenKeys,
  { nonce, nowS }: { readonly nonce: string; readonly nowS: number },
): Promise<{ readonly ok: true; readonly answer: LinkAnswer } | TokenRefused> {
  let payload: unknown
  try {
    const verified = await jwtVerify(token, keyOf(apiSecret), {
      algorithms: ['HS256'],
      audience: merchantId,
      requiredClaims: ['exp', 'aud'],
      currentDate: new Date(nowS * 1000),
    })
    payload = verified.payload
  } catch (error) {
    return refusedToken(whyNot(error))
  }
  const parsed = answerClaims.safeParse(payload)
  if (!parsed.success) return refusedToken('form')
  if (parsed.data.nonce !== nonce) return refusedToken('nonce')
  if (parsed.data.result === 'succeeded' && !parsed.data.userAuthorizationId) return refusedToken('form')
  return { ok: true, answer: parsed.data }
}

function whyNot(error: unknown): TokenRefused['because'] {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'audience'
  return 'form'
}

const sentences: Readonly<Record<TokenRefused['because'], string>> = {
  signature: 'It was not signed with this API secret. Check that key and secret are of the same environment.',
  algorithm: 'It is signed by another algorithm than HS256, which PayPay never uses.',
  audience: 'It is meant for another merchant. Check the merchant id.',
  expired: 'It has expired. Let the user link the account again, and check the clock.',
  nonce: 'Its nonce is not the one that was sent, so it answers another request, or is somebody’s copy.',
  form: 'It is no token of PayPay’s account link, or lacks something that it must have.',
}

function refusedToken(because: TokenRefused['because']): TokenRefused {
  return { ok: false, because, says: `The token is not believed. ${sentences[because]}` }
}

function keyOf(apiSecret: Secret): Uint8Array {
  const key = Buffer.from(apiSecret.reveal(), 'base64')
  if (key.length === 0)
    throw new Error(
      'The API secret holds no base64, so it cannot sign tokens of account linking. Copy it again.',
    )
  return key
}
