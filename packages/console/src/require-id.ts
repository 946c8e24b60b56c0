import { notFound } from '@tanstack/react-router'
import { z } from 'zod'

/** Lets an address pass whose last part is an id; any other has no page. */
export function requireId(id: string): void {
  if (!z.uuid().safeParse(id).success) throw notFound()
}
