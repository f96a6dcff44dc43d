// Size limits, gzipped. `npm run size` after a build.
import { join } from 'node:path';
import { folders } from './scripts/build.js';
import { pageScripts } from './scripts/size.js';

export default [
	{
		name: 'JavaScript of the landing page',
		path: pageScripts(join(folders.static, 'index.html')),
		limit: '150 kB',
		gzip: true
	}
];
