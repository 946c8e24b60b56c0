import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  rect: DOMRect
  width?: number
  label: string
  onClose: () => void
  children: ReactNode
}

/** A panel beside a place on the screen; it takes the focus, and Escape closes it. */
export function Anchored({ rect, width = 240, label, onClose, children }: Props) {
  return (
    <Popover
      opened
      trapFocus
      withinPortal
      position="bottom-start"
      offset={2}
      width={width}
      shadow="md"
      onChange={(open) => !open && onClose()}
      onDismiss={onClose}
    >
      <Popover.Target>
        <span
          aria-hidden
          style={{
            position: 'fixed',
            left: rect.left,
            top: rect.top,
            width: rect.width,
            height: rect.height,
            pointerEvents: 'none',
          }}
        />
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
