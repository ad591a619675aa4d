/** Bundles each page into one text: its style and scripts inside, allowed by their hashes alone, and a place for the data; and the modules that draw one state, and that write a story. */
import { buildSync } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const dist = new URL('../dist/page/', here);

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const bundle = (entry, options = {}) =>
  buildSync({
    entryPoints: [new URL(entry, here).pathname],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
    legalComments: 'none',
    charset: 'ascii',
    // Properties that nobody else has, shortened: Preact's `__`, `__e` and the like, and those of boot memory, zones, tasks and the page cache. Go reads the expression: it has no flags.
    mangleProps:
      /^(?:__[a-zA-Z]?|\w*Bootmem\w*|findNext\w*Bit|irq\w+|is(?:Kept|Cached)|local(?:Zone|Page|Order)|pgdatList|wakeKswapd|tryToFreePages\w*|privateOrder|buddyFlag|freeListOf|nr(?:Ina|A)ctive|node(?:BootStart|LowPfn)|(?:is|set)Referenced|setBuffers|init(?:ListHead|Unlinked)|putFirst)$/,
    ...options,
  }).outputFiles[0].text;

/** Returns the script of an entry as a page may hold it. */
const scriptOf = (entry) => bundle(entry).replaceAll('</', '<\\/');

const minified = (css) =>
  buildSync({ stdin: { contents: css, loader: 'css' }, minify: true, write: false }).outputFiles[0].text.trim();

/** Returns the page of scripts, which run one after the other. What stands for the data is replaced when a page is written. */
function page(title, scripts, style, data) {
  const policy = `default-src 'none'; script-src ${scripts.map(hashOf).join(' ')}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript><p>This page needs JavaScript; it loads nothing from anywhere.</p></noscript>
${data}${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

/** Returns style sheets as one. */
const styled = (...names) =>
  minified(names.map((name) => readFileSync(new URL(`style/${name}.css`, here), 'utf8')).join('\n'));

mkdirSync(dist, { recursive: true });
const write = (name, text) => writeFileSync(new URL(name, dist), text);
const film = '<script type="application/json" id="film">@@FILM@@</script>\n';
const shared = ['colours', 'page', 'picture'];
write('film.html', page('buddy-oracle', [scriptOf('film/main.ts')], styled(...shared), film));
const play = [scriptOf('../conformance/explain/report/in-page.ts'), scriptOf('play/main.ts')];
write('play.html', page('buddy-oracle: playground', play, styled(...shared, 'play'), ''));
const still = { STYLE: JSON.stringify(styled('colours', 'picture', 'still')) };
write('still.cjs', bundle('still/main.ts', { format: 'cjs', define: still }));

/** Writes a module that writes pages without a script, of style sheets of its own. */
function writeModule(name, ...sheets) {
  const style = styled(...sheets);
  const define = { STYLE: JSON.stringify(style), STYLE_HASH: JSON.stringify(hashOf(style)) };
  write(`${name}.cjs`, bundle(`${name}/main.ts`, { format: 'cjs', define }));
}
writeModule('story', 'colours', 'page', 'picture', 'story');
writeModule('audit', 'colours', 'page', 'audit');
