import { join } from 'node:path';
import { defineConfig } from 'vite';

import { budget } from './tools/budget.ts';
import { writeOperations } from './tools/operations.ts';

const here = import.meta.dirname;
const operations = join(here, 'node_modules/.ecograph/operations.ts');

writeOperations(join(here, '../operations'), join(here, '../../schema/schema.graphql'), operations);

export default defineConfig({
  base: './', // relative, so that the app may be mounted under any prefix
  resolve: { alias: { '#operations': operations, '#client': join(here, 'src/data/client.ts') } },
  plugins: [budget('index', 250_000)],
  build: {
    outDir: '../static',
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: address would need a wider Content-Security-Policy
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 3000, // monaco
    rolldownOptions: {
      input: ['index.html', 'graphiql.html'],
      checks: { moduleLevelDirective: false }, // "use client" in React libraries means nothing here
    },
  },
  server: { proxy: Object.fromEntries(['/graphql', '/imports'].map((path) => [path, process.env.ECOGRAPH_URL ?? 'http://127.0.0.1:8484'])) },
});
