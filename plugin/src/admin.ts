/** The entry of the administration page. Nothing but `import()` may stand here (see vite.config.ts). */
void import('./admin-start.ts').then(({ start }) => start())
