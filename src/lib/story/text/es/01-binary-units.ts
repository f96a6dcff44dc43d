// Capítulo 1 en español.
import type { Translated } from '../../chapter';
import type en from '../en/01-binary-units';

export default {
	title: 'Unidades binarias',
	summary:
		'Una máquina de interruptores, la energía de cada posición y por qué nadie puede enumerarlas todas.',
	steps: {
		units: {
			title: 'Una máquina de interruptores',
			body: [
				'Aquí hay siete *unidades*. Cada una está encendida, 1, o apagada, 0. Púlselas.',
				'Las cuatro de la fila superior son [unidades visibles]{visible-unit}: en ellas se escribirán los datos. Las tres de abajo son [unidades ocultas]{hidden-unit}: la máquina las usa como quiera. Cada unidad visible está unida a cada oculta por un [peso]{weight}, y dentro de una fila no hay uniones. Una máquina así es una [máquina de Boltzmann restringida]{rbm}, RBM por sus siglas en inglés.',
				'Una posición de todas las unidades es un *estado*. Siete interruptores tienen $2^7 = 128$ estados.'
			],
			see: 'Pulse una unidad: cambia entre 0 y 1, y se refuerzan las líneas entre unidades que están ambas encendidas.'
		},
		energy: {
			title: 'Cada estado tiene una energía',
			body: [
				'La [energía]{energy} suma tres cosas: los [sesgos]{bias} $a_0$ de las unidades visibles encendidas, los sesgos $b_0$ de las ocultas encendidas y el peso $W_{ij}$ de cada línea cuyos dos extremos están encendidos. Por los signos menos, los números grandes y positivos salen baratos: un peso positivo pide a sus dos unidades que se enciendan juntas.',
				'Señale un término de la ecuación para ver qué parte de la máquina es.'
			],
			see: 'Las barras son los tres términos de la energía, uno tras otro; la última es su suma. Una pulsación cambia solo los términos de los que la unidad forma parte.'
		},
		weights: {
			title: 'Poca energía, mucho peso',
			body: [
				'La máquina prefiere energías bajas, pero no de forma absoluta. Un estado de energía $E$ cuenta con su [peso de Boltzmann]{boltzmann-weight} $e^{-\\beta E}$. La [temperatura inversa]{beta} $\\beta$ dice cuán estricta es.',
				'La figura muestra los 128 estados, de la energía más baja a la izquierda a la más alta a la derecha, cada uno con su parte del peso total. La barra marcada es el estado en que están las unidades.'
			],
			see: 'Cada barra es un estado. Pulse una barra para poner las unidades en ese estado.',
			ask: {
				question: 'Baje $\\beta$ hasta 0. ¿Qué harán las 128 barras?',
				options: {
					equal: 'Todas quedan igual de altas.',
					lowest: 'Solo queda el estado de menor energía.',
					same: 'Conservan su forma; solo cambia la escala.'
				},
				answer:
					'Con $\\beta = 0$ cada peso es $e^0 = 1$: ningún estado se prefiere. Al crecer $\\beta$, las energías más bajas se lo llevan todo. El control es suyo.'
			}
		},
		partition: {
			title: 'Un número las divide a todas',
			body: [
				'Para convertir un peso en probabilidad se divide por la suma de todos los pesos. Esa suma es la [función de partición]{partition-function} $Z$. Para siete unidades tiene 128 términos, y esta página los suma cada vez que mueve un control.',
				'Casi todo lo que se quiere saber de una máquina está en $Z$: su logaritmo es una energía libre y sus derivadas son promedios. Entrenar una RBM necesita esos promedios.'
			],
			see: 'Los números bajo las unidades son exactos: se contaron todos los estados. Suba $\\beta$ y vea cómo unos pocos estados se quedan con toda la probabilidad.'
		},
		hopeless: {
			title: 'Siete unidades, bien. ¿Y cincuenta?',
			body: [
				'Cada unidad más duplica el número de términos. Los puntos de la figura no salen de un libro: su equipo acaba de calcular $Z$ para RBM cada vez mayores y se ha cronometrado.',
				'Un truco ayuda. Fijada una capa, las unidades de la otra son independientes y su suma tiene forma cerrada; solo hay que enumerar la capa menor, $2^{\\min(N,M)}$ estados en lugar de $2^{N+M}$. Eso reduce la pendiente a la mitad y no cambia el relato. Una RBM para dígitos manuscritos tiene 784 unidades visibles y 500 ocultas.'
			],
			see: 'Los puntos se midieron ahora mismo en su equipo. Las líneas discontinuas son extrapolación: el ajuste a esos puntos, prolongado.',
			ask: {
				question:
					'¿Con cuántas unidades $N+M$ tardaría su equipo la edad del universo en enumerar todos los estados?',
				options: {
					forty: 'unas 40',
					ninety: 'entre 70 y 100',
					thousand: 'unas 1000'
				},
				answer:
					'Duplicar es rápido: la figura da el número para su equipo. Con 50 unidades se espera días o años, según el equipo; las diapositivas llaman intratable a todo lo que sigue. Los capítulos siguientes buscan otra entrada.'
			}
		}
	},
	figure: {
		graph: 'Las unidades de la máquina',
		visibleUnit: 'unidad visible {number}',
		hiddenUnit: 'unidad oculta {number}',
		biasVisible: 'sesgos visibles',
		biasHidden: 'sesgos ocultos',
		pairs: 'pares',
		total: 'energía E',
		machineTitle: 'Una máquina de 4 unidades visibles y 3 ocultas',
		machineText: 'Los números pequeños son sesgos; líneas gruesas, pesos grandes; discontinuas, negativos.',
		energyTable: 'término',
		energyValue: 'valor',
		statesTitle: 'Todos los estados',
		statesText: 'Los {count} estados por energía creciente; la altura es la probabilidad.',
		rank: 'orden por energía',
		probability: 'probabilidad',
		stateColumn: 'estado v h',
		energyColumn: 'energía',
		exactNote: 'Exacto, por enumeración de todos los estados.',
		betaLabel: 'Temperatura inversa β',
		couplingLabel: 'Fuerza λ₁ de los pesos',
		sizeLabel: 'Número de unidades N+M',
		lnZ: 'ln Z',
		ofState: 'p de este estado',
		entropy: 'entropía, nats',
		costTitle: 'Tiempo para calcular Z exactamente',
		costText: 'En este equipo: lo medido, y adónde lleva la recta que pasa por las medidas.',
		costUnits: 'N+M, unidades',
		costSeconds: 'tiempo, s',
		costStates: 'todos los estados',
		costLayer: 'capa menor',
		costMeasured: 'medido, s',
		costLine: 'recta ajustada, s',
		costUniverse: 'edad del universo',
		costDay: 'un día',
		costSlope: 'Duplicaciones por unidad: {slope} ± {error} (ajuste).',
		costAt: '{way}, {units} unidades: {time}, con un factor {factor} de error; extrapolado.',
		costLimit: 'La edad del universo, con unas {units} unidades.',
		costMeasuring: 'Calculando Z para máquinas cada vez mayores…',
		costNote:
			'N = M en cada máquina. Cada punto es la más corta de hasta cinco ejecuciones; los tiempos menores de 1 ms no entran en el ajuste.',
		costFailed: 'La medición se detuvo: {problem}',
		seconds: 's',
		minutes: 'minutos',
		hours: 'horas',
		days: 'días',
		years: 'años'
	},
	terms: {
		E: 'energía del estado',
		a0: 'sesgos de las unidades visibles encendidas',
		b0: 'sesgos de las unidades ocultas encendidas',
		W: 'pesos entre unidades ambas encendidas',
		beta: 'temperatura inversa',
		Z: 'función de partición',
		p: 'probabilidad del estado',
		n: 'número de unidades'
	},
	glossary: {
		'visible-unit': {
			term: 'unidad visible',
			text: 'Unidad que lleva datos: un píxel o una celda de un patrón medido. Hay $N$; juntas son $v$.'
		},
		'hidden-unit': {
			term: 'unidad oculta',
			text: 'Unidad en la que no se escriben datos. Hay $M$; juntas son $h$. Permiten que las visibles dependan unas de otras.'
		},
		weight: {
			term: 'peso',
			text: 'El número $W_{ij}$ de la línea entre la unidad visible $i$ y la oculta $j$. Cuenta solo mientras ambas están encendidas.'
		},
		bias: {
			term: 'sesgo',
			text: 'Número que una unidad aporta a menos la energía cuando está encendida: $a_0$ en las visibles, $b_0$ en las ocultas.'
		},
		rbm: {
			term: 'máquina de Boltzmann restringida',
			text: 'Red de unidades binarias en dos capas, con pesos entre las capas y ninguno dentro de ellas, y probabilidades $e^{-\\beta E}/Z$.'
		},
		energy: {
			term: 'energía',
			text: 'El número $E(v,h) = -a_0\\cdot v - b_0\\cdot h - v^{\\top}Wh$ de un estado. Las energías bajas son las probables.'
		},
		'boltzmann-weight': {
			term: 'peso de Boltzmann',
			text: '$e^{-\\beta E}$: cuánto cuenta un estado de energía $E$ antes de dividir los pesos por su suma.'
		},
		beta: {
			term: 'temperatura inversa β',
			text: 'Cuán estrictamente se prefieren las energías bajas: nada con $\\beta = 0$, del todo cuando $\\beta\\to\\infty$.'
		},
		'partition-function': {
			term: 'función de partición Z',
			text: 'La suma de los pesos de Boltzmann de todos los estados. Las probabilidades son los pesos divididos por ella.'
		}
	}
} satisfies Translated<typeof en>;
