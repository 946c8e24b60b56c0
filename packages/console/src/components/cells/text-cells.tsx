import { addressKind } from './address.ts'
import classes from './cell.module.css'
import { formatLocal, formatUtc } from './format-time.ts'
import { shortenMiddle, splitPath } from './middle.ts'
import { parseSophosPid } from './sophos-pid.ts'
import { visibleText } from './visible-text.ts'

/** A path whose end stays in view when the cell is narrow. */
export function PathCell({ path }: { path: string }) {
  const [folder, name] = splitPath(visibleText(path))
  return (
    <span className={classes.path} data-tip={visibleText(path, 2000)}>
      <span className={classes.folder}>{folder}</span>
      <span className={classes.name}>{name}</span>
    </span>
  )
}

/** A hash, its middle left out; whole on hover and when copied. */
export function HashCell({ hash }: { hash: string }) {
  return (
    <span className={classes.mono} data-tip={hash}>
      {shortenMiddle(visibleText(hash))}
    </span>
  )
}

/** An address and where it belongs. */
export function AddressCell({ address }: { address: string }) {
  const kind = addressKind(address)
  return (
    <span className={classes['with-tag']}>
      <span className={classes.mono} data-tip={visibleText(address)}>
        {visibleText(address)}
      </span>
      {kind && (
        <span className={classes.tag} data-kind={kind}>
          {kind}
        </span>
      )}
    </span>
  )
}

/** `pid:start`; pid and start in words on hover. */
export function SophosPidCell({ text }: { text: string }) {
  const read = parseSophosPid(text)
  const tip = read && `pid ${read.pid}, started ${formatLocal(read.startedAt)}\n${formatUtc(read.startedAt)}`
  return (
    <span className={classes.mono} data-tip={tip ?? visibleText(text)}>
      {visibleText(text)}
    </span>
  )
}

/** Any other text. */
export function TextCell({ text }: { text: string }) {
  return (
    <span className={classes.line} data-cut>
      {visibleText(text)}
    </span>
  )
}
