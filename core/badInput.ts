import type * as z from 'zod/mini'
import type { Failure, InputKind, InputRule } from '../shared/failure.ts'

/** What an issue has while it is made, and when it is made. */
type Issue = { readonly code: z.core.$ZodIssue['code']; readonly input?: unknown }
type Of<Code extends z.core.$ZodIssue['code']> = Extract<z.core.$ZodIssue, { readonly code: Code }>

/** What the contract says of a wrong input, in words of ours: where its schema has a sentence of its own, that one. */
export function badInput(issue: z.core.$ZodIssue | undefined): Extract<Failure, { kind: 'badInput' }> {
  return {
    kind: 'badInput',
    where: issue?.path.join('.') || 'input',
    expected: issue?.message ?? 'another shape',
    rule: issue ? ruleOf(issue) : { is: 'form' },
  }
}

/** Given to zod, so that its own words are never asked for. */
export const ruleInWords = (issue: Issue): string => inWords(ruleOf(issue))

/** A kind and a length may be told of what came; the thing itself is told to nobody, because it may be a PIN. */
export function ruleOf(issue: Issue): InputRule {
  const got = kindOf(issue.input)
  switch (issue.code) {
    case 'invalid_type': {
      const { expected } = issue as unknown as Of<'invalid_type'>
      if (expected === 'int' && got === 'number') return { is: 'whole' }
      return got === 'nothing' ? { is: 'missing' } : { is: 'kind', wanted: wantedKind(expected), got }
    }
    case 'too_small':
    case 'too_big': {
      const one = issue as unknown as Of<'too_small'> | Of<'too_big'>
      const limit = Number(one.code === 'too_small' ? one.minimum : one.maximum)
      const length = lengthOf(issue.input)
      if (one.origin === 'int') return { is: 'whole' }
      if (length === null) return { is: one.code === 'too_small' ? 'tooSmall' : 'tooLarge', limit }
      return { is: one.code === 'too_small' ? 'tooShort' : 'tooLong', limit, got: length }
    }
    case 'invalid_value':
      return got === 'nothing'
        ? { is: 'missing' }
        : { is: 'choice', of: (issue as unknown as Of<'invalid_value'>).values.map(String) }
    case 'invalid_union': {
      const { options } = issue as { options?: readonly unknown[] }
      return options ? { is: 'choice', of: options.map(String) } : { is: 'form' }
    }
    default:
      return { is: 'form' }
  }
}

function inWords(rule: InputRule): string {
  switch (rule.is) {
    case 'missing':
      return 'missing: it has to be sent'
    case 'kind':
      return `${names[rule.wanted]}, not ${names[rule.got]}`
    case 'whole':
      return 'a whole number'
    case 'tooShort':
      return `a length of at least ${rule.limit}, not ${rule.got}`
    case 'tooLong':
      return `a length of at most ${rule.limit}, not ${rule.got}`
    case 'tooSmall':
      return `at least ${rule.limit}`
    case 'tooLarge':
      return `at most ${rule.limit}`
    case 'choice':
      return `one of ${rule.of.join(', ')}`
    case 'form':
      return 'another form: see the contract'
    default:
      return rule satisfies never
  }
}

const names: Readonly<Record<InputKind, string>> = {
  nothing: 'nothing',
  text: 'text',
  number: 'a number',
  yesNo: 'true or false',
  list: 'a list',
  object: 'an object',
  other: 'something else',
}

function wantedKind(expected: string): InputKind {
  switch (expected) {
    case 'string':
      return 'text'
    case 'number':
    case 'int':
      return 'number'
    case 'boolean':
      return 'yesNo'
    case 'array':
      return 'list'
    case 'object':
      return 'object'
    default:
      return 'other'
  }
}

function kindOf(value: unknown): InputKind {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  // What is no number that can be written down counts as none.
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : 'other'
  if (typeof value === 'boolean') return 'yesNo'
  return typeof value === 'object' && value !== null ? 'object' : 'other'
}

function lengthOf(value: unknown): number | null {
  return typeof value === 'string' || Array.isArray(value) ? value.length : null
}
