import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program of node_modules/.bin, or any other, in the project's folder. Resolves to its exit code. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('error', reject)
    child.on('close', code => resolve(code ?? 1))
  })
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** For a command that takes nothing but `--help`: says how to use it, and ends it where it was asked or anything else was given. */
export function noOptions(usage: string): void {
  const [first] = process.argv.slice(2)
  if (first === undefined) return
  if (first !== '--help') process.stderr.write(`There is no option "${first}".\nusage: ${usage}\n`)
  else print(`usage: ${usage}`)
  process.exit(first === '--help' ? 0 : 2)
}
