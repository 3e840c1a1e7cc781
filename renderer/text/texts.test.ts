import { expect, it } from 'vitest'
import { texts } from './i18n.ts'

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\w+\}\}/g)].map(match => match[0]).toSorted()

it.each(['en', 'zh', 'ko'] as const)('says everything in %s, with the same values in it', locale => {
  for (const [key, text] of Object.entries(texts.ja)) {
    const other = texts[locale][key as keyof typeof texts.ja]
    expect(other.trim(), key).not.toBe('')
    expect(placeholders(other), key).toEqual(placeholders(text))
  }
})

it('never says "failed" to a customer', () => {
  expect(Object.values(texts.en).filter(text => /fail|error/i.test(text))).toEqual([])
  expect(Object.values(texts.ja).filter(text => /失敗|エラー/.test(text))).toEqual([])
})
