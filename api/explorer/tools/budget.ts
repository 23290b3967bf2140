/** What the first view may weigh. */
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

type Chunk = { type: 'chunk'; fileName: string; name: string; isEntry: boolean; imports: string[]; code: string };
type Asset = { type: 'asset' };

/** Compressed bytes of an entry's JavaScript and of all that it imports at once. */
export function initialBytes(bundle: Record<string, Chunk | Asset>, entry: string): number {
  const seen = new Set<string>();
  const visit = (name: string): number => {
    const chunk = bundle[name];
    if (seen.has(name) || chunk?.type !== 'chunk') return 0;
    seen.add(name);
    return gzipSync(chunk.code).length + chunk.imports.reduce((sum, one) => sum + visit(one), 0);
  };
  const found = Object.values(bundle).find((one) => one.type === 'chunk' && one.isEntry && one.name === entry);
  if (found?.type !== 'chunk') throw new Error(`There is no entry ${entry}.`);
  return visit(found.fileName);
}

/** Fails the build when an entry weighs more than the limit. */
export function budget(entry: string, limit: number): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const bytes = initialBytes(bundle as never, entry);
      const found = `${entry}: ${(bytes / 1000).toFixed(1)} kB of JavaScript, compressed`;
      if (bytes > limit) this.error(`${found}; ${limit / 1000} kB is the most.`);
      this.info(found);
    },
  };
}
