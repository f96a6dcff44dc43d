// Every word on the map, in English. Another language is another object of this type (story/text/es/map.ts).
// Quantities are written as labels: λ₁, ω_soft, Γₙ, 10⁻⁴ are set properly by charts/label.

/** What the sentences may mention; numbers come formatted. */
export interface MapFacts {
	readonly visible: number;
	readonly hidden: number;
	readonly units: number;
	readonly states: string;
	/** all states are there; else they are a sample */
	readonly exact: boolean;
	/** rank of the mode shown, from 1 */
	readonly mode: number;
	readonly coupling: string;
	/** wells of the potential along the soft direction */
	readonly wells: number;
	readonly sigma: string;
	readonly springs: number;
	readonly loose: number;
}

export interface MapWords {
	/** name of the whole figure */
	readonly title: string;
	readonly stages: readonly {
		readonly name: string;
		readonly short: string;
		readonly see: (f: MapFacts) => string;
	}[];
	readonly stageOf: (k: number, of: number) => string;
	readonly percent: (p: number) => string;
	readonly progress: string;
	readonly play: string;
	readonly pause: string;
	readonly reverse: string;
	readonly next: string;
	readonly shake: string;
	/** controls of the state that is marked */
	readonly state: (index: number, of: number, exact: boolean) => string;
	readonly nextState: string;
	readonly lastState: string;
	readonly visibleUnit: (k: number, on: boolean) => string;
	readonly hiddenUnit: (k: number, on: boolean) => string;
	readonly modeName: (k: number, coupling: string) => string;
	readonly springName: (kind: 'stiff' | 'soft' | 'free', k: number, omega: string) => string;
	readonly modes: string;
	readonly noSpring: string;
	readonly stiff: string;
	readonly soft: string;
	readonly free: string;
	/** captions of the numbers beside the figure */
	readonly inUnits: string;
	readonly onTheWay: string;
	readonly inReciprocal: string;
	readonly inModes: string;
	readonly statesSoFar: string;
	readonly statesDrawn: string;
	readonly shortest: string;
	readonly deviation: string;
	readonly depth: string;
	readonly width: string;
	readonly sampledWidth: string;
	readonly thermal: string;
	readonly slowest: string;
	readonly levels: string;
	readonly atTime: string;
	readonly energyAxis: string;
	readonly rateAxis: string;
	readonly allLevels: string;
	readonly displacement: string;
	readonly table: (stage: string) => string;
	readonly columns: {
		readonly unit: string;
		readonly value: string;
		readonly state: string;
		readonly probability: string;
		readonly energy: string;
		readonly mode: string;
		readonly kind: string;
		readonly coupling: string;
		readonly mean: string;
		readonly width: string;
		readonly thermal: string;
		readonly omega: string;
		readonly rate: string;
		readonly level: string;
		readonly count: string;
	};
	readonly notes: {
		readonly exact: string;
		readonly sampled: string;
		readonly closure: (name: string) => string;
		readonly cut: string;
	};
}

export const mapWords: MapWords = {
	title: 'From binary units to oscillators',
	stages: [
		{
			name: 'Binary units',
			short: 'units',
			see: (f) =>
				f.exact
					? `${f.visible} visible and ${f.hidden} hidden units switch on and off. As β rises from 0 to its value the lines take hold, and units begin to agree.`
					: `${f.visible} visible and ${f.hidden} hidden units switch on and off: one sample after another.`
		},
		{
			name: 'All states',
			short: 'states',
			see: (f) =>
				f.exact
					? `Each unit adds an axis and doubles the states: ${f.states} corners of a cube in ${f.units} dimensions. A disc is as large as its state is likely.`
					: `Each state is a corner of a cube in ${f.units} dimensions. ${f.states} sampled corners are drawn; a projection of so many axes looks Gaussian.`
		},
		{
			name: 'Rotation by Uᵀ and Vᵀ',
			short: 'rotate',
			see: (f) =>
				`The cube turns, rigid, until the axes of mode ${f.mode} are in view: x = Uᵀv and y = Vᵀh. A corner stays the corner it was, and its energy does not change.`
		},
		{
			name: 'Shift, and a turn by π/4',
			short: 'shift, turn',
			see: () =>
				'The origin moves to the centre, and a turn by 45° parts the pair: along w a state gains energy by going out (soft), along u it pays (stiff).'
		},
		{
			name: 'Point masses smear',
			short: 'smear',
			see: (f) =>
				`Each corner becomes a Gaussian of width σ, up to σ = ${f.sigma}, and takes one step down its energy. Rounded by its coins, the particle is an exact sample of the RBM.`
		},
		{
			name: 'The potential',
			short: 'potential',
			see: (f) =>
				f.wells > 1
					? `Tilted, the density shows its potential U_eff, a line for each kT: the soft direction has parted into ${f.wells} wells.`
					: `Tilted, the density shows its potential U_eff, a line for each kT: narrow along the stiff direction, wide along the soft one.`
		},
		{
			name: 'Springs',
			short: 'springs',
			see: (f) =>
				f.loose > 0
					? `Every mode is a mass on a spring, as wide as heat makes it. ${f.loose === 1 ? 'One mode has lost its spring: to second order nothing holds it.' : `${f.loose} modes have lost their springs: to second order nothing holds them.`}`
					: 'Every mode is a mass on a spring, as wide as heat makes it: stiff ones tremble, soft ones wander.'
		},
		{
			name: 'Levels and decay rates',
			short: 'levels',
			see: () =>
				'A ladder of levels: E(n) = Σωᵢnᵢ. A state off the stationary one at level E dies at Γ = 2DE, so high rungs vanish first and the softest mode lasts.'
		}
	],
	stageOf: (k, of) => `Stage ${k} of ${of}`,
	percent: (p) => `${p} %`,
	progress: 'Progress of the map',
	play: 'Play',
	pause: 'Pause',
	reverse: 'Backwards',
	next: 'Next stage',
	shake: 'Thermal motion',
	state: (index, of, exact) => `State ${index} of ${of}${exact ? ' by probability' : ''}`,
	nextState: 'Next less likely state',
	lastState: 'Next likelier state',
	visibleUnit: (k, on) => `Visible unit ${k}, ${on ? 'on' : 'off'}`,
	hiddenUnit: (k, on) => `Hidden unit ${k}, ${on ? 'on' : 'off'}`,
	modeName: (k, coupling) => `Mode ${k}, λ = ${coupling}`,
	springName: (kind, k, omega) =>
		`${kind === 'free' ? 'Free' : kind === 'soft' ? 'Soft' : 'Stiff'} mode ${k}, ω = ${omega}`,
	modes: 'modes of W',
	noSpring: 'no spring',
	stiff: 'stiff',
	soft: 'soft',
	free: 'free',
	inUnits: 'E in units v, h',
	onTheWay: 'E on the way',
	inReciprocal: 'E in x, y',
	inModes: 'E in u, w',
	statesSoFar: 'states so far',
	statesDrawn: 'states drawn',
	shortest: 'Two planes turn, by',
	deviation: 'largest |P(s) rounded − P(s)|',
	depth: 'βU at the particle',
	width: 'width (rms), exact',
	sampledWidth: 'width (rms)',
	thermal: 'of the spring alone',
	slowest: 'slowest rate Γ',
	levels: 'levels shown',
	atTime: 'after time t =',
	energyAxis: 'E(n)',
	rateAxis: 'Γ = 2DE',
	allLevels: 'all',
	displacement: 'displacement, units of z',
	table: (stage) => `numbers of ${stage}`,
	columns: {
		unit: 'unit',
		value: 'in the marked state',
		state: 'state v h',
		probability: 'P(s)',
		energy: 'E(s)',
		mode: 'mode',
		kind: 'kind',
		coupling: 'βλ',
		mean: 'mean',
		width: 'width, rms',
		thermal: '1/√κ',
		omega: 'ω',
		rate: 'Γ',
		level: 'E(n)',
		count: 'states at it'
	},
	notes: {
		exact: 'Exact: a sum over all states.',
		sampled: 'From the sample that is drawn, each state of equal weight.',
		closure: (name) => `ω and Γ in the ${name} closure; widths are those of the lifted particle.`,
		cut: 'There are more levels below the highest shown than are listed.'
	}
};
