import { expect, it } from 'vitest'
import { type TextKey, texts } from './i18n.ts'
import { receiptTexts } from './receipt.ts'

// A customer who chose a language must never meet another one, an empty button, or a sentence with a hole in it.

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\w+\}\}/g)].map(match => match[0]).toSorted()

it.each(['en', 'zh', 'ko'] as const)('says everything in %s, with the same values in it', locale => {
  expect(Object.keys(texts[locale]).toSorted()).toEqual(Object.keys(texts.ja).toSorted())
  for (const [key, text] of Object.entries(texts.ja)) {
    const other = texts[locale][key as TextKey]
    expect(text.trim(), key).not.toBe('')
    expect(other.trim(), key).not.toBe('')
    expect(placeholders(other), key).toEqual(placeholders(text))
  }
})

it('says everything on a receipt in English too, with the same values in it', () => {
  expect(Object.keys(receiptTexts.en)).toEqual(Object.keys(receiptTexts.ja))
  for (const [key, text] of Object.entries(receiptTexts.ja)) {
    const other = receiptTexts.en[key as keyof typeof receiptTexts.ja]
    expect(text.trim(), key).not.toBe('')
    expect(other.trim(), key).not.toBe('')
    expect(placeholders(other), key).toEqual(placeholders(text))
  }
})

it('never says "failed" to a customer', () => {
  expect(Object.values(receiptTexts.en).filter(text => /fail|error/i.test(text))).toEqual([])
  expect(Object.values(receiptTexts.ja).filter(text => /失敗|エラー/.test(text))).toEqual([])
  expect(Object.values(texts.en).filter(text => /fail|error/i.test(text))).toEqual([])
  expect(Object.values(texts.ja).filter(text => /失敗|エラー/.test(text))).toEqual([])
  expect(Object.values(texts.zh).filter(text => /失败|错误/.test(text))).toEqual([])
  expect(Object.values(texts.ko).filter(text => /실패|오류/.test(text))).toEqual([])
})

it('begins each answer about money with the truth about the money', () => {
  const firsts: readonly (readonly [TextKey, RegExp])[] = [
    ['paid.title', /済み/],
    ['unpaid.title', /引かれていません/],
    ['returned.title', /お返し/],
    ['returned.doneTitle', /お返し/],
    ['checking.asking', /確認しています/],
    ['problem.paid', /済んで/],
    ['problem.returning', /お返し/],
    ['problem.unknown', /確認しています/],
    ['notice.closed', /^お金は引かれていません/],
    ['notice.internal', /^お金は引かれていません/],
  ]
  for (const [key, truth] of firsts) expect(texts.ja[key], key).toMatch(truth)
})

it('asks nobody to pay again while it is not known whether they have paid', () => {
  for (const key of ['checking.wait', 'problem.staffUnknown'] as const) {
    expect(texts.ja[key]).toContain('もう一度お支払いに')
    expect(texts.en[key]).toMatch(/don’t pay again/)
  }
})
