// Chapter 9 in Spanish.
import type { Translated } from '../../chapter';
import type en from '../en/09-learning';

export default {
	title: 'Aprender dobla los resortes',
	summary:
		'El entrenamiento eleva un valor singular tras otro por encima de 4/β, y cada uno afloja un resorte.',
	steps: {
		noise: {
			title: 'Antes de aprender: ruido con bordes',
			body: [
				'Una máquina empieza con pesos al azar, cada uno sorteado por separado. Sus [valores singulares]{singular-value} no caen en cualquier parte. En una matriz grande llenan una [banda]{bulk} entre dos bordes nítidos, y la forma de la banda se conoce: es la *ley de Marčenko–Pastur*. Depende solo del tamaño $N\\times M$ y de la dispersión $s$ de los pesos.',
				'Nada de esto significa algo todavía. Es el suelo del que tendrá que levantarse la estructura.'
			],
			see: 'Barras: valores singulares de doce matrices al azar, contados. Curva: la ley para matrices infinitamente grandes. Aumente los pesos y el borde superior camina hacia 4/β.'
		},
		lift: {
			title: 'Pulse Reproducir',
			body: [
				'Ahora una máquina con 16 unidades visibles y 16 ocultas aprende los treinta patrones de barras y franjas de una cuadrícula 4×4, en su navegador, por [divergencia contrastiva persistente]{pcd}. Cada línea es un valor singular $\\lambda_i$ de sus pesos, seguido paso a paso.',
				'La línea discontinua es $\\lambda = 4/\\beta$. El capítulo 8 mostró lo que ocurre allí: a segundo orden, el resorte blando de un modo ha perdido toda su fuerza.'
			],
			see: 'Cada línea es un modo. El texto bajo la figura cuenta los que están por encima de la línea discontinua.',
			ask: {
				question: '¿Cómo llegarán los valores singulares a la línea discontinua?',
				options: {
					together: 'Todos juntos, en un haz.',
					one: 'Uno tras otro, cada uno a su tiempo.',
					none: 'No llegarán nunca.'
				},
				answer:
					'Primero se aprende la dirección en que más varían los datos, porque es la que más rinde, y el crecimiento se alimenta a sí mismo: cuanto mayor es $\\lambda_i$, mayor es la correlación que la máquina ya muestra en ella. Las demás siguen por orden. Pulse Reproducir y observe.'
			}
		},
		springs: {
			title: 'La misma carrera, como resortes',
			body: [
				'Lea cada valor singular como dos osciladores. El rígido se hace más rígido, $\\omega_u = (4+\\beta\\lambda)/2$. El blando se ablanda, $\\omega_w = (4-\\beta\\lambda)/2$, y en el cruce no queda nada de él. Ambas frecuencias empiezan en 2, el valor de una unidad que no está atada a nada.',
				'Por debajo de cero no hay oscilador. La línea se prolonga para que se vea cuánto se ha dejado atrás el segundo orden; el cuarto orden sostiene entonces el modo, en dos pozos.'
			],
			see: 'Las líneas por encima de 2 son rígidas; las de abajo, blandas. Una línea blanda tras otra cae por debajo de cero.'
		},
		breaking: {
			title: 'Dos pozos: la simetría se rompe',
			body: [
				'Mire a lo largo de un modo blando de la máquina mientras aprende. Cada barra cuenta las [cadenas de Gibbs]{gibbs-chain} que están en ese lugar; hay 256.',
				'El [cumulante de Binder]{binder} bajo la figura lo dice en un solo número: 0 para un montón gaussiano, ⅔ para dos lugares nítidos.'
			],
			see: 'Elija un modo que haya cruzado y otro que no: dos montones, un montón.',
			ask: {
				question:
					'¿Qué aspecto tendrá el montón de cadenas a lo largo del modo 1 cuando $\\lambda_1$ haya pasado de $4/\\beta$?',
				options: {
					narrow: 'El mismo montón, más estrecho.',
					wide: 'Un montón, mucho más ancho.',
					two: 'Dos montones con un hueco entre ellos.'
				},
				answer:
					'Sin resorte en el centro, las cadenas se reúnen a un lado y a otro. Para pasar de un montón al otro una cadena tiene que escalar: por eso el muestreo se vuelve lento a medida que una máquina aprende. Pulse Reproducir y compare un modo alto con uno bajo.'
			}
		},
		digits: {
			title: 'Cifras manuscritas',
			body: [
				'Lo mismo con ceros y unos manuscritos, de 14×14 píxeles. El primer modo que sale de la banda distingue las dos cifras; los siguientes curvan los trazos y los inclinan.',
				'«Abrir en el laboratorio» lleva esta máquina consigo: más unidades ocultas, otras cifras, las muestras de los dos muestreadores junto a números exactos.'
			],
			see: 'Una banda que se queda y unos pocos modos que salen de ella. Cambie entre las cuatro vistas de la misma carrera.'
		},
		showers: {
			title: 'Para qué lo hacen las diapositivas: cascadas de partículas',
			body: [
				'Un electrón que choca con un bloque de wolframio inicia una *cascada* de partículas: crece, se ensancha y se extingue en unas decenas de capas. Simular cada una por completo es lento, así que los físicos entrenan máquinas que dibujan cascadas deprisa. Las diapositivas vienen de un proyecto así, con una RBM en el corazón de su generador.',
				'He aquí un juguete de ello: 12 capas de 12 anillos, cada celda encendida o apagada, energías de 1 a 100 GeV, hechas con la parametrización de manual de Grindhammer y Peters. La máquina las aprende en su navegador, y sus muestras se comparan con los datos como lo hacen los expertos: por *perfiles*, la proporción de celdas encendidas en cada capa y en cada anillo.'
			],
			see: 'Línea: datos. Puntos: las muestras de la máquina, con errores típicos. Pulse Reproducir y vea cómo los puntos suben hasta la línea.'
		}
	},
	figure: {
		bulkTitle: 'Valores singulares de pesos al azar',
		bulkText: 'Cómo se reparten los valores singulares de matrices de pesos independientes.',
		bulkNote:
			'Contados en {matrices} matrices de {visible}×{hidden}; la curva es el límite de matrices grandes.',
		bulkCounted: 'contado',
		bulkLaw: 'Marčenko–Pastur',
		bulkError: '± error típico, si son independientes',
		bulkFailed: 'No se pudieron calcular los valores singulares. Mueva un control para volver a intentarlo.',
		valueAxis: 'valor singular λ',
		densityAxis: 'densidad',
		critical: '4/β =',
		valuesTitle: 'Valores singulares durante el aprendizaje',
		valuesText: 'Los mayores valores singulares de los pesos en cada registro.',
		springsTitle: 'Frecuencias de los osciladores durante el aprendizaje',
		springsText: 'Frecuencia rígida y blanda de cada modo en la clausura gaussiana.',
		stepAxis: 'paso de gradiente',
		frequencyAxis: 'frecuencia ω',
		noSpring: 'ω = 0: ya no hay resorte',
		press: 'Pulse Reproducir: la máquina empieza a aprender.',
		exactValues: 'Valores singulares exactos de los pesos tal como eran en ese paso.',
		crossed: 'Por encima de 4/β en el paso {step}: {count} modos.',
		wellTitle: 'Cadenas a lo largo de la coordenada blanda del modo {mode}',
		wellText: 'Dónde están las cadenas de Gibbs a lo largo de este modo.',
		wellAxis: 'coordenada blanda w',
		wellCount: 'cadenas',
		wellNote: 'βλ = {lambda}. Cumulante de Binder de {chains} cadenas: {binder} ± {error}.',
		wellPress: 'Pulse Reproducir: aparecen las cadenas.',
		imagesTitle: 'Datos y muestras',
		imagesText: 'Filas de los datos junto a las muestras de Gibbs de la propia máquina.',
		dataRows: 'Datos',
		gibbsRows: 'Muestras',
		energyOf: 'energía media de',
		energyValue: 'valor',
		energyError: '± error típico',
		gibbs: 'muestras de Gibbs',
		exact: 'la máquina, exacta',
		panelLabel: 'Vista',
		panelValues: 'valores',
		panelSprings: 'resortes',
		panelWell: 'pozos',
		panelImages: 'muestras',
		panelProfiles: 'perfiles',
		profilesTitle: 'Perfiles de las cascadas',
		profilesText: 'Proporción de celdas encendidas, capa por capa y anillo por anillo.',
		layerAxis: 'capa',
		ringAxis: 'anillo',
		shareAxis: 'proporción de celdas encendidas',
		errorOf: '± error típico, {what}',
		profilesNote: 'De {data} cascadas de los datos y {model} muestras, las que se muestran. Un error típico.',
		modeLabel: 'Modo',
		visibleLabel: 'Unidades visibles N',
		hiddenLabel: 'Unidades ocultas M',
		scaleLabel: 'Dispersión s de los pesos',
		status: 'paso {step}, {rows} filas de entrenamiento',
		notStarted: 'sin empezar'
	},
	terms: {
		edges: 'bordes de la banda',
		s: 'desviación típica de un peso',
		lambda: 'valor singular del modo que se mira',
		critical: 'donde el resorte blando desaparece',
		stiff: 'frecuencia de su oscilador rígido',
		soft: 'frecuencia de su oscilador blando'
	},
	glossary: {
		bulk: {
			term: 'banda',
			text: 'Los valores singulares que los pesos al azar tienen de todos modos. La estructura se ve en los valores que salen de ella.'
		},
		pcd: {
			term: 'divergencia contrastiva persistente',
			text: 'Aprender por la diferencia entre promedios sobre los datos y promedios sobre cadenas de Markov que continúan de un paso al siguiente.'
		},
		'gibbs-chain': {
			term: 'cadena de Gibbs',
			text: 'Un estado que se sortea de nuevo una y otra vez, todas las unidades ocultas dadas las visibles y al revés. A la larga es una muestra de la máquina.'
		},
		binder: {
			term: 'cumulante de Binder',
			text: '$1 - \\langle\\delta^4\\rangle/3\\langle\\delta^2\\rangle^2$ de las desviaciones $\\delta$ respecto de la media: 0 para una gaussiana, $\\tfrac23$ para dos valores nítidos.'
		}
	}
} satisfies Translated<typeof en>;
