// Builds the Hexo site in the folder argv[2] in memory and prints one JSON object per line for each page that it
// publishes: source path, written path, and the ids in its HTML. argv[3] is the folder of node_modules.
const path = require('path');
const fs = require('fs');
const base = fs.realpathSync(process.argv[2]);
const modules = path.join(fs.realpathSync(process.argv[3]), 'node_modules');
fs.symlinkSync(modules, path.join(base, 'node_modules'));
const Hexo = require(path.join(modules, 'hexo'));
const hexo = new Hexo(base, { silent: true });
hexo.init().then(() => hexo.load()).then(() => {
  const source = hexo.config.source_dir.replace(/^\/|\/$/g, '');
  const say = (file, url, content) => {
    const html = (content || '').replace(/<!--[\s\S]*?-->/g, '');
    const ids = [...html.matchAll(/<[a-z][^>]*?\s(?:id|name)=(?:"([^"]*)"|'([^']*)')/gi)].map(m => m[1] || m[2] || '');
    const formatted = hexo.route.format(url);
    if (!hexo.route.list().includes(formatted)) return;
    const shown = ('/' + formatted).replace(/\/index\.html$/, '/');
    process.stdout.write(JSON.stringify({ file: `${source}/${file}`, url: shown, ids: ids.filter(id => id) }) + '\n');
  };
  // Without a date Hexo takes that of the file, which no checkout keeps.
  const undated = post => Math.abs(post.date.valueOf() - Date.now()) < 86400000;
  hexo.locals.get('posts').forEach(post => undated(post) || say(post.source, post.path, post.content));
  hexo.locals.get('pages').forEach(page => { if (/\.html?$/.test(page.path)) say(page.source, page.path, page.content); });
  fs.unlinkSync(path.join(base, 'node_modules'));
  process.exit(0);
}).catch(error => { console.error(error); process.exit(1); });
