import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // relative, so that the app may be mounted under any prefix
  build: {
    outDir: '../static',
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: address would need a wider Content-Security-Policy
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 3000, // monaco
    rolldownOptions: {
      input: ['graphiql.html'],
      checks: { moduleLevelDirective: false }, // "use client" in React libraries means nothing here
    },
  },
  server: { proxy: { '/graphql': process.env.ECOGRAPH_URL ?? 'http://127.0.0.1:8484' } },
});
