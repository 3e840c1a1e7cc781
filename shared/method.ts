import * as z from 'zod/mini'
import type { Role } from './desk.ts'

/** Who may call a method of the attendant's contract. */
export type Access = 'anyone' | Role

export type DeskMethod<Output, Input extends z.ZodMiniType> = {
  /** Who may call it. */
  readonly access: Access
  /** True: the screen asks by itself, so that it does not keep a session alive. */
  readonly passive: boolean
  readonly input: Input
  readonly output?: Output
}

/** One entry of the attendant's contract: the type of its answer, who may, and the shape of its input. */
export function method<Output>(access: Access, passive?: 'passive') {
  return <Shape extends z.core.$ZodShape>(shape: Shape): DeskMethod<Output, z.ZodMiniObject<Shape>> => ({
    access,
    passive: passive !== undefined,
    input: z.object(shape),
  })
}

export function laneId() {
  return z.string().check(z.regex(/^[A-Za-z0-9-]{1,32}$/, 'a lane name: 1 to 32 letters, digits or hyphens'))
}

export function personName() {
  return z.string().check(z.regex(/\S/, 'a name'), z.maxLength(40, 'at most 40 characters'))
}

/** Any text up to here; whether it can be a PIN is core's to say, in words. */
export function pin() {
  return z.string().check(z.maxLength(64))
}
