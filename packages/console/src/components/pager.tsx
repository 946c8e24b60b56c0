import { Group, Pagination } from '@mantine/core'

interface Props {
  pages: { current: number; size: number; total?: number | undefined; items?: number | undefined }
  /** What is counted, one of it: `run`. */
  noun: string
  onPage: (page: number) => void
}

/** Which part of a list is on show, and the way to the others. */
export function Pager({ pages: { current, size, total = 1, items = 0 }, noun, onPage }: Props) {
  const first = (current - 1) * size + 1
  return (
    <Group justify="space-between" mt="xs" mih={28}>
      <span className="dimmed numbers">
        {total > 1
          ? `${first}–${Math.min(current * size, items)} of ${items.toLocaleString('en')} ${noun}s`
          : `${items} ${items === 1 ? noun : `${noun}s`}`}
      </span>
      {total > 1 && <Pagination size="sm" total={total} value={current} onChange={onPage} withEdges />}
    </Group>
  )
}
