/**
 * PayPay's hosts (OPA, Servers), HTTPS on 443, TLS 1.2 or newer with SNI. `sandbox` is what PayPay's SDKs call STAGING. A shop's
 * egress address may have to be allowed by PayPay first.
 */
export const paypayHosts = {
  sandbox: 'https://apigw.sandbox.paypay.ne.jp',
  production: 'https://apigw.paypay.ne.jp',
  /** Only in PayPay's documentation, in none of its SDKs. */
  staging: 'https://apigw.stg.paypay.ne.jp',
  /** Load tests, by appointment with PayPay. */
  perf: 'https://perf-apigw.paypay.ne.jp',
} as const

export type PaypayEnvironment = keyof typeof paypayHosts

/** By the names of PayPay's SDKs, of which STAGING, its sandbox, is the default. */
export const sdkEnvironments = {
  PROD: paypayHosts.production,
  STAGING: paypayHosts.sandbox,
  PERF: paypayHosts.perf,
} as const

export type SdkEnvironment = keyof typeof sdkEnvironments

/** PayPay's older hosts, and what took their place. */
const deprecated: Readonly<Record<string, string>> = {
  'api.paypay.ne.jp': paypayHosts.production,
  'stg-api.sandbox.paypay.ne.jp': paypayHosts.sandbox,
  'stg-api.paypay.ne.jp': paypayHosts.staging,
  'perf-api.paypay.ne.jp': paypayHosts.perf,
}

/**
 * The origin of an address of PayPay's, or of a simulator's. Throws for what is none, and for PayPay's older hosts, which PayPay
 * may switch off in the middle of a sale.
 */
export function checkedOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null
  const sound = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username
  if (!sound)
    throw new Error(`PayPay's address must look like ${paypayHosts.production}, without a path: ${address}`)
  const instead = deprecated[url.hostname]
  if (instead !== undefined)
    throw new Error(`${url.hostname} is a host that PayPay has given up. Use ${instead} instead.`)
  return url.origin
}
