import { fail, ok } from '../../shared/result.ts'
import type { PairedScreens } from '../pairing/pairedScreens.ts'
import type { DeskHandlers } from './desk.ts'

/** Tablets and TVs of the network, for a manager. */
export function screensHandlers(
  screens: PairedScreens,
): Pick<DeskHandlers, 'listScreens' | 'makePairingCode' | 'revokeScreen'> {
  return {
    listScreens: async () => ok(screens.state()),
    makePairingCode: async (wish, { user }) => ok(screens.makeCode(wish, user.userId)),
    revokeScreen: async ({ screenId }, { user }) =>
      (await screens.revoke(screenId, user.userId)) ? ok(screens.state()) : fail({ kind: 'unknownScreen' }),
  }
}
