#!/usr/bin/env node
// The command `auzolan-server`. Old syntax, so that any Node can read it and say what is wrong, before anything is
// imported: the SQLite driver crashes older versions instead of failing, and they cannot read TypeScript.
'use strict'
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error('Auzolan needs Node 24 or newer; this is Node ' + process.versions.node + '.')
  process.exit(1)
}
import('../src/main.ts')
