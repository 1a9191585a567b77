// Builds the VitePress site in the folder argv[2] and prints one JSON object per line for each page that it writes: source
// path, URL, and the ids in its content. argv[3] is the folder of node_modules.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const base = fs.realpathSync(process.argv[2]);
const modules = path.join(fs.realpathSync(process.argv[3]), 'node_modules');
fs.symlinkSync(modules, path.join(base, 'node_modules'));
const { build, resolveConfig } = await import(pathToFileURL(path.join(modules, 'vitepress/dist/node/index.js')).href);
const log = console.log;
console.log = console.info = () => {};
const config = await resolveConfig(base, 'build', 'production');
await build(base, { logLevel: 'silent' });
const source = path.relative(base, config.srcDir);
const clean = config.cleanUrls;
for (const page of config.pages) {
  const moved = config.rewrites.map[page] || page;
  const html = fs.readFileSync(path.join(config.outDir, moved.replace(/\.md$/, '.html')), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  // The theme's frame around the content has ids of its own.
  const content = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const ids = [...content.matchAll(/<[a-z][^>]*?\s(?:id|name)=(?:"([^"]*)"|'([^']*)')/gi)].map(m => m[1] || m[2] || '');
  const stem = '/' + moved.replace(/\.md$/, '');
  const url = stem.endsWith('/index') ? stem.slice(0, -5) : stem + (clean ? '' : '.html');
  log(JSON.stringify({ file: path.posix.join(source, page), url, ids: ids.filter(id => id && id !== 'doc-footer-aria-label') }));
}
fs.rmSync(config.outDir, { recursive: true });
fs.unlinkSync(path.join(base, 'node_modules'));
process.exit(0);
