import { Switch, Tooltip } from '@mantine/core'
import { useDesigner, useSetDesigner } from '../designer.ts'

/** Switches designer mode: off, no SQL anywhere; on, SQL is shown, edited and saved. */
export function DesignerSwitch() {
  const designer = useDesigner()
  const setDesigner = useSetDesigner()
  return (
    <Tooltip label="Shows the SQL of queries, to read, change and save">
      <div>
        <Switch
          label="Designer mode"
          labelPosition="left"
          checked={designer}
          onChange={(event) => setDesigner(event.currentTarget.checked)}
        />
      </div>
    </Tooltip>
  )
}
