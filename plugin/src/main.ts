/** The entry. Nothing but `import()` may stand here (see vite.config.ts). */
void import('./start.ts').then(({ start }) => start())
