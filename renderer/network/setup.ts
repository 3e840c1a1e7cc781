import type { PairingRefusal } from '../../shared/screens.ts'
import { DELAYS } from '../checkout/delays.ts'

/** What the pages of a screen that is not paired yet ask of the till. None of it rejects. */
export type SetupHost = {
  pair(code: string): Promise<'paired' | PairingRefusal | { readonly kind: 'away' }>
  /** Of the authority that the till made; null: it uses the operator's own certificate; undefined: the till has not said. */
  fingerprint(): Promise<string | null | undefined>
}

export const setupOverHttp: SetupHost = {
  async pair(code) {
    try {
      const response = await fetch('/pair', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
        cache: 'no-store',
        signal: AbortSignal.timeout(DELAYS.callMs),
      })
      const answer = (await response.json()) as { ok?: boolean; failure?: PairingRefusal }
      return answer.ok ? 'paired' : (answer.failure ?? { kind: 'away' })
    } catch {
      return { kind: 'away' }
    }
  },
  async fingerprint() {
    try {
      const response = await fetch('/authority.json')
      return ((await response.json()) as { fingerprint: string | null }).fingerprint
    } catch {
      return undefined
    }
  },
}
