// Lets plain Node import the TypeScript of src/lib/theory, random and data: `import './typescript.js'` first, then
// `await import('../src/lib/…/x.ts')`. Node strips types by itself from 22.18 on; before that a loader hook does.
import { register } from 'node:module';

if (!('typescript' in process.features && process.features.typescript))
	register('./typescript-hooks.js', import.meta.url);
