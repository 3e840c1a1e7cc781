import { findElectron, howToGetElectron } from './electron-binary.ts'
import { print, root, run } from './run.ts'

/**
 * Builds the kiosk and opens it in Electron: `npm run kiosk -- --windowed --lane=left`. What comes after `--` is for
 * electron/switches.ts. Nothing is built where there is nothing to open it with.
 */
const usage =
  'usage: npm run kiosk -- [--windowed] [--lane=NAME] [--second-lane=NAME] [--display=N] [--mode=MODE] [--memory-ceiling=MIB] [--paypay-url=URL] [--import-keys=FILE] [--user-data-dir=DIR] [--password-store=NAME]'
const args = process.argv.slice(2)
if (args.includes('--help')) {
  print(usage)
  process.exit(0)
}
const wrong = args.find(
  arg =>
    !/^--(windowed$|(lane|mode|display|second-lane|memory-ceiling|paypay-url|import-keys|user-data-dir|password-store)=.)/.test(
      arg,
    ),
)
if (wrong !== undefined) {
  process.stderr.write(`There is no option "${wrong}"; a value stands behind an equals sign.\n${usage}\n`)
  process.exit(2)
}
const electron = findElectron()
if (electron === null) {
  process.stderr.write(`${howToGetElectron()}\n`)
  process.exit(1)
}
if ((await run('npm', ['run', '--silent', 'build:kiosk'])) !== 0) {
  print('The kiosk was not built: see above')
  process.exit(1)
}
// With this in the environment, Electron's program would be a plain Node.
process.exit(await run(electron, [root, ...args], { ELECTRON_RUN_AS_NODE: undefined }))
