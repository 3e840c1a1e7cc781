/** PayPay's hosts (OPA, Servers). The merchant's egress address may have to be allowed by PayPay first. */
export const paypayHosts = {
  sandbox: 'https://apigw.sandbox.paypay.ne.jp',
  production: 'https://apigw.paypay.ne.jp',
} as const
