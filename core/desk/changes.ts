import { isDeepStrictEqual } from 'node:util'
import type { FieldChange } from '../../shared/shopDocuments.ts'

/** More than a day's work of changes; the rest is only counted. */
const MOST_CHANGES = 200
/** A longer value is cut: the fact says that it changed, and to what in short. */
const MOST_CHARACTERS = 500

/** What became of each field. Things with an `id` are compared by it, wherever they stand in their list. */
export function changesBetween(
  before: unknown,
  after: unknown,
): { readonly changes: readonly FieldChange[]; readonly more: number } {
  const changes = compare('', before, after)
  return { changes: changes.slice(0, MOST_CHANGES), more: Math.max(0, changes.length - MOST_CHANGES) }
}

function compare(path: string, before: unknown, after: unknown): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return []
  const [left, right] = [byId(before), byId(after)]
  if (left && right) {
    const order = (things: Fields): string =>
      [...things.keys()].filter(id => left.has(id) && right.has(id)).join()
    const moved = order(left) === order(right) ? [] : [changed(`${path}.order`, order(left), order(right))]
    return [...fieldsOf(path, left, right), ...moved]
  }
  const [one, other] = [byName(before), byName(after)]
  return one && other ? fieldsOf(path, one, other) : [changed(path, before, after)]
}

type Fields = ReadonlyMap<string, unknown>

function fieldsOf(path: string, before: Fields, after: Fields): FieldChange[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap(name =>
    compare(path === '' ? name : `${path}.${name}`, before.get(name), after.get(name)),
  )
}

function changed(path: string, before: unknown, after: unknown): FieldChange {
  return { path, before: short(before), after: short(after) }
}

function byId(value: unknown): Fields | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const ids = value.map(one => (one as { id?: unknown } | null)?.id)
  return ids.every(id => typeof id === 'string') ? new Map(value.map(one => [one.id, one])) : null
}

function byName(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : null
}

function short(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null'
  return text.length <= MOST_CHARACTERS ? (value ?? null) : `${text.slice(0, MOST_CHARACTERS)}…`
}
