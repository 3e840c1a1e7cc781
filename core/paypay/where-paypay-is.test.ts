import { expect, it } from 'vitest'
import { checkedOrigin, paypayHosts, sdkEnvironments } from './hosts.ts'

it('knows PayPay’s environments by the names of its SDKs', () => {
  expect(sdkEnvironments).toEqual({
    PROD: 'https://apigw.paypay.ne.jp',
    STAGING: 'https://apigw.sandbox.paypay.ne.jp',
    PERF: 'https://perf-apigw.paypay.ne.jp',
  })
  for (const host of Object.values(paypayHosts)) expect(checkedOrigin(host)).toBe(host)
})

it.each([
  ['https://api.paypay.ne.jp', 'https://apigw.paypay.ne.jp'],
  ['https://API.PayPay.ne.jp/', 'https://apigw.paypay.ne.jp'],
  ['https://stg-api.sandbox.paypay.ne.jp', 'https://apigw.sandbox.paypay.ne.jp'],
  ['https://stg-api.paypay.ne.jp', 'https://apigw.stg.paypay.ne.jp'],
  ['https://perf-api.paypay.ne.jp', 'https://perf-apigw.paypay.ne.jp'],
])('refuses %s, which PayPay has given up', (old, current) => {
  expect(() => checkedOrigin(old)).toThrow(`is a host that PayPay has given up. Use ${current} instead.`)
})

it.each([
  'paypay',
  'ftp://apigw.paypay.ne.jp',
  'https://apigw.paypay.ne.jp/v2',
  'https://u:p@apigw.paypay.ne.jp',
])('refuses %s, which is no address of PayPay’s', address => {
  expect(() => checkedOrigin(address)).toThrow('must look like https://apigw.paypay.ne.jp')
})
