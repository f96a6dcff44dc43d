// Capítulo 8 en español.
import type { Translated } from '../../chapter';
import type en from '../en/08-oscillators';

export default {
	title: 'Osciladores acoplados',
	summary:
		'Cada modo es un muelle; uno de ellos se ablanda con el acoplamiento, y lo que pasa entonces no es lo que parece.',
	steps: {
		springs: {
			title: 'Cada modo es un muelle',
			body: [
				'Cerca de su mínimo $\\beta U$ es una parábola, y $V_Q$ también: un oscilador de frecuencia $\\omega = \\kappa/2$ en torno a $z_{i0}$, con $\\zeta_i$ la distancia desde ahí. La máquina tiene 4 unidades visibles y 3 ocultas, así que hay siete: tres [rígidos]{stiff-mode}, tres [blandos]{soft-mode} y uno [libre]{free-mode}.',
				'Los sesgos apartan de ½ las posiciones de reposo $z_{i0}$; en el cierre gaussiano dejan cada ω como estaba.'
			],
			see: 'Sombreado: hasta dónde deja el calor oscilar a cada masa. Los muelles blandos, a la izquierda, son finos y oscilan lejos; λ ablanda el más blando.'
		},
		'one-mode': {
			title: 'Un modo a solas',
			body: [
				'Señale un muelle, o lleve el foco a la fila de muelles y use las flechas: solo ese modo se mueve, con su ω y su anchura térmica $1/\\sqrt{\\kappa}$, y los demás descansan.',
				'A la izquierda está el mismo movimiento en las unidades. Un modo blando mueve $x$ e $y$ juntas; uno rígido, en contra: las unidades visibles conservan su patrón y las ocultas lo invierten. Un modo libre deja quietas las unidades ocultas.'
			],
			see: 'Las flechas son la parte de cada unidad en el modo. Blando y rígido del mismo λ solo difieren en el signo de las unidades ocultas.'
		},
		coupling: {
			title: 'Cuando los muelles tiran unos de otros',
			body: [
				'Con sesgos el cierre ya no es tan sencillo: las unidades cercanas a 0 o 1 son más rígidas que las cercanas a ½, y $K$ en las coordenadas $u$, $w$, $x$ tiene números fuera de la diagonal, $k_{ij}$.',
				'Las diapositivas los conservan en $V_Q$, pero luego suman $\\omega_i = k_{ii}/2$. Las frecuencias son las de los [modos normales]{normal-mode}, la mitad de los valores propios de $K$; la más baja nunca supera el menor $k_{ii}/2$.'
			],
			see: 'Dos números para el primer nivel excitado. Sin sesgos coinciden; el control los separa.'
		},
		ladder: {
			title: 'La escalera',
			body: [
				'Los cuantos se suman: $E(n) = \\sum\\omega_i n_i$, y cada nivel es una tasa, $\\Gamma = 2D\\,E$. El vacío, $E = 0$, es la ley estacionaria.',
				'Los niveles que coinciden son [degenerados]{degeneracy}. Aquí λ₁ = λ₂, así que los dos muelles más blandos coinciden; y un cuanto rígido y uno blando del mismo λ suman siempre 4, como dos libres.'
			],
			see: 'Los puntos son estados que comparten peldaño. Aparte λ₂ de λ₁ y los peldaños se parten.'
		},
		softening: {
			title: 'El muelle que cede',
			body: [
				'Al crecer el acoplamiento el muelle blando se debilita, $\\omega_{\\text{soft}} = (4-\\beta\\lambda)/2$, y en βλ = 4 no queda nada de él. El rígido gana lo que este pierde.',
				'Un muelle más débil deja que el calor lleve más lejos a su masa. Dibuje cuánto: la varianza de $w$ de βλ = 0 a 4 en una máquina de verdad, de 8 + 8 unidades.'
			],
			see: 'Izquierda: las dos frecuencias; mueva λ y las marcas la siguen. Derecha, tras su apuesta: la varianza.',
			ask: {
				question: '¿Cómo crece la varianza del modo blando hasta βλ = 4?',
				answer:
					'El oscilador dice $1/(4-\\beta\\lambda)$, sin límite. La máquina lo sigue al principio y luego se aparta: las unidades son un número finito, y cada una acaba en 0 y en 1.',
				x: 'βλ',
				y: 'varianza de w'
			}
		},
		wells: {
			title: 'Más allá del umbral',
			body: [
				'La parábola se abre ahora hacia abajo. Pero solo era el segundo orden de un desarrollo; el cuarto, $\\tfrac{2}{3n}w^4$ para $n + n$ unidades, la vuelve a levantar. Aparecen dos [pozos]{landau-well} en $\\pm w^*$, con la mayoría de las unidades encendidas o apagadas.',
				'Es la imagen de Landau de una transición de fase. La entropía entera tiene sus pozos algo más adentro, y paredes donde todas las unidades coinciden.'
			],
			see: 'En βλ = 4 el mínimo único se parte. Justo después coinciden los pozos de Landau (marcas abiertas) y los de la entropía (llenas).'
		},
		runaway: {
			title: 'Modos que no convergen',
			body: [
				'El artículo habla de modos cuya difusión no converge. Cortados a segundo orden no pueden: con $\\kappa < 0$ la varianza crece como $e^{2|\\kappa|Dt}$, para siempre.',
				'La ley propia de la máquina no tiene tales modos. Desde el mismo comienzo, su densidad se reparte en los dos pozos y se detiene. Lo que no converge es el truncamiento: una unidad no puede pasar de 0 ni de 1, y el segundo orden no lo sabe.'
			],
			see: 'Pulse Iniciar: la densidad de puntos se escapa y se aplana; la continua se asienta en la ley discontinua.'
		}
	},
	figure: {
		springsTitle: 'Unidades y modos normales',
		unitsTitle: 'unidad s',
		visibleName: 'visibles',
		hiddenName: 'ocultas',
		stiffName: 'rígido',
		softName: 'blando',
		freeName: 'libre',
		mixedName: 'mixto',
		modesSlider: 'Modo normal que se mueve a solas',
		allModes: 'Se mueven todos los modos. Bajo cada muelle, su frecuencia ω.',
		modeText: 'Modo {kind} {name}: ω = {omega}, Γ = {rate}, anchura térmica {width}.',
		noSpring: 'Modo {kind} {name}: ω = {omega}, sin muelle a segundo orden.',
		springsNote:
			'Exacto en el cierre; anchura: desviación típica 1/√κ. Todos oscilan a la misma escala de tiempo.',
		widthName: 'anchura 1/√κ',
		rateName: 'Γ = Dκ',
		kindName: 'clase',
		modeName: 'modo',
		matrixTitle: 'K en coordenadas rígidas, blandas y libres',
		matrixNote:
			'El mayor |k_ij| fuera de la diagonal es {coupling}. Exacto en el cierre entrópico, en torno a su mínimo.',
		lowestModes: 'Primer nivel por modos normales',
		lowestDiagonal: 'solo por la diagonal',
		byModes: 'ω, modos normales',
		byDiagonal: 'ω, solo la diagonal',
		ladderTitle: 'Niveles E(n)',
		ladderAxis: 'energía E',
		rateAxis: 'tasa Γ',
		ladderSlider: 'Peldaño de la escalera',
		rungText: 'E = {energy}, Γ = {rate}; estados: {count} ({states}).',
		ladderEmpty: 'Un modo sin muelle no tiene niveles: βλ ha pasado de 4.',
		degeneracyName: 'degeneración',
		statesName: 'cuantos',
		frequencyTitle: 'Frecuencias',
		frequencyAxis: 'frecuencia ω',
		couplingAxis: 'acoplamiento βλ',
		varianceTitle: 'Varianza del modo blando',
		varianceAxis: 'Var w',
		oscillatorName: 'oscilador',
		machineName: 'máquina',
		guessName: 'su apuesta',
		softeningNote: 'Máquina: exacta, sumando todos los estados de {units} + {units} unidades.',
		varianceHidden: 'Dibuje antes su apuesta: la varianza se muestra con la respuesta.',
		wellsTitle: 'βU a lo largo del modo blando',
		potentialAxis: 'βU, kT, desde w = 0',
		softAxis: 'coordenada blanda w, desde m = ½',
		secondOrder: 'segundo orden',
		landauName: 'Landau',
		entropicName: 'entropía',
		wellsNote:
			'Pozos en ±{landau} según Landau, ±{entropic} según la entropía; barreras de {landauBarrier} y {entropicBarrier} kT.',
		runawayTitle: 'P(w,t) desde lo alto de la barrera',
		spreadTitle: 'Su varianza',
		densityAxis: 'densidad, por unidad de w',
		timeAxis: 'tiempo t',
		exactName: 'exacta',
		stationaryName: 'estacionaria',
		runawayNote:
			'Exacta: todos los modos en la rejilla, en la marginal del levantamiento exacto (8 + 8 unidades). Segundo orden: forma cerrada.',
		time: 'Tiempo t',
		lambda: 'Primer valor singular λ₁',
		lambda2: 'Segundo valor singular λ₂',
		betaLambda: 'βλ₁ = {value}',
		bias: 'Sesgos, sacados de ±',
		biasNone: '0, equilibrados',
		units: 'Unidades por capa'
	},
	terms: {
		omega: 'frecuencia: la mitad de la curvatura de βU',
		zeta: 'distancia a la posición de reposo a lo largo del modo',
		z0: 'posición de reposo',
		kij: 'curvaturas de βU; fuera de la diagonal, acoplamientos entre modos',
		energy: 'energía de un conjunto de cuantos',
		gamma: 'tasa con que muere ese transitorio',
		kappa: 'curvatura del modo blando',
		quartic: 'lo que confina el modo más allá del umbral'
	},
	glossary: {
		'stiff-mode': {
			term: 'modo rígido',
			text: 'La dirección $u = (x-y)/\\sqrt2$ de un valor singular, en la que unidades visibles y ocultas se mueven en contra; el acoplamiento suma βλ a su curvatura.'
		},
		'soft-mode': {
			term: 'modo blando',
			text: 'La dirección $w = (x+y)/\\sqrt2$ de un valor singular, en la que unidades visibles y ocultas se mueven juntas; el acoplamiento resta βλ de su curvatura.'
		},
		'free-mode': {
			term: 'modo libre',
			text: 'Una dirección de la capa mayor sobre la que los pesos no actúan; su curvatura es 4 sea cual sea el acoplamiento.'
		},
		'normal-mode': {
			term: 'modo normal',
			text: 'Una combinación de coordenadas que oscila por sí sola: un vector propio de la matriz de curvaturas.'
		},
		degeneracy: {
			term: 'degeneración',
			text: 'Cuántos estados distintos comparten una energía, y con ella una tasa.'
		},
		'landau-well': {
			term: 'pozo de Landau',
			text: 'Uno de los dos mínimos que aparecen cuando el término cuadrático de un desarrollo se vuelve negativo y el cuártico lo confina.'
		}
	}
} satisfies Translated<typeof en>;
