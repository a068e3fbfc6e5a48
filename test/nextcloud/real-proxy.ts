// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the real proxies of this machine: a configuration around the lines that the app prints, and the running program. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { until } from '../support/server.ts'

type Kind = 'nginx' | 'apache' | 'caddy'

const PROGRAMS: { readonly [kind in Kind]: string } = { nginx: 'nginx', apache: 'apache2', caddy: 'caddy' }
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/bin']

const programOf = (kind: Kind): string | undefined =>
  FOLDERS.map((folder) => join(folder, PROGRAMS[kind])).find(existsSync)

/** Those that are installed; none of them is needed otherwise. */
export const PROXIES = (Object.keys(PROGRAMS) as Kind[]).filter((kind) => programOf(kind) !== undefined)

const CONFIG: {
  readonly [kind in Kind]: (lines: string, port: number, home: string, program: string) => string
} = {
  nginx: (lines, port, home) => `
    daemon off; master_process off; pid ${home}/pid; error_log stderr;
    events {}
    http {
      access_log off;
      client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fcgi;
      uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;
      server { listen 127.0.0.1:${port};
${lines}
        location ~ (php|healthz) { return 418; } } }`,
  apache: (lines, port, home, program) => `
ServerRoot ${home}
PidFile ${home}/pid
ErrorLog "|/bin/cat >&2"
Listen 127.0.0.1:${port}
ServerName 127.0.0.1
User nobody
Group nogroup
${['mpm_event', 'authz_core', 'proxy', 'proxy_http', 'headers']
  .map((name) => `LoadModule ${name}_module ${dirname(program)}/../lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
<VirtualHost *:${port}>
${lines}
</VirtualHost>
`,
  caddy: (lines, port) => `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
${lines}
  respond 418
}
`,
}
const ARGUMENTS: { readonly [kind in Kind]: (file: string, home: string) => string[] } = {
  nginx: (file, home) => ['-p', home, '-c', file],
  apache: (file) => ['-X', '-f', file],
  caddy: (file) => ['run', '--config', file, '--adapter', 'caddyfile'],
}

/** Runs a proxy with these lines in it until `stop`. */
export async function startRealProxy(
  kind: Kind,
  lines: string,
  port: number,
): Promise<{ stop(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'auzolan-proxy-'))
  const file = join(home, 'config')
  const program = programOf(kind)!
  await writeFile(file, CONFIG[kind](lines, port, home, program))
  const child = spawn(program, ARGUMENTS[kind](file, home), { env: { ...process.env, HOME: home } })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${kind} ended: ${output.slice(-2000)}`)
    return fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  }, `${kind} answers`)
  return {
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(home, { recursive: true, force: true })
    },
  }
}
