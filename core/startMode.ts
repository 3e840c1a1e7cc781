import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PaypayMode } from '../shared/checkout.ts'
import { FileFault } from './catalogue.ts'
import { defaultSettings, parseSettings, type Settings } from './config.ts'
import { openSqliteLedger } from './ledger/sqlite.ts'

export const settingsFileIn = (dataDir: string): string => join(dataDir, 'settings.json')
export const ledgerFileIn = (dataDir: string, mode: PaypayMode): string =>
  join(dataDir, `ledger-${mode}.sqlite`)

/** The shop's settings, or the defaults where there is no file yet. Throws FileFault. */
export function readSettings(dataDir: string): Settings {
  const file = settingsFileIn(dataDir)
  return existsSync(file) ? parseSettings(readFileSync(file, 'utf8'), file) : defaultSettings
}

export type StartMode = {
  readonly mode: PaypayMode
  /** The desk may change it; false: the command that started the till says it. */
  readonly modeIsSettings: boolean
}

/**
 * The mode to open a till in: the one that was asked for, or the one of its settings. Real money that a start in production left open
 * is settled first: its ledger would lie there unread. So without a wish that start is in production once more, and the till changes
 * over when everything is settled; with another wish it throws FileFault, in words.
 */
export async function startMode(dataDir: string, asked: PaypayMode | null): Promise<StartMode> {
  const wanted = asked ?? readSettings(dataDir).mode
  const modeIsSettings = asked === null
  if (wanted === 'production') return { mode: wanted, modeIsSettings }
  const open = await openIn(dataDir)
  if (open === 0) return { mode: wanted, modeIsSettings }
  if (modeIsSettings) return { mode: 'production', modeIsSettings }
  throw new FileFault(
    `${open} checkout(s) in production are not settled yet, and in ${wanted} nobody would look after them. Start in production (--mode production), wait until the desk shows no open money, and then start in ${wanted}.`,
  )
}

/** Cases count too: their money may have to go back. */
async function openIn(dataDir: string): Promise<number> {
  const file = ledgerFileIn(dataDir, 'production')
  if (!existsSync(file)) return 0
  const ledger = await openSqliteLedger({ file, mode: 'production', readOnly: true, warn: () => undefined })
  try {
    return (await ledger.attention()).openCheckouts
  } finally {
    await ledger.close()
  }
}
