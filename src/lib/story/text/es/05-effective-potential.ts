// Capítulo 5 en español.
import type { Translated } from '../../chapter';
import type en from '../en/05-effective-potential';

export default {
	title: 'El potencial efectivo',
	summary:
		'Energía y restricción suman un solo potencial. Cinco formas de alisarlo, qué supone cada una y dónde falla.',
	terms: {
		U: 'potencial efectivo',
		E: 'energía',
		S: 'entropía de los estados, una constante',
		V: 'potencial de la restricción',
		lambda: 'valor singular',
		kappa: 'curvatura según el modo blando',
		stiff: 'curvatura según el modo rígido',
		variance: 'varianza del modo blando',
		onsager: 'reacción de Onsager',
		sigma: 'anchura del difuminado',
		tv: 'variación total'
	},
	steps: {
		terms: {
			title: 'Energía, restricción y una constante',
			body: [
				'Escrita como una sola exponencial, $\\rho\\,e^{-\\beta E}$ es una ley de Boltzmann con el [potencial efectivo]{effective-potential} $U_{\\text{eff}}$. A lo largo del modo blando la energía empuja hacia fuera y la restricción tira hacia dentro; aquí la representa la campana del capítulo 3.',
				'$S_c$ cuenta los estados. Es $(N+M)\\ln2$, aquí 9.704 con 14 unidades; las diapositivas escriben $2^{N+M}$, que sería 16 384. En ambos casos es igual en todas partes: desplaza la curva y no mueve nada.'
			],
			see: 'Cuente la constante: la curva violeta baja 9.70 y la fuerza sobre la bola conserva cada cifra.'
		},
		five: {
			title: 'Cinco cierres',
			body: [
				'Una suma de deltas no tiene pendiente ni curvatura, así que hay que elegir un sustituto liso de $V_{\\text{const}}$. Un [cierre]{closure} es una elección así. *Gaussiano*: conservar media y covarianza de los vértices. *Entrópico*: la entropía de unidades independientes. *TAP*: eso, con la reacción de las demás unidades. *Ajustado*: la gaussiana que tengan las muestras. *Suavizado*: los vértices difuminados, con la energía elevada en consonancia.',
				'Cada curva sigue un modo de una máquina de 8×6 mientras los otros modos se relajan. Cerca del fondo coinciden con la ley exacta. Más lejos la campana es demasiado ancha, y las paredes de campo medio están demasiado cerca porque los modos relajados no fluctúan.'
			],
			see: 'A trazos el cierre, en línea continua la ley exacta. Suba βλ₁ y compare cada κ con el 1/Var exacto.'
		},
		softening: {
			title: '¿Adónde va la varianza?',
			body: [
				'El cierre gaussiano dice $\\operatorname{Var}w_1=1/(4-\\beta\\lambda_1)$: una divergencia en $\\beta\\lambda_1=4$. El artículo habla de modos cuya difusión no converge.',
				'Una máquina de 8×6 tiene 16 384 estados, así que su varianza se suma con exactitud para cada acoplamiento.'
			],
			see: 'Siga cada línea más allá de βλ₁ = 4. Allí el cierre entrópico da la varianza dentro de un pozo.',
			ask: {
				question:
					'Una máquina de 8×6 parte sin acoplar con $\\operatorname{Var}w_1=\\tfrac14$. Dibuje la varianza de su modo blando cuando $\\beta\\lambda_1$ crece más allá de 4.',
				answer:
					'Pasa por 4 sin quiebro: 14 bits no pueden alejarse más de lo que alcanzan, y el término cuártico confina el modo mucho antes. Los cierres ajustado y suavizado dan la línea exacta, uno porque recibe la covarianza, el otro porque su ley es exacta.',
				x: 'βλ₁',
				y: 'Var w₁'
			}
		},
		'past-four': {
			title: 'Más allá de βλ = 4',
			body: [
				'Con $\\beta\\lambda_1=5$ el potencial gaussiano es una cima: no hay mínimo en torno al cual desarrollar. El entrópico tiene un término cuártico positivo, y la cima queda entre dos pozos: la imagen de Landau de la simetría rota.',
				'La ley exacta tiene también dos pozos, con una barrera de cerca de un $kT$ entre ellos. TAP, que es de segundo orden en $\\beta W$, aún ve uno. La parábola ajustada tiene la varianza correcta y la forma equivocada.'
			],
			see: 'Siga βλ₁ de 3 a 6: un mínimo, ninguno, dos.'
		},
		bulk: {
			title: 'Muchos modos débiles',
			body: [
				'Ahora suben también los otros valores singulares. Cada unidad siente entonces muchos acoplamientos débiles y a través de ellos reacciona sobre sí misma. Esta reacción de Onsager endurece todos los modos.',
				'El cierre entrópico la omite y es demasiado blando. TAP la tiene hasta segundo orden en $\\beta W$, y vale mientras se cumpla la condición de Plefka.'
			],
			see: 'Suba los otros valores singulares: el 1/Var exacto deja la κ entrópica y va con TAP.'
		},
		field: {
			title: 'Un campo a lo largo del modo',
			body: [
				'Sesgos inclinados según $w_1$ apartan la ley del centro. El cierre gaussiano se desarrolla en torno a $m=\\tfrac12$ y responde con un desplazamiento proporcional a la fuerza, por grande que sea. Las unidades reales se saturan.',
				'El punto del cierre ajustado está en la media exacta. Los mínimos entrópico y TAP siguen $m=\\operatorname{sigmoid}(\\ldots)$ y se detienen donde se detienen los bits.'
			],
			see: 'Empuje el campo: el punto gaussiano se escapa en proporción, el de TAP se queda junto al ajustado.'
		},
		ripples: {
			title: 'Exacto, y aun así rizado',
			body: [
				'El cierre suavizado tiene la ley exacta para toda $\\sigma^2<1/(\\beta\\lambda_1)$. Pero su potencial es una mezcla de $2^{14}$ pozos pequeños: con un difuminado estrecho, el corte recto por su mínimo más bajo ve las paredes de un solo vértice.',
				'Así que se puede confiar en su ley estacionaria y no en su curvatura en un punto. Para las frecuencias, tómese la varianza inversa del modo elevado, o la $\\sigma^2$ más ancha permitida.'
			],
			see: 'Ensanche σ²: en el panel suavizado el pozo estrecho se abre, mientras la ley exacta apenas se mueve.'
		},
		lift: {
			title: 'Por qué hay que elevar la energía',
			body: [
				'Si se difuminan los vértices y se deja $E$ como está, cada estado gana peso según la energía que encuentra cerca. Sumada sobre los 128 estados de una máquina de 4×3, esa [variación total]{total-variation} llega a 0.8.',
				'Elevar la energía lo deshace modo a modo: $\\lambda_u\\to\\lambda/(1-\\beta\\sigma^2\\lambda)$, $\\lambda_w\\to\\lambda/(1+\\beta\\sigma^2\\lambda)$. Queda el error de redondeo. Desde aquí la partícula que difunde y la RBM son la misma ley.'
			],
			see: 'Arrastre la anchura: los puntos llenos dejan la diagonal, los abiertos nunca.'
		}
	},
	figure: {
		sumTitle: 'βU_eff a lo largo del modo blando',
		sumAxis: 'w₁ desde el centro',
		sumPotential: 'en unidades de kT',
		sumEnergy: 'βE',
		sumConstraint: 'V_const',
		sumEntropy: '−S_c',
		sumWhole: 'βU_eff',
		sumBall: 'Bola',
		sumForce: 'fuerza {force}',
		sumNote:
			'Cierre gaussiano. S_c = ({N}+{M}) ln 2 = {entropy}; 2 elevado a {N}+{M} sería {count}. Fuerza sobre la bola en {ball}: {force}, con ella o sin ella. E se mide desde el centro.',
		panelsTitle: 'Cinco cierres y la ley exacta',
		panelsLoading: 'Sumando sobre 16 384 estados…',
		panelsSoft: 'blanda w₁',
		panelsStiff: 'rígida u₁',
		panelsPotential: 'βU',
		panelsExact: 'exacta',
		panelsLifted: 'elevada, con σ²',
		panelsVertices: 'vértices',
		panelsLaw: 'Ley exacta',
		panelsCurvature: 'κ = {kappa}',
		panelsVariance: '1/Var = {curvature}',
		panelsNoMinimum: 'sin mínimo',
		panelsDoubt: 'Según su propia prueba, aquí no es de fiar.',
		panelsNote:
			'βU desde el mínimo más bajo de cada cierre con los otros modos relajados (suavizado: un corte recto), −ln P desde su valor más bajo. Curvaturas: {curvatures}. Varianza exacta de los vértices {vertices} (dibujada con un difuminado de σ = 0.15), de la ley elevada con σ² = {sigma2} {lifted}; las coordenadas elevadas se devuelven a la escala de los vértices.',
		gaussian: 'Gaussiano',
		entropic: 'Entrópico',
		tap: 'TAP',
		fitted: 'Ajustado',
		smoothed: 'Suavizado',
		about_gaussian: 'Segundos momentos de los vértices. Falla en βλ = 4 y con campos fuertes.',
		about_entropic: 'Unidades independientes. Falla cerca del punto crítico y con muchos modos débiles.',
		about_tap: 'Con el término de Onsager. Falla más allá de la condición de Plefka.',
		about_fitted: 'La covarianza exacta como gaussiana. Anchura correcta, un solo pozo.',
		about_smoothed: 'Vértices difuminados, energía elevada. Ley exacta; la curvatura es local.',
		about_law: '−ln P sumado sobre todos los estados. Elevar añade su propio ruido y nada más.',
		varTitle: 'Varianza del modo blando',
		varAxis: 'Var w₁',
		varLambda: 'βλ₁',
		varExact: 'exacta',
		varGaussian: 'gaussiano',
		varEntropic: 'entrópico',
		varTap: 'TAP',
		varGuess: 'su apuesta',
		varFree: 'sin acoplar, exacta',
		varCritical: 'βλ = 4',
		varNote:
			'Máquina de {N}×{M}, los otros valores singulares 0.4. Exacta por enumeración; los cierres en su mínimo más bajo.',
		varLoading: 'Buscando los mínimos…',
		naiveTitle: 'Cada estado de la máquina',
		naiveLoading: 'Sumando sobre todos los estados…',
		naiveRbm: 'probabilidad en la RBM',
		naiveSmeared: 'probabilidad tras difuminar',
		naiveKept: 'E como está',
		naiveLifted: 'E elevada',
		naiveDistance: 'variación total',
		naiveWidth: 'σ²',
		naiveReading: 'Con σ² = {sigma2}: {naive} con E como está, {lifted} con E elevada. Sumas exactas.',
		naiveNote: 'Los {count} estados, exacto, con σ² = {sigma2}; unidades en el orden v₁ … h₃.',
		naiveState: 'estado',
		naiveTwoTitle: 'Distancia a la RBM',
		naiveTwoNote: 'Variación total ½Σ|p − q| sobre todos los estados, exacta salvo redondeo.',
		naiveKnob: 'Anchura σ²',
		counted: 'Contar la constante',
		lambda: 'βλ₁ principal',
		critical: '4',
		rest: 'Los otros valores singulares',
		field: 'Campo según w₁',
		sigma2: 'σ² del cierre suavizado',
		bounded: 'Retenida en 0.9/(βλ₁), donde la elevación aún existe.',
		share: 'Anchura σ², parte de su cota',
		cut: 'A lo largo de',
		cutSoft: 'blanda w₁',
		cutStiff: 'rígida u₁'
	},
	glossary: {
		'effective-potential': {
			term: 'Potencial efectivo',
			text: 'El $U_{\\text{eff}}$ con el que $e^{-\\beta U_{\\text{eff}}}$ es energía y restricción en uno: $E-S_c/\\beta+V_{\\text{const}}/\\beta$.'
		},
		closure: {
			term: 'Cierre',
			text: 'Un sustituto liso del potencial de restricción $-\\ln\\rho$ de los estados binarios, para que existan pendientes y curvaturas.'
		},
		'total-variation': {
			term: 'Variación total',
			text: 'La mitad de la suma de $|p-q|$ sobre todos los estados: la mayor diferencia de probabilidad que puede mostrar un suceso. Está entre 0 y 1.'
		}
	}
} satisfies Translated<typeof en>;
