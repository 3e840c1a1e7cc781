import type { DeskFailure, DeskUser, Role } from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { StaffMember } from '../../shared/staff.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Random } from '../random.ts'
import { STAFF_STREAM, type StaffFact } from './facts.ts'
import { hashPin, isSameHash, type PinHash, weaknessOf } from './pin.ts'

type StaffPorts = {
  readonly ledger: Ledger
  readonly random: Random
  readonly nowMs: () => number
  /** scrypt, unless told otherwise. */
  readonly pinHash?: PinHash | undefined
}

type Person = StaffMember & { readonly pinHash: string }

/** Who may use the desk: the fold of the `staff` stream. */
export class Staff {
  readonly #ledger: Ledger
  readonly #random: Random
  readonly #nowMs: () => number
  readonly #hashPin: PinHash
  readonly #people = new Map<string, Person>()
  #saltHex: string | null = null
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(ports: StaffPorts) {
    this.#ledger = ports.ledger
    this.#random = ports.random
    this.#nowMs = ports.nowMs
    this.#hashPin = ports.pinHash ?? hashPin
  }

  static async read(ports: StaffPorts): Promise<Staff> {
    const staff = new Staff(ports)
    for (const fact of await ports.ledger.factsOf(STAFF_STREAM)) staff.#apply(fact as unknown as StaffFact)
    return staff
  }

  get isEmpty(): boolean {
    return this.#people.size === 0
  }

  /** The people who may get in, and those who might once. */
  all(): readonly StaffMember[] {
    return [...this.#people.values()].map(memberOf)
  }

  nameOf(userId: string): string {
    return this.#people.get(userId)?.name ?? userId
  }

  find(userId: string): DeskUser | null {
    const person = this.#people.get(userId)
    return person?.active ? { userId, name: person.name, role: person.role } : null
  }

  /** Whose PIN this is. */
  async whose(pin: string): Promise<DeskUser | null> {
    const hash = await this.#hash(pin)
    // Every hash is compared, so that the time says nothing.
    const found = [...this.#people.values()].filter(one => isSameHash(one.pinHash, hash) && one.active)
    return found[0] ? this.find(found[0].userId) : null
  }

  /** Adds somebody; `by` null: the first start, when nobody is there yet. */
  add(input: {
    name: string
    role: Role
    pin: string
    by: string | null
  }): Promise<Result<StaffMember, DeskFailure>> {
    return this.#inTurn(async () => {
      if (input.by === null && !this.isEmpty) return fail({ kind: 'alreadySetUp' })
      const weakness = weaknessOf(input.pin)
      if (weakness) return fail(weakness)
      const atMs = this.#nowMs()
      if (this.#saltHex === null)
        await this.#write({ type: 'pinKeyMade', atMs, data: { saltHex: this.#random.word(16) } })
      const pinHash = await this.#hash(input.pin)
      if (this.#isTaken(pinHash)) return fail({ kind: 'pinTaken' })
      const { name, role, by } = input
      const person = { userId: `u${this.#people.size + 1}`, name: name.trim(), role }
      await this.#write({ type: 'staffAdded', atMs, data: { ...person, pinHash, by } })
      return ok({ ...person, active: true, addedAtMs: atMs })
    })
  }

  /** Changes what is given. The last manager who is active stays one; a PIN is nobody else's. */
  change(input: {
    readonly userId: string
    readonly by: string
    readonly name?: string | null | undefined
    readonly role?: Role | null | undefined
    readonly pin?: string | null | undefined
    readonly active?: boolean | null | undefined
  }): Promise<Result<StaffMember, DeskFailure>> {
    return this.#inTurn(async () => {
      const { userId, by } = input
      const person = this.#people.get(userId)
      if (!person) return fail({ kind: 'unknownUser', userId })
      const name = input.name?.trim() ?? person.name
      const role = input.role ?? person.role
      const active = input.active ?? person.active
      const isManager = (one: Person): boolean => one.active && one.role === 'manager'
      const others = [...this.#people.values()].filter(one => one !== person)
      if (isManager(person) && !(active && role === 'manager') && !others.some(isManager))
        return fail({ kind: 'lastManager' })
      const weakness = input.pin == null ? null : weaknessOf(input.pin)
      if (weakness) return fail(weakness)
      const pinHash = input.pin == null ? person.pinHash : await this.#hash(input.pin)
      // Whoever comes back may find that somebody else has their PIN by now.
      const isTaken = others.some(one => one.active && isSameHash(one.pinHash, pinHash))
      if (active && isTaken) return fail({ kind: 'pinTaken' })
      const change = {
        ...(name === person.name ? {} : { name }),
        ...(role === person.role ? {} : { role }),
        ...(active === person.active ? {} : { active }),
        ...(pinHash === person.pinHash ? {} : { pinHash }),
      }
      if (Object.keys(change).length > 0)
        await this.#write({ type: 'staffChanged', atMs: this.#nowMs(), data: { userId, ...change, by } })
      return ok(memberOf(this.#people.get(userId) ?? person))
    })
  }

  /** Two people who are added in the same moment would get one number, or one PIN. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#writing.then(act)
    this.#writing = done.catch(() => undefined)
    return done
  }

  async #write(fact: StaffFact): Promise<void> {
    await this.#ledger.append([{ checkoutId: STAFF_STREAM, ...fact }])
    this.#apply(fact)
  }

  #hash(pin: string): Promise<string> {
    return this.#hashPin(pin, this.#saltHex ?? '')
  }

  #isTaken(pinHash: string): boolean {
    return [...this.#people.values()].some(one => one.active && isSameHash(one.pinHash, pinHash))
  }

  #apply(fact: StaffFact) {
    switch (fact.type) {
      case 'pinKeyMade':
        this.#saltHex ??= fact.data.saltHex
        break
      case 'staffAdded': {
        const { by: _, ...person } = fact.data
        this.#people.set(person.userId, { ...person, active: true, addedAtMs: fact.atMs })
        break
      }
      case 'staffChanged': {
        const { by: _, userId, ...change } = fact.data
        const person = this.#people.get(userId)
        if (person) this.#people.set(userId, { ...person, ...change })
        break
      }
      default:
        fact satisfies never
    }
  }
}

function memberOf({ pinHash: _, ...member }: Person): StaffMember {
  return member
}
