import {
  type FieldFault,
  SETTINGS_PATHS,
  type SettingsDocument,
  type SettingsPath,
} from '../../../shared/shopDocuments.ts'
import type { Sentence } from '../failure-words.ts'
import { SETTINGS_FIELDS } from './fields.ts'
import type { Kind } from './kinds.tsx'

/** Settings while they are written: by path, what stands in the field. */
export type SettingsDraft = Readonly<Record<SettingsPath, unknown>>

/** The line of a path; which value it takes is held by the table itself. */
export function kindOf(path: SettingsPath): Kind<unknown, unknown> {
  return SETTINGS_FIELDS[path].kind as Kind<unknown, unknown>
}

export function draftOf(document: SettingsDocument): SettingsDraft {
  const entries = SETTINGS_PATHS.map(path => [path, kindOf(path).draftOf(valueAt(document, path))])
  return Object.fromEntries(entries) as SettingsDraft
}

/** The document that the draft was made from, with what the draft says. */
export function documentOf(draft: SettingsDraft, before: SettingsDocument): SettingsDocument {
  const document = structuredClone(before) as Record<string, unknown>
  for (const path of SETTINGS_PATHS) {
    const { group, key } = placeOf(path)
    const holder = group === null ? document : (document[group] as Record<string, unknown>)
    holder[key] = kindOf(path).valueOf(draft[path])
  }
  return document as SettingsDocument
}

/** By the path of the document: what is wrong, before core is asked. */
export function faultsOf(draft: SettingsDraft): ReadonlyMap<string, Sentence> {
  return new Map(
    SETTINGS_PATHS.flatMap(path =>
      kindOf(path)
        .faultsOf(draft[path])
        .map(([under, says]) => [`${path}${under}`, says] as const),
    ),
  )
}

function valueAt(document: SettingsDocument, path: SettingsPath): unknown {
  const { group, key } = placeOf(path)
  const whole = document as unknown as Record<string, unknown>
  return group === null ? whole[key] : (whole[group] as Record<string, unknown>)[key]
}

/** `shop.noren` is `noren` in the group `shop`. */
function placeOf(path: SettingsPath): { readonly group: string | null; readonly key: string } {
  const [first = '', second] = path.split('.')
  return second === undefined ? { group: null, key: first } : { group: first, key: second }
}

/** What core said, by path. */
export function saidByPath(faults: readonly FieldFault[]): ReadonlyMap<string, string> {
  return new Map(faults.map(({ path, says }) => [path, says]))
}
