// Size limits, gzipped. `npm run size` after a build.
import { join } from 'node:path';
import { folders } from './scripts/build.js';
import { builtPages, pageScripts } from './scripts/size.js';

const landing = new Set(pageScripts(join(folders.static, 'index.html')));
/** English chapters; the Spanish ones run the same code. What they load later is weighed in tests/e2e/size.spec.ts. */
const chapters = [...builtPages(folders.static)].filter(([route]) => /^\/story\/(?!glossary)./.test(route));

export default [
	{
		name: 'JavaScript of the landing page',
		path: pageScripts(join(folders.static, 'index.html')),
		limit: '150 kB',
		gzip: true
	},
	...chapters.map(([route, page]) => ({
		name: `JavaScript of ${route} beyond the landing page`,
		path: pageScripts(page).filter((file) => !landing.has(file)),
		limit: '200 kB',
		gzip: true
	}))
];
