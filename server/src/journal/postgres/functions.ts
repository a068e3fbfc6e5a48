/** What statements of ours call by the name that it has in SQLite, made for PostgreSQL: so they are written once. Each may be made again over itself. */
import { COUNT_TABLE } from './tables.ts'

export const FUNCTIONS: readonly string[] = [
  // A number of a sequence is gone when its transaction is rolled back; in the audit that would look as if a row had been taken away.
  `CREATE OR REPLACE FUNCTION count_row() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.n IS NULL THEN
      UPDATE ${COUNT_TABLE} SET last = last + 1 WHERE name = TG_TABLE_NAME RETURNING last INTO NEW.n;
    ELSE
      UPDATE ${COUNT_TABLE} SET last = greatest(last, NEW.n) WHERE name = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
  END $$`,

  `CREATE OR REPLACE FUNCTION max(a bigint, b bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT greatest(a, b) $$`,

  `CREATE OR REPLACE FUNCTION instr(within text, what text) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT strpos(within, what) $$`,

  // Of text; a path is names with dots between them: '$.planning.indicators'. What is an object or a list comes as its JSON.
  `CREATE OR REPLACE FUNCTION json_extract(whole text, path text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT whole::json #>> string_to_array(substr(path, 3), '.') $$`,

  `CREATE OR REPLACE FUNCTION json_each(whole text, OUT key text, OUT value text) RETURNS SETOF record
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT one.key, one.value
    FROM json_each_text(CASE json_typeof(whole::json) WHEN 'object' THEN whole::json ELSE '{}' END) one
    UNION ALL
    SELECT (one.place - 1)::text, one.value
    FROM json_array_elements_text(CASE json_typeof(whole::json) WHEN 'array' THEN whole::json ELSE '[]' END)
      WITH ORDINALITY one (value, place)
  $$`,

  `CREATE OR REPLACE FUNCTION json_each(whole text, path text, OUT key text, OUT value text) RETURNS SETOF record
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT one.key, one.value FROM json_each(json_extract(whole, path)) one $$`,

  `CREATE OR REPLACE FUNCTION group_concat_next(sofar text, one text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(sofar || ',' || one, one, sofar) $$`,
  `CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = group_concat_next, STYPE = text, PARALLEL = SAFE)`,
]
