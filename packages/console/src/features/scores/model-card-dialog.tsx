import { Modal } from '@mantine/core'
import { ModelCardTable } from './model-card-table.tsx'

/** The card of the model, over the page where one of its scores stands. */
export function ModelCardDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="The experimental model behind ml_score"
      size={860}
      // Escape closes this alone, and not what lies below it.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <ModelCardTable />
    </Modal>
  )
}
