// Every word on the map, in Spanish; the English is views/map/mapWords.ts.
import type { MapWords } from '$lib/views/map/mapWords';

export const mapWordsEs: MapWords = {
	title: 'De unidades binarias a osciladores',
	stages: [
		{
			name: 'Unidades binarias',
			short: 'unidades',
			see: (f) =>
				f.exact
					? `${f.visible} unidades visibles y ${f.hidden} ocultas se encienden y se apagan. Al subir β desde 0 hasta su valor, las líneas cobran fuerza y las unidades empiezan a concordar.`
					: `${f.visible} unidades visibles y ${f.hidden} ocultas se encienden y se apagan: una muestra tras otra.`
		},
		{
			name: 'Todos los estados',
			short: 'estados',
			see: (f) =>
				f.exact
					? `Cada unidad añade un eje y duplica los estados: ${f.states} vértices de un cubo en ${f.units} dimensiones. Cada disco es tan grande como probable es su estado.`
					: `Cada estado es un vértice de un cubo en ${f.units} dimensiones. Se dibujan ${f.states} vértices de una muestra; una proyección de tantos ejes parece gaussiana.`
		},
		{
			name: 'Rotación por Uᵀ y Vᵀ',
			short: 'rotar',
			see: (f) =>
				`El cubo gira, rígido, hasta que se ven los ejes del modo ${f.mode}: x = Uᵀv e y = Vᵀh. Cada vértice sigue siendo el mismo y su energía no cambia.`
		},
		{
			name: 'Traslación y giro de π/4',
			short: 'trasladar',
			see: () =>
				'El origen pasa al centro, y un giro de 45° separa el par: a lo largo de w un estado gana energía al alejarse (blando), a lo largo de u la paga (rígido).'
		},
		{
			name: 'Las masas puntuales se difuminan',
			short: 'difuminar',
			see: (f) =>
				`Cada vértice se vuelve una gaussiana de anchura σ, hasta σ = ${f.sigma}, y da un paso cuesta abajo en su energía. Redondeada con sus monedas, la partícula es una muestra exacta de la RBM.`
		},
		{
			name: 'El potencial',
			short: 'potencial',
			see: (f) =>
				f.wells > 1
					? `Inclinada, la densidad muestra su potencial U_eff, una línea por cada kT: la dirección blanda se ha partido en ${f.wells} pozos.`
					: 'Inclinada, la densidad muestra su potencial U_eff, una línea por cada kT: estrecho en la dirección rígida, ancho en la blanda.'
		},
		{
			name: 'Muelles',
			short: 'muelles',
			see: (f) =>
				f.loose > 0
					? `Cada modo es una masa en un muelle, tan ancha como el calor la hace. ${f.loose === 1 ? 'Un modo ha perdido su muelle: a segundo orden nada lo sujeta.' : `${f.loose} modos han perdido su muelle: a segundo orden nada los sujeta.`}`
					: 'Cada modo es una masa en un muelle, tan ancha como el calor la hace: las rígidas tiemblan, las blandas vagan.'
		},
		{
			name: 'Niveles y tasas de decaimiento',
			short: 'niveles',
			see: () =>
				'Una escalera de niveles: E(n) = Σωᵢnᵢ. Lo que se aparta del estado estacionario en el nivel E muere con Γ = 2DE: los peldaños altos se apagan primero y el modo más blando dura.'
		}
	],
	stageOf: (k, of) => `Etapa ${k} de ${of}`,
	percent: (p) => `${p} %`,
	progress: 'Avance del mapa',
	play: 'Reproducir',
	pause: 'Pausa',
	reverse: 'Hacia atrás',
	next: 'Etapa siguiente',
	shake: 'Movimiento térmico',
	state: (index, of, exact) => `Estado ${index} de ${of}${exact ? ' por probabilidad' : ''}`,
	nextState: 'Estado siguiente, menos probable',
	lastState: 'Estado anterior, más probable',
	visibleUnit: (k, on) => `Unidad visible ${k}, ${on ? 'encendida' : 'apagada'}`,
	hiddenUnit: (k, on) => `Unidad oculta ${k}, ${on ? 'encendida' : 'apagada'}`,
	modeName: (k, coupling) => `Modo ${k}, λ = ${coupling}`,
	springName: (kind, k, omega) =>
		`Modo ${kind === 'free' ? 'libre' : kind === 'soft' ? 'blando' : 'rígido'} ${k}, ω = ${omega}`,
	modes: 'modos de W',
	noSpring: 'sin muelle',
	stiff: 'rígido',
	soft: 'blando',
	free: 'libre',
	inUnits: 'E en unidades v, h',
	onTheWay: 'E en camino',
	inReciprocal: 'E en x, y',
	inModes: 'E en u, w',
	statesSoFar: 'estados hasta ahora',
	statesDrawn: 'estados dibujados',
	shortest: 'Giran dos planos',
	deviation: 'mayor |P(s) redondeada − P(s)|',
	depth: 'βU en la partícula',
	width: 'anchura (rms), exacta',
	sampledWidth: 'anchura (rms)',
	thermal: 'del muelle solo',
	slowest: 'tasa Γ más lenta',
	levels: 'niveles mostrados',
	atTime: 'tras el tiempo t =',
	energyAxis: 'E(n)',
	rateAxis: 'Γ = 2DE',
	allLevels: 'todos',
	displacement: 'desplazamiento, unidades de z',
	table: (stage) => `números de «${stage}»`,
	columns: {
		unit: 'unidad',
		value: 'en el estado marcado',
		state: 'estado v h',
		probability: 'P(s)',
		energy: 'E(s)',
		mode: 'modo',
		kind: 'tipo',
		coupling: 'βλ',
		mean: 'media',
		width: 'anchura, rms',
		thermal: '1/√κ',
		omega: 'ω',
		rate: 'Γ',
		level: 'E(n)',
		count: 'estados en él'
	},
	notes: {
		exact: 'Exacto: una suma sobre todos los estados.',
		sampled: 'De la muestra dibujada, cada estado con el mismo peso.',
		closure: (name) => `ω y Γ en el cierre ${name}; las anchuras son las de la partícula elevada.`,
		cut: 'Hay más niveles bajo el más alto mostrado que los que se listan.'
	}
};
