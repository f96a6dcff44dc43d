// Capítulo 6 en español.
import type { Translated } from '../../chapter';
import type en from '../en/06-fokker-planck';

export default {
	title: 'Fokker–Planck: una ley que se asienta',
	summary: 'Deje moverse a la ley continua: cae cuesta abajo, el calor la extiende y olvida dónde empezó.',
	steps: {
		'drift-and-spread': {
			title: 'Deriva y difusión',
			body: [
				'Con coordenadas continuas, $e^{-\\beta U_{\\text{eff}}}/Z$ es la [ley estacionaria]{stationary-law} de un proceso en el tiempo: la [ecuación de Fokker–Planck]{fokker-planck}, aquí sobreamortiguada y con fricción 1.',
				'Ocurren dos cosas a la vez. La fuerza lleva la probabilidad cuesta abajo y el calor la extiende con la [constante de difusión]{diffusion-constant} $D = 1/\\beta$. La línea sobre el potencial es $P(w,t)$ a lo largo del modo blando $w$; la discontinua es donde ha de acabar.'
			],
			see: 'Arrastre el tirador para empezar en otro sitio y pulse Iniciar: el bulto se desliza al centro, se ensancha y se detiene en la ley discontinua.'
		},
		particles: {
			title: 'Lo mismo, con partículas',
			body: [
				'La ecuación habla de probabilidad; una partícula de [Langevin]{langevin} la vive. Cada una siente la pendiente de $U_{\\text{eff}}$ y recibe empujones al azar, con el mismo $D$.',
				'Las columnas cuentan partículas. Nunca siguen la línea con exactitud, porque son un número finito, y la línea nunca tiembla, porque es su promedio sobre todos los empujones.'
			],
			see: 'Columnas y línea empiezan juntas y juntas siguen. Con 4000 partículas las columnas son cuatro veces más tranquilas que con 250.'
		},
		draw: {
			title: 'Desde cualquier comienzo',
			body: [
				'Nada en la ecuación pide un bulto. Dibuje un comienzo con el puntero sobre la figura, o punto por punto con las flechas.',
				'El potencial es aquí el exacto: menos el logaritmo de la ley de $w$ en el levantamiento exacto, para una máquina de 8 + 8 unidades que comparten un solo valor singular. En la línea sola el final es exacto; el camino omite lo que hacen entretanto las demás coordenadas.'
			],
			see: 'La línea es el dibujo llevado a área 1. Primero se van las esquinas, al final la forma ancha, y el final es el mismo para todo dibujo.'
		},
		temperature: {
			title: 'Lo que hace el calor',
			body: [
				'β entra dos veces: pesa el potencial frente al calor y fija $D = 1/\\beta$. En el cierre gaussiano la media de un modo decae con la [tasa]{relaxation-rate} $\\Gamma = D\\kappa$, con $\\kappa = 4-\\beta\\lambda$, de modo que $\\Gamma = 4/\\beta - \\lambda$.',
				'Deje la máquina como está, λ = 2, y caliéntela de β = 1 a β = ½.'
			],
			see: 'En esta escala logarítmica una recta es una sola tasa. La línea de puntos es β = 1; la continua, el β del control.',
			ask: {
				question:
					'Con β = 1 la distancia decae con Γ = 2. Calentada hasta β = ½, ¿cuántas veces más deprisa decae?',
				answer:
					'Tres veces, no dos: $\\Gamma = 4/\\beta-\\lambda$ pasa de 2 a 6. El calor acelera la difusión y además quita al muelle el tirón del acoplamiento.',
				y: 'veces más deprisa'
			}
		},
		distance: {
			title: '¿Cuánto falta?',
			body: [
				'Se mide con la [variación total]{total-variation} $d$: la parte de la probabilidad que habría que mover para que $P$ fuese la ley estacionaria. Empieza cerca de 1 y no hace más que bajar.',
				'Para la densidad es una suma sobre la rejilla. Para las partículas se cuenta en 16 casillas, y un número finito añade ruido: hasta partículas sacadas de la propia ley estacionaria quedan en el suelo de puntos. Por debajo, tantas partículas no pueden decidir.'
			],
			see: 'Los puntos siguen la línea hasta el suelo y ahí se quedan; con el cuádruple de partículas el suelo baja a la mitad. Las barras son una desviación típica.'
		},
		'two-wells': {
			title: 'Dos pozos',
			body: [
				'Pasado βλ = 4 la ley tiene dos pozos. Se muestran dos comienzos: un bulto en el pozo izquierdo y el mismo bulto en lo alto de la barrera, con puntos.',
				'El bulto del pozo está ya donde va la mitad de toda la probabilidad. El de la barrera está donde apenas va ninguna.'
			],
			see: 'Línea continua: el comienzo en el pozo izquierdo. De puntos: el de la barrera. Pulse Iniciar y vea cuál llega antes a la ley discontinua.',
			ask: {
				question: '¿Qué comienzo llega antes a un décimo de la ley estacionaria?',
				options: { top: 'el de la barrera', well: 'el del pozo', same: 'los dos a la vez' },
				answer:
					'El de la barrera: los dos pozos se llenan por igual y enseguida. Desde un pozo, la mitad de la probabilidad tiene aún que saltar, y los saltos son raros. Un comienzo par en $w$ no contiene nada de ese término lento; el capítulo siguiente hace visibles esos términos.'
			}
		},
		plane: {
			title: 'Rígido y blando a la vez',
			body: [
				'La máquina más pequeña, una unidad visible y una oculta, tiene dos coordenadas, así que aquí no se omite nada: el levantamiento exacto con σ² = ¼ en el plano $(u,w)$, avanzado sobre una rejilla de 49 × 73 celdas en un hilo aparte.',
				'La coordenada rígida olvida primero. Lo que queda se arrastra por la blanda, y esa es la tasa que cuenta.'
			],
			see: 'Arrastre el tirador e inicie: la nube cae sobre el eje blando y luego deriva por él. Los anillos son la ley estacionaria.'
		}
	},
	figure: {
		densityTitle: 'P(w,t) a lo largo del modo blando',
		densityAxis: 'densidad, por unidad de w',
		softAxis: 'coordenada blanda w, desde m = ½',
		densityName: 'P(w,t)',
		otherName: 'desde arriba',
		stationaryName: 'estacionaria',
		particlesName: '{count} partículas de Langevin: columnas, y 400 de ellas como puntos bajo el eje.',
		drawingName: 'dibujo',
		potentialAxis: 'βU, kT',
		gridNote:
			'Densidad: todos los modos de una rejilla de {cells} celdas, exacta en el tiempo sobre ella; la rejilla cambia la tasa más lenta en un {error} %.',
		startKnob: 'Comienzo',
		heightKnob: 'Altura en',
		distanceTitle: 'Distancia a la ley estacionaria',
		distanceAxis: 'variación total d',
		timeAxis: 'tiempo t',
		distanceDensity: 'densidad',
		distanceOther: 'desde arriba',
		distanceReference: 'β = 1',
		distanceGuess: 'su apuesta',
		distanceFloor: 'suelo',
		distanceParticles: 'partículas',
		distanceNote:
			'Partículas: {count}, contadas en {bins} casillas; barras y banda son una y dos desviaciones típicas del muestreo.',
		distanceHidden: 'Primero su apuesta: la distancia se muestra con la respuesta.',
		sdName: 'desv. típ.',
		planeTitle: 'P(u,w,t) de la máquina más pequeña',
		stiffAxis: 'rígida u',
		planeNote:
			'Tasa más lenta Γ₁ = {rate}, con la rejilla de {cells} celdas (buena a un 1 %); {steps} pasos implícitos; {count} partículas.',
		meanU: '⟨u⟩',
		meanW: '⟨w⟩',
		varU: 'Var u',
		varW: 'Var w',
		ofParticles: 'partículas',
		time: 'Tiempo t',
		lambda: 'Valor singular λ',
		beta: 'Temperatura inversa β',
		betaLambda: 'βλ = {value}',
		well: 'Potencial',
		wellGaussian: 'gaussiano',
		wellEntropic: 'entrópico',
		wellExact: 'marginal exacta',
		start: 'Comienzo',
		startPoint: 'punto',
		startBump: 'bulto',
		startTwo: 'dos bultos',
		startDrawn: 'dibujado',
		count: 'Partículas'
	},
	terms: {
		P: 'densidad de probabilidad de las coordenadas en el tiempo t',
		D: 'constante de difusión, 1/β',
		drift: 'fuerza: la pendiente del potencial, cuesta abajo',
		gamma: 'tasa de relajación del modo',
		distance: 'variación total: la parte de la probabilidad que falta por mover',
		stationary: 'la ley estacionaria, donde acaba P'
	},
	glossary: {
		'stationary-law': {
			term: 'ley estacionaria',
			text: 'La distribución que un proceso conserva una vez que la tiene. Para la dinámica de Langevin y Fokker–Planck en $U$ es $e^{-\\beta U}/Z$.'
		},
		'fokker-planck': {
			term: 'ecuación de Fokker–Planck',
			text: 'La ecuación de movimiento de una densidad de probabilidad bajo una fuerza y el ruido térmico: deriva por la pendiente de $U$, difusión con $D = 1/\\beta$.'
		},
		'diffusion-constant': {
			term: 'constante de difusión',
			text: 'Con qué rapidez extiende el calor una densidad: sin fuerza, su varianza crece $2D$ por unidad de tiempo. Con fricción 1, $D = 1/\\beta$.'
		},
		langevin: {
			term: 'partícula de Langevin',
			text: 'Una partícula que se desliza por un potencial y recibe empujones al azar; una multitud de ellas tiene la densidad que da la ecuación de Fokker–Planck.'
		},
		'relaxation-rate': {
			term: 'tasa de relajación',
			text: 'La tasa Γ de una vuelta exponencial al equilibrio: tras un tiempo 1/Γ, una desviación se ha reducido al 37 %.'
		}
	}
} satisfies Translated<typeof en>;
