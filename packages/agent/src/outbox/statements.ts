import type { Database } from 'better-sqlite3'

/** The statements of the outbox, prepared once. */
export function prepare(store: Database) {
  return {
    total: store.prepare('SELECT coalesce(sum(bytes), 0) FROM batches').pluck(),
    find: store.prepare('SELECT * FROM runs WHERE run_id = ?'),
    begin: store
      .prepare(
        `INSERT INTO runs VALUES (?, 1, 0, 0, 0)
         ON CONFLICT DO UPDATE SET attempts = attempts + 1, age = 0 RETURNING attempts`,
      )
      .pluck(),
    unbegin: store.prepare(
      'UPDATE runs SET attempts = attempts - 1 WHERE run_id = ? AND last_sequence = 0 AND attempts > 0',
    ),
    insert: store.prepare(
      'INSERT INTO batches (run_id, sequence, bytes, frame) VALUES ($runId, $sequence, $bytes, $frame)',
    ),
    advance: store.prepare(
      'UPDATE runs SET last_sequence = $sequence, ended = $ended, age = 0 WHERE run_id = $runId',
    ),
    next: store.prepare(
      'SELECT sequence, frame FROM batches WHERE run_id = ? AND sequence > ? ORDER BY sequence LIMIT 1',
    ),
    acknowledge: store
      .prepare('DELETE FROM batches WHERE run_id = ? AND sequence <= ? RETURNING bytes')
      .pluck(),
    waiting: store.prepare('SELECT run_id FROM batches GROUP BY run_id ORDER BY min(id)').pluck(),
    unfinished: store.prepare('SELECT * FROM runs WHERE ended = 0'),
    unsent: store
      .prepare('SELECT DISTINCT run_id FROM batches JOIN runs USING (run_id) WHERE age > ?')
      .pluck(),
    forget: store.prepare('DELETE FROM runs WHERE age > ?'),
    grow: store.prepare('UPDATE runs SET age = age + 1'),
  }
}
