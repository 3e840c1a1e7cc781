import type { AttendantInputOf, AttendantMethod, AttendantOutputOf } from '../../shared/attendant.ts'
import type { LaneView, PaypayMode, Shop } from '../../shared/checkout.ts'
import type { DeskCheckout, DeskFailure, DeskRow, DeskState, DeskUser, Session } from '../../shared/desk.ts'
import { type Yen, yen } from '../../shared/money.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { CheckoutFact } from '../checkout/facts.ts'
import { type CheckoutState, fold } from '../checkout/payment.ts'
import type { PlacedFact } from '../checkout/proof.ts'
import type { CheckoutService } from '../checkout/service.ts'
import type { Clock } from '../clock.ts'
import type { Settings } from '../config.ts'
import { jstDay } from '../jst.ts'
import { certify } from '../ledger/certificate.ts'
import { everything, type FoundRow, type Ledger } from '../ledger/ledger.ts'
import { judgeCloseCase, judgeGiveBack, judgeHandOver } from './decisions.ts'
import type { Door, Inside } from './door.ts'
import type { PaperBox } from './paperBox.ts'
import { keysOf } from './search.ts'
import type { Staff } from './staff.ts'
import { deskCheckout, deskRow } from './views.ts'

export type DeskPorts = {
  readonly ledger: Ledger
  readonly service: CheckoutService
  readonly staff: Staff
  readonly door: Door
  readonly clock: Clock
  readonly mode: PaypayMode
  readonly paypayNowMs: () => number
  readonly shop: () => Shop
  readonly selling: () => LaneView['selling']
  readonly settings: () => Settings
  readonly papers: PaperBox
}

type Answer<M extends AttendantMethod> = Promise<Result<AttendantOutputOf<M>, DeskFailure>>

/** What whoever is in may ask, one handler for each method of the attendant's contract; who may is dispatch's to see. */
export type DeskHandlers = {
  readonly [M in AttendantMethod]: (input: AttendantInputOf<M>, inside: Inside) => Answer<M>
}

export function deskHandlers(
  ports: DeskPorts,
): Pick<
  DeskHandlers,
  | 'signOut'
  | 'getDesk'
  | 'findCheckouts'
  | 'getCheckout'
  | 'giveBack'
  | 'handOver'
  | 'closeCase'
  | 'answerCall'
  | 'getPapers'
  | 'issuePaper'
  | 'getCertificate'
> {
  const { ledger, service, staff, door, clock, shop } = ports

  const limitYen = (user: DeskUser): Yen | null =>
    user.role === 'manager' ? null : yen(ports.settings().moneyBack.attendantYen)
  const secondPersonAboveYen = (): Yen | null => {
    const above = ports.settings().moneyBack.secondPersonAboveYen
    return above === null ? null : yen(above)
  }

  async function whole(checkoutId: string): Promise<Result<DeskCheckout, DeskFailure>> {
    const [row] = await ledger.find({ ...everything, keys: [{ by: 'checkoutId', checkoutId }], limit: 1 })
    if (!row) return fail({ kind: 'unknownCheckout', checkoutId })
    const facts = (await ledger.factsOf(checkoutId)) as unknown as PlacedFact[]
    return ok(
      deskCheckout(row, facts, {
        nowMs: clock.nowMs(),
        paypayNowMs: ports.paypayNowMs(),
        nameOf: userId => staff.nameOf(userId),
      }),
    )
  }

  /** Few checkouts have a case: only theirs are folded, for since when and how much. */
  async function rowWithCase(row: FoundRow): Promise<DeskRow> {
    if (row.openCase === null) return deskRow(row, null)
    const facts = (await ledger.factsOf(row.checkoutId)) as unknown as CheckoutFact[]
    return deskRow(row, fold(row.checkoutId, facts))
  }

  async function decide(
    checkoutId: string,
    judge: (state: CheckoutState) => Result<readonly CheckoutFact[], DeskFailure>,
  ): Promise<Result<DeskCheckout, DeskFailure>> {
    const decided = await service.propose(checkoutId, judge)
    return decided.ok ? whole(checkoutId) : decided
  }

  async function look(inside: Inside): Promise<DeskState> {
    const businessDay = jstDay(ports.paypayNowMs())
    const { cases, underWay } = await ledger.attention()
    const { sales, salesYen } = await ledger.sumsOfDay(businessDay)
    return {
      user: inside.user,
      mode: ports.mode,
      shopNames: shop().names,
      selling: ports.selling(),
      lanes: service.watchedLanes(),
      staffCalledAt: service.staffCalledAt(),
      cases,
      underWay,
      today: { businessDay, sales, salesYen: yen(salesYen) },
      limitYen: limitYen(inside.user),
      secondPersonAboveYen: secondPersonAboveYen(),
      revision: (await ledger.head()).seq,
    }
  }

  return {
    async signOut(_input, { token }) {
      await door.leave(token, 'asked')
      return ok(null)
    },
    getDesk: async (_input, inside) => ok(await look(inside)),
    async findCheckouts({ text, oldestFirst = false, ...query }) {
      const keys = keysOf(text)
      const rows = await ledger.find({ ...query, keys, oldestFirst })
      const last = rows.length === query.limit ? rows.at(-1) : undefined
      return ok({ rows: await Promise.all(rows.map(rowWithCase)), next: last?.number ?? null })
    },
    getCheckout: ({ checkoutId }) => whole(checkoutId),
    async giveBack(wish, inside) {
      const at = {
        nowMs: clock.nowMs(),
        paypayNowMs: ports.paypayNowMs(),
        by: inside.user.userId,
        limitYen: limitYen(inside.user),
        secondPersonAboveYen: secondPersonAboveYen(),
      }
      // First without a second person: a PIN is tried only where one is needed.
      const alone = await decide(wish.checkoutId, state =>
        judgeGiveBack(state, wish, { ...at, approvedBy: null }),
      )
      if (alone.ok || alone.failure.kind !== 'secondPersonNeeded' || wish.secondPin === null) return alone
      const second = await door.approve(inside, wish.secondPin)
      if (!second.ok) return second
      const approvedBy = second.value.userId
      return decide(wish.checkoutId, state => judgeGiveBack(state, wish, { ...at, approvedBy }))
    },
    handOver: ({ checkoutId }, { user }) =>
      decide(checkoutId, state => judgeHandOver(state, { nowMs: clock.nowMs(), by: user.userId })),
    closeCase: ({ checkoutId, reason }, { user }) =>
      decide(checkoutId, state => judgeCloseCase(state, { nowMs: clock.nowMs(), by: user.userId, reason })),
    getPapers: async ({ checkoutId }) => ok(await ports.papers.all(checkoutId)),
    issuePaper: ({ checkoutId, of }, { user }) => ports.papers.issue(checkoutId, of, user.userId),
    async getCertificate({ checkoutId }) {
      const certificate = await certify(ledger, checkoutId)
      if ('because' in certificate) return ok({ given: false, because: certificate.because })
      const { outcome, proof } = certificate
      const file = {
        name: `kaikei-certificate-${checkoutId}.json` as const,
        json: JSON.stringify(certificate, null, 1),
      }
      return ok({ given: true, outcome, proof, file })
    },
    async answerCall({ lane }, inside) {
      service.staffCame(lane)
      return ok(await look(inside))
    },
  }
}

/** The handlers of the door, which work without a session. */
export function doorHandlers(
  ports: Pick<DeskPorts, 'staff' | 'door' | 'shop'>,
): Pick<DeskHandlers, 'getDoor' | 'setUp' | 'signIn'> {
  const { staff, door, shop } = ports
  return {
    getDoor: async () => ok({ firstStart: staff.isEmpty, waitMs: door.waitMs, shopNames: shop().names }),
    async setUp({ lane, name, pin }): Promise<Result<Session, DeskFailure>> {
      const added = await staff.add({ name, role: 'manager', pin, by: null })
      return added.ok ? ok(await door.welcome(lane, added.value)) : added
    },
    signIn: ({ lane, pin }) => door.signIn(lane, pin),
  }
}
