import { expect, it } from 'vitest'
import * as z from 'zod'
import { PRODUCT_KEYS, SETTINGS_PATHS } from '../shared/shopDocuments.ts'
import { catalogueFile } from './catalogue.ts'
import { settingsFile } from './config.ts'

// The desk has one field for each of these paths (`renderer/attendant/settings/fields.ts`), so a key that is missing there is missing here.

const isPath = (path: string): boolean => SETTINGS_PATHS.some(one => one === path)

/** Every path down to what the list names, and of what it does not name down to the last. */
function pathsOf(schema: unknown, path = ''): readonly string[] {
  const bare = bared(schema)
  if (isPath(path) || !(bare instanceof z.ZodObject)) return [path]
  return Object.entries(bare.shape).flatMap(([key, inner]) =>
    pathsOf(inner, path === '' ? key : `${path}.${key}`),
  )
}

/** Without its defaults and its null. */
function bared(schema: unknown): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable
    ? bared(schema.def.innerType)
    : schema
}

it('every key of settings.json is in the list that the desk draws, and nothing else is', () => {
  expect(pathsOf(settingsFile).toSorted()).toEqual([...SETTINGS_PATHS].toSorted())
})

it('so is every key of a product', () => {
  expect(Object.keys(catalogueFile.shape.products.element.shape)).toEqual([...PRODUCT_KEYS])
})
