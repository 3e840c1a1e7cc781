/**
 * PayPay's hosts (OPA, Servers), HTTPS on 443, TLS 1.2 or newer with SNI. `sandbox` is what PayPay's SDKs call STAGING.
 * The older hosts (api.paypay.ne.jp and its kin) are deprecated. A shop's egress address may have to be allowed by PayPay
 * first.
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
