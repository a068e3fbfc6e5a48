// Who may import whom (docs/adr/0001): the arrows of the architecture, checked.
const never = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
})

/**
 * What each folder around a review may import of the others, beside shared/. A review stands on documents, teams and the log;
 * the archive, reminders and the history stand on reviews; comments and reviews know each other, since one stops the other.
 */
const MAY_IMPORT = {
  // Tells Nextcloud what was done, and knows nothing of it.
  outbox: ['journal', 'nextcloud'],
  // Reads what is stored, as an auditor would: with no part of the server that has written it but the form of the log.
  verify: ['journal'],
  // An accepted suggestion is noted for both its authors.
  comments: [
    'access',
    'compaction',
    'documents',
    'history/attribution',
    'journal',
    'outbox',
    'review',
    'teams',
  ],
  review: [
    'access',
    'archive/waiting',
    // Whoever has brought in a tool that was put together with another one is told, too.
    'catalogue/duplicates',
    'comments',
    'compaction',
    'documents',
    'figures/overdue',
    'journal',
    'organisation',
    'outbox',
    'profiles/facts',
    // Who has scored does not decide.
    'scoring/rows',
    'settings',
    'teams',
    // What of a text is found, and what of what was approved its checks ask for.
    'tools/approved',
    'tools/said-rows',
  ],
  archive: ['journal', 'nextcloud', 'organisation', 'review'],
  history: ['access', 'compaction', 'documents', 'journal', 'organisation/reference-lists', 'review'],
  files: ['access', 'journal', 'review'],
  consents: ['access', 'journal', 'organisation', 'review'],
  scoring: ['access', 'documents', 'journal', 'organisation', 'outbox', 'review', 'teams'],
  figures: ['access', 'journal', 'organisation', 'review', 'teams'],
  reminding: [
    'access',
    'catalogue',
    'figures/overdue',
    'journal',
    'organisation',
    'outbox',
    'posts',
    'review',
    'teams',
  ],
  catalogue: ['access', 'documents', 'journal', 'organisation', 'outbox', 'review', 'teams'],
  // Says what all the others keep, and needs of them only what their files and periods are called.
  kept: [
    'backup',
    'compiled',
    'doctor',
    'journal',
    'nextcloud',
    'organisation/reference-lists',
    'review/signing-keys',
    'storage',
  ],
}
const mayImport = ([folder, others]) => ({
  name: `${folder}-imports-only-what-it-stands-on`,
  severity: 'error',
  from: { path: `^server/src/${folder}/` },
  to: { path: '^server/src/', pathNot: `^server/src/(${[folder, ...others].join('|')})[/.]` },
})

module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(mayImport),
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    never('shared-stands-alone', '^shared/', '^(server|plugin|test)/', 'shared imports nothing of ours'),
    never('server-knows-no-screen', '^server/', '^plugin/src/', 'the server serves the plugin as files'),
    never('plugin-knows-no-server', '^plugin/', '^server/', 'they meet in shared'),
    never(
      'product-knows-no-test',
      '^(shared|server|plugin)/',
      '^test/',
      'tests import the product, never the reverse',
    ),
    {
      name: 'gateway-is-the-edge',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(gateway/|container|server|metrics)' },
      to: { path: '^server/src/gateway/' },
    },
    {
      name: 'container-is-the-root',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(main|server)\\.ts' },
      to: { path: '^server/src/container\\.ts' },
    },
    never(
      'journal-is-the-ground',
      '^server/src/journal/',
      '^server/src/(gateway|access|rooms|documents|compaction|standalone|archive|comments|consents|files|history|reminding|review|teams|verify)/',
      'the journal knows nobody',
    ),
    {
      name: 'rooms-know-the-journal',
      severity: 'error',
      from: { path: '^server/src/rooms/' },
      to: {
        path: '^server/src/',
        pathNot: '^server/src/(rooms/|journal/|awaited|token-bucket|bus/(bus|local)\\.ts)',
      },
    },
    {
      name: 'only-compaction-makes-documents',
      severity: 'error',
      comment: 'A text takes the thread that makes it; the demo writes its own before anybody comes in.',
      from: {
        path: '^server/src/',
        pathNot:
          '^server/src/(compaction|rooms/(admission|clocks)|gateway/(stock|whole-text)|standalone/sample-written)',
      },
      to: { path: 'node_modules/yjs' },
    },
    {
      name: 'tsyringe-in-the-container-only',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(container|server)\\.ts' },
      to: { path: 'node_modules/tsyringe' },
    },
    never(
      'session-knows-no-screen',
      '^plugin/src/session/',
      '^plugin/src/(screens|parts|documents)/',
      'the session can run without a page',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
