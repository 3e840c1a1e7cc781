import type { Locale } from '../../shared/checkout.ts'

const figures = new Intl.NumberFormat('ja-JP')
const japaneseTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** ¥1,240 */
export function inYen(amount: number): string {
  return `¥${figures.format(amount)}`
}

/** `2026-11-25` as 2026年11月25日, or as it is for those who would not read that. */
export function inDays(date: string, locale: Locale): string {
  const [year, month, day] = date.split('-')
  return locale === 'ja' ? `${year}年${Number(month)}月${Number(day)}日` : date
}

/** The minute in Japan, whatever the machine believes its zone to be. */
export function inMinutes(atMs: number, locale: Locale): string {
  const [date = '', time = ''] = japaneseTime.format(atMs).split(' ')
  return `${inDays(date, locale)} ${time}`
}
