// The rooms' arrows of docs/architecture.md as rules: an import that goes up fails CI.

/**
 * Which rooms of src/lib each room may import from, besides itself.
 * @type {Record<string, string[]>}
 */
export const mayImport = {
	theory: [],
	random: [],
	engine: ['theory', 'random'],
	data: ['random'],
	annealer: ['theory', 'random'],
	server: ['annealer'],
	scene: [],
	session: ['engine', 'theory', 'data', 'annealer', 'scene', 'random'],
	charts: [],
	views: ['charts', 'theory', 'scene', 'session', 'random'],
	controls: ['scene'],
	story: ['views', 'controls', 'scene']
};

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const rooms = Object.entries(mayImport).map(([room, others]) => ({
	name: `room-${room}`,
	severity: 'error',
	comment: `${room}/ may import ${others.length ? others.join(', ') : 'no other room'}.`,
	from: { path: `^src/lib/${room}/` },
	to: { path: '^src/', pathNot: [room, ...others].map((r) => `^src/lib/${r}/`) }
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		...rooms,
		{
			name: 'views-know-the-session-by-its-client',
			severity: 'error',
			comment: 'Views and pages reach the session through its client and protocol, never its worker.',
			from: { path: '^src/(lib/views|lib/controls|lib/story|routes)/' },
			to: { path: '^src/lib/session/', pathNot: '^src/lib/session/(client|protocol)' }
		},
		{
			name: 'no-tfjs-outside-the-engine',
			severity: 'error',
			comment: 'tfjs loads in the worker, when a computation starts; only engine/ and session/ know it.',
			from: { path: '^src/', pathNot: '^src/lib/(engine|session)/' },
			to: { path: 'node_modules/@tensorflow' }
		},
		{
			name: 'theory-by-its-types',
			severity: 'error',
			comment:
				'engine/ and annealer/ share types with theory/, never code: the one is tested against the other.',
			from: { path: '^src/lib/(engine|annealer)/' },
			to: { path: '^src/lib/theory/', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'theory-is-pure',
			severity: 'error',
			comment: 'theory/ may use a linear-algebra library and nothing else.',
			from: { path: '^src/lib/theory/' },
			to: { dependencyTypes: ['npm'], pathNot: 'node_modules/ml-matrix' }
		},
		{
			name: 'no-cycles',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
		},
		{
			name: 'not-to-unresolvable',
			severity: 'error',
			from: {},
			to: {
				couldNotResolve: true,
				pathNot: '^(\\$app|\\$env|\\$service-worker|\\./\\$types|.*\\?(url|worker))'
			}
		}
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'scripts/rooms.tsconfig.json' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			extensions: ['.ts', '.js', '.svelte', '.d.ts'],
			conditionNames: ['svelte', 'import', 'types', 'default']
		}
	}
};
