import build from './built.ts'
import { readOptions, USAGE, Usage } from './killtest/options.ts'
import { inWords } from './killtest/report.ts'
import { Rig } from './killtest/rig.ts'
import { Run } from './killtest/run.ts'

/**
 * The real host on the real ledger, killed with kill -9 in a loop while many lanes sell against a faulty PayPay, and checked
 * after each kill. Ends with 1 when anything was lost or violated; the data folder is then kept. kill -9 takes the process, not
 * what the system has not written yet: that is a power cut, which this does not show.
 */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return print(USAGE)
  const options = readOptions(process.argv.slice(2))
  build()
  const rig = await Rig.build()
  // The children are killed when this process ends, however it ends.
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => {
      complain(`stopped; seed ${options.seed}, the data stays in ${rig.dataDir}`)
      process.exit(code)
    })
  const run = new Run(rig, options)
  try {
    await run.rounds(round => {
      if (round % 20 === 0 && !options.json) complain(`${round} of ${options.rounds} rounds`)
    })
    if (run.isClean) await run.settle()
    const report = await run.report()
    print(options.json ? JSON.stringify(report) : inWords(report))
    if (run.isClean && report.checkouts > 0) return
    process.exitCode = 1
    if (run.isClean) return complain('No customer was served, so nothing is shown: run more rounds.')
    for (const line of await run.traces()) complain(line)
    complain(
      `\nAgain with the same faults, customers and kills (the machine’s own timing is not repeated): npm run killtest -- --rounds ${options.rounds} --seed ${options.seed} --lanes ${options.lanes}`,
    )
    complain(`The ledger and PayPay’s book (paypay.jsonl) stay in ${rig.dataDir}`)
  } finally {
    run.end()
    await rig.end(!run.isClean)
  }
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

main().catch((error: unknown) => {
  complain(
    error instanceof Usage
      ? `${error.message}\n${USAGE}`
      : String(error instanceof Error ? error.stack : error),
  )
  process.exitCode = error instanceof Usage ? 2 : 1
})
