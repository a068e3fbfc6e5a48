/** The statements of the log. Each is one question and one answer; what writes is a transaction of its own, and holds no lock over a way to the server. */
import type { ChannelBatch, ReadLimit } from '../journal.ts'
import { TAKE_SHARED } from './locks.ts'

/**
 * Made by each connection for itself, so that it is always that of the program which calls it. Channels, client ids and documents are taken in their
 * order: two nodes that write to the same ones never wait for each other in a ring.
 */
export const LOG_FUNCTIONS = `
CREATE OR REPLACE FUNCTION pg_temp.append(
  is_birth boolean, now_at text,
  in_channels text[], in_epochs bigint[], in_afters bigint[], in_counts bigint[],
  e_channels text[], e_seqs bigint[], e_persons text[], e_starts int[], e_lengths int[], e_bytes bytea,
  c_channels text[], c_clients bigint[], c_persons text[], c_clocks bigint[]
) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  here text[];
  written bigint;
BEGIN
  ${TAKE_SHARED};
  IF is_birth THEN
    INSERT INTO channel (id, epoch, seq) SELECT one, 1, 0 FROM unnest(in_channels) one;
  END IF;
  SELECT coalesce(array_agg(found.id), '{}') INTO here FROM (
    SELECT c.id FROM channel c
    JOIN unnest(in_channels, in_epochs, in_afters) AS w (id, epoch, after)
      ON c.id = w.id AND c.epoch = w.epoch AND c.seq = w.after
    ORDER BY c.id FOR NO KEY UPDATE OF c
  ) found;
  UPDATE channel c SET seq = w.after + w.count
    FROM unnest(in_channels, in_afters, in_counts) AS w (id, after, count)
    WHERE c.id = w.id AND w.id = ANY (here) AND w.count > 0;
  INSERT INTO entry (channel, seq, at, person, bytes)
    SELECT e.channel, e.seq, now_at, e.person, substr(e_bytes, e.start, e.length)
    FROM unnest(e_channels, e_seqs, e_persons, e_starts, e_lengths) AS e (channel, seq, person, start, length)
    WHERE e.channel = ANY (here);
  INSERT INTO contribution AS n (channel, person, entries)
    SELECT e.channel, e.person, count(*) FROM unnest(e_channels, e_persons) AS e (channel, person)
    WHERE e.channel = ANY (here) GROUP BY e.channel, e.person
    ON CONFLICT (channel, person) DO UPDATE SET entries = n.entries + excluded.entries;
  INSERT INTO author AS a (channel, client, person, clock)
    SELECT c.channel, c.client, c.person, c.clock
    FROM unnest(c_channels, c_clients, c_persons, c_clocks) AS c (channel, client, person, clock)
    WHERE c.channel = ANY (here) ORDER BY c.channel, c.client
    ON CONFLICT (channel, client) DO UPDATE SET clock = greatest(a.clock, excluded.clock) WHERE a.person = excluded.person;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> (SELECT count(*) FROM unnest(c_channels) c WHERE c = ANY (here)) THEN
    RAISE EXCEPTION 'a client id belongs to somebody else';
  END IF;
  PERFORM 1 FROM document d WHERE d.id IN (
    SELECT left(w.id, 36) FROM unnest(in_channels, in_counts) AS w (id, count) WHERE w.id = ANY (here) AND w.count > 0
  ) ORDER BY d.id FOR NO KEY UPDATE;
  UPDATE document d SET updated_at = now_at WHERE d.id IN (
    SELECT left(w.id, 36) FROM unnest(in_channels, in_counts) AS w (id, count) WHERE w.id = ANY (here) AND w.count > 0
  );
  RETURN QUERY SELECT one FROM unnest(in_channels) one WHERE one <> ALL (here);
END $$;

CREATE OR REPLACE FUNCTION pg_temp.bind(of_channel text, clients bigint[], whose text) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
  ${TAKE_SHARED};
  INSERT INTO author (channel, client, person, clock)
    SELECT DISTINCT of_channel, one, whose, 0 FROM unnest(clients) one ORDER BY one
    ON CONFLICT (channel, client) DO NOTHING;
  RETURN QUERY SELECT a.client FROM author a WHERE a.channel = of_channel AND a.client = ANY (clients) AND a.person <> whose;
END $$`

interface Question {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/** @throws when two people write under one client id */
export function appending(batches: readonly ChannelBatch[], at: string, isBirth = false): Question {
  const entries = batches.flatMap(({ channel, afterSeq, entries }) =>
    entries.map((entry, i) => ({ ...entry, channel, seq: afterSeq + 1 + i })),
  )
  const clocks = batches.flatMap(clocksOf)
  // From 1 on, as PostgreSQL counts.
  let next = 1
  const starts = entries.map(({ update }) => (next += update.length) - update.length)
  return {
    name: 'append',
    text: 'SELECT pg_temp.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) AS channel',
    values: [
      isBirth,
      at,
      batches.map(({ channel }) => channel),
      batches.map(({ epoch }) => epoch),
      batches.map(({ afterSeq }) => afterSeq),
      batches.map((batch) => batch.entries.length),
      entries.map(({ channel }) => channel),
      entries.map(({ seq }) => seq),
      entries.map(({ person }) => person),
      starts,
      entries.map(({ update }) => update.length),
      Buffer.concat(entries.map(({ update }) => update)),
      clocks.map(({ channel }) => channel),
      clocks.map(({ client }) => client),
      clocks.map(({ person }) => person),
      clocks.map(({ clock }) => clock),
    ],
  }
}

/** How far each client of a batch has come. */
function clocksOf({ channel, entries }: ChannelBatch) {
  const found = new Map<number, { channel: string; client: number; person: string; clock: number }>()
  for (const { person, clocks } of entries)
    for (const [client, clock] of clocks) {
      const before = found.get(client)
      if (before && before.person !== person)
        throw new Error(`client ${client} of ${channel} belongs to somebody else`)
      found.set(client, { channel, client, person, clock: Math.max(clock, before?.clock ?? 0) })
    }
  return [...found.values()]
}

export const binding = (channel: string, clientIds: readonly number[], person: string): Question => ({
  name: 'bind',
  text: 'SELECT pg_temp.bind($1, $2, $3) AS client',
  values: [channel, clientIds, person],
})

/** All of one moment: a compaction between two questions would be seen by half. */
export const opening = (channel: string): Question => ({
  name: 'open',
  text: `
    SELECT c.epoch, c.epoch_cause AS "epochCause", c.seq,
      coalesce(s.seq, 0) AS "snapshotSeq", coalesce(s.bytes, 0) AS "snapshotBytes",
      (SELECT coalesce(sum(length(e.bytes)), 0) FROM entry e WHERE e.channel = c.id) AS "tailBytes",
      (SELECT coalesce(json_agg(json_build_array(a.client, a.person, a.clock) ORDER BY a.client), '[]')
        FROM author a WHERE a.channel = c.id) AS authors
    FROM channel c LEFT JOIN snapshot s ON s.channel = c.id WHERE c.id = $1`,
  values: [channel],
})

/** The snapshot first, if there is one after `after`; its row has `gzip`. One row with the epoch alone when there is nothing. */
export const reading = (channel: string, after: number, limit: ReadLimit): Question => ({
  name: 'read',
  text: `
    WITH s AS (SELECT seq, gzip FROM snapshot WHERE channel = $1 AND seq > $2),
    e AS (
      SELECT seq, person, bytes, row_number() OVER w AS place, sum(length(bytes)) OVER w AS total,
        count(*) OVER () >= $3 OR count(*) OVER () > 1 AND sum(length(bytes)) OVER () > $4 AS more
      FROM (
        SELECT seq, person, bytes FROM entry
        WHERE channel = $1 AND seq > coalesce((SELECT s.seq FROM s), $2) ORDER BY seq LIMIT $3
      ) tail
      WINDOW w AS (ORDER BY seq ROWS UNBOUNDED PRECEDING)
    )
    SELECT c.epoch, r.* FROM channel c LEFT JOIN (
      SELECT seq, NULL AS person, gzip, NULL AS bytes, NULL AS more FROM s
      UNION ALL
      SELECT seq, person, NULL, bytes, more FROM e WHERE place = 1 OR total <= $4
    ) r ON true
    WHERE c.id = $1 ORDER BY r.seq`,
  values: [channel, after, limit.entries, limit.bytes],
})
