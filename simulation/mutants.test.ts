import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import knownWorlds from './knownWorlds.json' with { type: 'json' }
import { mutants } from './mutants.ts'

// A mutant whose patch fits nowhere would be "caught" by nobody and noticed by nobody.
it.each(mutants)('$name still fits the engine, once', ({ patches }) => {
  for (const { file, find, put } of patches) {
    const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
    expect(source.split(find).length - 1, `${file}: ${find}`).toBe(1)
    expect(put).not.toBe(find)
  }
})

it('there are at least thirty, each with a name of its own', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  expect(mutants.length).toBeGreaterThanOrEqual(30)
})

it('of each is known in which world it fell; nothing is known of others', () => {
  expect(Object.keys(knownWorlds)).toEqual(mutants.map(({ name }) => name))
})
