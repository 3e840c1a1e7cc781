import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PaypayMode } from '../shared/checkout.ts'
import { FileFault } from './catalogue.ts'
import { defaultSettings, parseSettings, type Settings } from './config.ts'
import { LedgerBroken } from './ledger/ledger.ts'
import { witnessFile } from './ledger/refusals.ts'
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
  /** Training only: what keeps production's ledger from being looked into. Null: nothing does. */
  readonly production: ProductionFault | null
}

export type ProductionFault = {
  /** What is wrong with it, and what to do. */
  readonly says: string
  /** A start in production would refuse it too, so the desk may not choose one. */
  readonly isRefused: boolean
}

/**
 * The mode to open a till in: the one that was asked for, or the one of its settings. Real money that a start in production left open
 * is settled first: its ledger would lie there unread. So without a wish that start is in production once more, and the till changes
 * over when everything is settled; with another wish it throws FileFault, in words. A ledger of production's that cannot be looked into
 * keeps nobody from training: what is open there can be settled by no start at all before somebody has mended it. Throws LedgerBroken
 * for it where keys of PayPay's are used.
 */
export async function startMode(dataDir: string, asked: PaypayMode | null): Promise<StartMode> {
  const wanted = asked ?? readSettings(dataDir).mode
  const modeIsSettings = asked === null
  if (wanted === 'production') return { mode: wanted, modeIsSettings, production: null }
  const found = await lookAtProduction(dataDir, wanted)
  if (found instanceof LedgerBroken) {
    // A machine in trouble may be well again in a moment, and then the money is found.
    const mayPass = found.what === 'unwritable' || found.what === 'stopped' || found.what === 'inUse'
    if (wanted !== 'training' || mayPass) throw found
    return { mode: wanted, modeIsSettings, production: faultOf(found) }
  }
  if (found === 0) return { mode: wanted, modeIsSettings, production: null }
  if (modeIsSettings) return { mode: 'production', modeIsSettings, production: null }
  throw new FileFault(
    `${found} checkout(s) in production are not settled yet, and in ${wanted} nobody would look after them. Start in production (--mode production), wait until the desk shows no open money, and then start in ${wanted}.`,
  )
}

/** How many checkouts are not settled, cases too: their money may have to go back. Or why that cannot be known. */
async function lookAtProduction(dataDir: string, wanted: PaypayMode): Promise<number | LedgerBroken> {
  const file = ledgerFileIn(dataDir, 'production')
  // One that is gone leaves a witness, and a start in production is refused.
  const wasThere = wanted === 'training' && existsSync(witnessFile(file))
  if (!existsSync(file) && !wasThere) return 0
  try {
    const ledger = await openSqliteLedger({ file, mode: 'production', readOnly: true, warn: () => undefined })
    try {
      return (await ledger.attention()).openCheckouts
    } finally {
      await ledger.close()
    }
  } catch (error) {
    if (error instanceof LedgerBroken) return error
    throw error
  }
}

function faultOf({ what, message }: LedgerBroken): ProductionFault {
  // A start in production folds its rows again, and then settles what is open: that is what it needs.
  if (what === 'olderRows')
    return {
      isRefused: false,
      says: `This till trains, and whether money is still open in production was not seen: ${message}`,
    }
  return {
    isRefused: true,
    says: `This till can train, and cannot change to production: ${message} Then start Kaikei again.`,
  }
}
