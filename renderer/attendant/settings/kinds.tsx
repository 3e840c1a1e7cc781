import type { ReactNode } from 'react'
import { LOCALES, type Locale, type LocalText } from '../../../shared/checkout.ts'
import { registrationFault } from '../../../shared/registrationNumber.ts'
import type { OpeningHours } from '../../../shared/shopDocuments.ts'
import { localTextOf, textsOf } from '../catalogue/draft.ts'
import { PictureField } from '../catalogue/picture.tsx'
import type { DeskClient } from '../client.ts'
import type { Sentence } from '../failure-words.ts'
import { type DeskTextKey, useDesk } from '../text/say.ts'
import { Choice, Field, numberIn, Select } from '../upkeep/parts.tsx'
import { Hours } from './hours.tsx'
import { draftOfHours, faultsOfHours, type HoursDraft, hoursOfDraft, isTime } from './hoursDraft.ts'
import { toggled, withFirst } from './languages.ts'

/** What is wrong, by what follows the field's path: '' is the field itself, `.ja` a part of it. */
export type Faults = readonly (readonly [under: string, says: Sentence])[]

export type DrawProps<Draft> = {
  readonly path: string
  readonly label: string
  readonly hint: string
  readonly draft: Draft
  onDraft(draft: Draft): void
  readonly faultAt: (path: string) => string | null
  readonly client: DeskClient
}

/** A kind of field: a value of the document, what stands in the field meanwhile, what is wrong with that, and how it looks. */
export type Kind<Value, Draft> = {
  draftOf(value: Value): Draft
  /** Asked only when nothing is wrong. */
  valueOf(draft: Draft): Value
  faultsOf(draft: Draft): Faults
  /** The limits, in words. */
  readonly limit?: Sentence
  Draw(props: DrawProps<Draft>): ReactNode
}

type Texts = Readonly<Record<Locale, string>>
const needed: Sentence = { key: 'up.fault.needed' }
/** As core counts: a letter outside of the basic plane is two. */
const tooLong = (written: string, most: number): Sentence | null =>
  written.trim().length > most ? { key: 'up.fault.long', values: { most } } : null

export function text({
  most,
  mayBeEmpty = false,
}: {
  most: number
  mayBeEmpty?: boolean
}): Kind<string, string> {
  return {
    draftOf: value => value,
    valueOf: draft => draft.trim(),
    faultsOf(draft) {
      const fault = !mayBeEmpty && draft.trim() === '' ? needed : tooLong(draft, most)
      return fault ? [['', fault]] : []
    },
    limit: { key: 'up.limit.long', values: { most } },
    Draw: props => <Line {...props} />,
  }
}

export function number({ least, most }: { least: number; most: number }): Kind<number, string> {
  const values = { least: least.toLocaleString('en-US'), most: most.toLocaleString('en-US') }
  return {
    draftOf: value => String(value),
    valueOf: numberIn,
    faultsOf(draft) {
      const value = numberIn(draft)
      return value >= least && value <= most ? [] : [['', { key: 'up.fault.number', values }]]
    },
    limit: { key: 'up.limit.number', values },
    Draw: props => <Line {...props} kind="number" />,
  }
}

/** The registration number of an issuer of invoices, with its check digit. */
export const registration: Kind<string, string> = {
  ...text({ most: 14 }),
  faultsOf(draft) {
    const fault = registrationFault(draft.trim())
    if (fault === null) return []
    const values = fault.kind === 'checkDigit' ? { digit: fault.expected } : {}
    return [['', { key: `up.fault.registration.${fault.kind}`, values }]]
  },
  limit: { key: 'up.limit.registration' },
}

/** `03:00` */
export const time: Kind<string, string> = {
  ...text({ most: 5 }),
  faultsOf: draft => (isTime(draft.trim()) ? [] : [['', { key: 'up.fault.time' }]]),
  limit: { key: 'up.limit.time' },
}

/** Empty says null. */
export function optional<Value>(kind: Kind<Value, string>): Kind<Value | null, string> {
  return {
    ...kind,
    draftOf: value => (value === null ? '' : kind.draftOf(value)),
    valueOf: draft => (draft.trim() === '' ? null : kind.valueOf(draft)),
    faultsOf: draft => (draft.trim() === '' ? [] : kind.faultsOf(draft)),
  }
}

/** A text in each language; Japanese has to say something, unless nothing at all may be said. */
export function texts(options: { most: number }): Kind<LocalText, Texts>
export function texts(options: { most: number; mayBeEmpty: true }): Kind<LocalText | null, Texts>
export function texts({
  most,
  mayBeEmpty = false,
}: {
  most: number
  mayBeEmpty?: boolean
}): Kind<LocalText | null, Texts> {
  const isEmpty = (draft: Texts): boolean => LOCALES.every(locale => draft[locale].trim() === '')
  return {
    draftOf: textsOf,
    valueOf: draft => (mayBeEmpty && isEmpty(draft) ? null : localTextOf(draft)),
    faultsOf: draft =>
      LOCALES.flatMap(locale => {
        const isMissing = locale === 'ja' && draft.ja.trim() === '' && !(mayBeEmpty && isEmpty(draft))
        const fault = isMissing ? needed : tooLong(draft[locale], most)
        return fault ? [[`.${locale}`, fault] as const] : []
      }),
    limit: { key: 'up.limit.long', values: { most } },
    Draw: props => <InEachLanguage {...props} />,
  }
}

/** One of few, each said in words. */
export function choice<const Value extends string | number | null>(
  options: readonly (readonly [Value, DeskTextKey])[],
): Kind<Value, Value> {
  return {
    draftOf: value => value,
    valueOf: draft => draft,
    faultsOf: () => [],
    Draw: props => <OneOf {...props} options={options} />,
  }
}

/** Some words, with a gap between them. */
export function words({ most }: { most: number }): Kind<readonly string[], string> {
  const list = (draft: string): readonly string[] =>
    draft
      .normalize('NFKC')
      .toLowerCase()
      .split(/[\s,、]+/)
      .filter(Boolean)
  return {
    draftOf: value => value.join(' '),
    valueOf: list,
    faultsOf: draft => (list(draft).length > most ? [['', { key: 'up.fault.many', values: { most } }]] : []),
    Draw: props => <Line {...props} />,
  }
}

export const yesNo: Kind<boolean, boolean> = {
  draftOf: value => value,
  valueOf: draft => draft,
  faultsOf: () => [],
  Draw: ({ draft, onDraft, ...props }) => (
    <OneOf
      {...props}
      options={[
        ['no', 'set.no'],
        ['yes', 'set.yes'],
      ]}
      draft={draft ? 'yes' : 'no'}
      onDraft={chosen => onDraft(chosen === 'yes')}
    />
  ),
}

/** What customers can choose; Japanese stays, and screens rest in the first. */
export const languages: Kind<readonly Locale[], readonly Locale[]> = {
  draftOf: value => value,
  valueOf: draft => draft,
  faultsOf: () => [],
  Draw: props => <Languages {...props} />,
}

export const hours: Kind<OpeningHours | null, HoursDraft> = {
  draftOf: draftOfHours,
  valueOf: hoursOfDraft,
  faultsOf: faultsOfHours,
  Draw: props => <Hours {...props} />,
}

/** A picture beside the catalogue, or none. */
export const picture: Kind<string | null, string | null> = {
  draftOf: value => value,
  valueOf: draft => draft,
  faultsOf: () => [],
  Draw: ({ path, label, hint, draft, onDraft, client, faultAt }) => (
    <PictureField
      name={path}
      label={label}
      hint={hint}
      client={client}
      image={draft}
      onImage={onDraft}
      fault={faultAt(path)}
    />
  ),
}

function Line(props: DrawProps<string> & { readonly kind?: 'number' }): ReactNode {
  const { path, label, hint, draft, onDraft, faultAt, kind = 'text' } = props
  return (
    <Field
      name={path}
      kind={kind}
      label={label}
      hint={hint}
      value={draft}
      most={MOST_TYPED}
      onValue={onDraft}
      fault={faultAt(path)}
    />
  )
}

/** More than any field takes: what is too long is told, and not cut off. */
const MOST_TYPED = 1_000

function InEachLanguage({ path, label, hint, draft, onDraft, faultAt }: DrawProps<Texts>): ReactNode {
  const { say } = useDesk()
  return (
    <div className="field-group">
      <div className="upkeep-pairs">
        {LOCALES.map(language => (
          <Field
            key={language}
            name={`${path}.${language}`}
            label={`${label} (${say(`up.lang.${language}`)})`}
            value={draft[language]}
            most={MOST_TYPED}
            onValue={written => onDraft({ ...draft, [language]: written })}
            fault={faultAt(`${path}.${language}`)}
          />
        ))}
      </div>
      <p className="field-hint">{hint}</p>
    </div>
  )
}

function OneOf<Value extends string | number | null>(
  props: DrawProps<Value> & { readonly options: readonly (readonly [Value, DeskTextKey])[] },
): ReactNode {
  const { say } = useDesk()
  const { options, draft, onDraft } = props
  return (
    <div className="field-group" data-field={props.path}>
      <Choice
        legend={props.label}
        options={options.map(([value, key]) => [String(value), say(key)] as const)}
        chosen={String(draft)}
        onChoose={chosen => {
          const option = options.find(([value]) => String(value) === chosen)
          if (option) onDraft(option[0])
        }}
        fault={props.faultAt(props.path)}
      />
      {props.hint && <p className="field-hint">{props.hint}</p>}
    </div>
  )
}

function Languages(props: DrawProps<readonly Locale[]>): ReactNode {
  const { say } = useDesk()
  const { path, hint, draft, onDraft, faultAt } = props
  return (
    <div className="field-group" data-field={path}>
      <div className="pick languages-pick">
        {LOCALES.map(language => (
          <button
            key={language}
            type="button"
            className={`dbtn ${draft.includes(language) ? 'is-on' : ''}`}
            aria-pressed={draft.includes(language)}
            aria-disabled={language === 'ja'}
            onClick={() => onDraft(toggled(draft, language))}
          >
            {say(`up.lang.${language}`)}
          </button>
        ))}
      </div>
      <Select<Locale>
        label={say('set.rests')}
        options={draft.map(language => [language, say(`up.lang.${language}`)] as const)}
        value={draft[0] ?? 'ja'}
        onValue={first => onDraft(withFirst(draft, first))}
        fault={faultAt(path)}
      />
      <p className="field-hint">{hint}</p>
    </div>
  )
}
