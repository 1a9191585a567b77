// Builds the Eleventy site in the folder argv[2] in memory and prints one JSON object per line for each page that it
// writes: source path, URL, and the ids in its HTML. argv[3] is the folder of node_modules.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const base = fs.realpathSync(process.argv[2]);
const modules = path.join(fs.realpathSync(process.argv[3]), 'node_modules');
fs.symlinkSync(modules, path.join(base, 'node_modules'));
process.chdir(base);
const main = path.join(modules, '@11ty/eleventy/src/Eleventy.js');
const { default: Eleventy } = await import(pathToFileURL(main).href);
const names = ['.eleventy.js', 'eleventy.config.js', 'eleventy.config.mjs'];
const configPath = names.find(name => fs.existsSync(name));
const eleventy = new Eleventy(undefined, undefined, { quietMode: true, configPath });
const pages = await eleventy.toJSON();
fs.unlinkSync(path.join(base, 'node_modules'));
for (const page of pages) {
  if (!page.url || !page.outputPath) continue;
  const html = (page.content || '').replace(/<!--[\s\S]*?-->/g, '');
  const ids = [...html.matchAll(/<[a-z][^>]*?\s(?:id|name)=(?:"([^"]*)"|'([^']*)')/gi)].map(m => m[1] || m[2] || '');
  const file = page.inputPath.replace(/^\.\//, '');
  process.stdout.write(JSON.stringify({ file, url: page.url, ids: ids.filter(id => id) }) + '\n');
}
