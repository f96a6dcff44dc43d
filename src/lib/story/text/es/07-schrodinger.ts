// Capítulo 7 en español.
import type { Translated } from '../../chapter';
import type en from '../en/07-schrodinger';

export default {
	title: 'Schrödinger: una forma, una tasa',
	summary: 'Parta el movimiento en términos que conservan su forma y mueren cada uno con su tasa.',
	steps: {
		separate: {
			title: 'Una forma que solo se apaga',
			body: [
				'Busque soluciones que conserven su forma: $P = f(t)\\,\\phi(w)$. Puesta en la ecuación de Fokker–Planck, todo el tiempo queda a un lado y todo el espacio al otro, así que ambos son una constante, $-\\Gamma$.',
				'Una forma con $\\Gamma > 0$ no lleva probabilidad propia: quita en un sitio lo que da en otro. Sumada a la ley estacionaria es una densidad de verdad, y se apaga como $e^{-\\Gamma t}$. Una forma así es un [transitorio]{transient}.'
			],
			see: 'Pulse Iniciar: la forma de abajo conserva sus ceros y solo encoge. Con un n mayor tiene más ceros y se apaga antes.'
		},
		ansatz: {
			title: 'El ansatz',
			body: [
				'Escriba $\\phi = e^{-U/2D}\\psi$. La primera derivada desaparece, y para $\\psi$ queda la ecuación de Schrödinger, con masa 1 y ħ = 1, en otro potencial, el [potencial de Schrödinger]{quantum-potential} $V_Q$.',
				'Su primera parte es grande donde $U$ es empinado; la segunda, baja donde $U$ se curva hacia arriba. Un mínimo de $U$ se vuelve un pozo de $V_Q$, y también cada uno de dos mínimos; la barrera entre ellos sigue siendo barrera.'
			],
			see: 'Donde βU tiene un mínimo se anula el término de la pendiente y el de la curvatura cava el pozo. Suba λ por encima de 4/β: un pozo de $V_Q$ se vuelve dos.'
		},
		levels: {
			title: 'Niveles',
			body: [
				'Los estados $\\psi_n$ están a la altura de sus energías $E_n$, y las [tasas]{relaxation-rate} las siguen: $\\Gamma_n = 2D\\,E_n$. El más bajo tiene $E_0 = 0$ exactamente, porque su término es la ley estacionaria, que no decae.',
				'En el cierre gaussiano el pozo es armónico, $V_Q = \\tfrac12\\omega^2w^2 - \\tfrac12\\omega$ con $\\omega = \\kappa/2$, y la respuesta se conoce: funciones de Hermite en $E_n = n\\omega$. No hay energía de punto cero; $V_Q$ ya la ha pagado.'
			],
			see: 'Escalones iguales de ω = (4 − βλ)/2. Al llevar λ hacia 4/β el pozo se ensancha y todos los niveles bajan a cero.'
		},
		build: {
			title: 'Constrúyala con sus términos',
			body: [
				'Todo comienzo es una suma de esos términos, $c_n$ de cada uno. Enciéndalos uno a uno, con el control o en los propios niveles, y el bulto crece desde la ley estacionaria.',
				'Un bulto estrecho necesita términos altos: en $t = 0$ ocho no bastan; un momento después sí, porque los que faltan han muerto.'
			],
			see: 'Línea continua: los términos encendidos. De puntos: todos. La nota dice cuánta probabilidad sigue mal puesta.'
		},
		dying: {
			title: '¿Cuál muere primero?',
			body: [
				'Las barras son lo que queda de cada término, $|c_n|\\,e^{-\\Gamma_n t}$; los contornos, lo que tenía el comienzo. Unas barras son altas, porque el comienzo se les parece, y otras bajas.',
				'Pulse Iniciar cuando haya hecho su apuesta.'
			],
			see: 'Contornos: lo que el comienzo tiene de cada término. Relleno: lo que queda en el tiempo t. Al pulsar una barra su término sale de la suma.',
			ask: {
				question: '¿Qué barra de transitorios pierde antes la mitad de su altura?',
				options: {
					n1: 'n = 1',
					n2: 'n = 2',
					n3: 'n = 3',
					n4: 'n = 4',
					n5: 'n = 5',
					n6: 'n = 6',
					n7: 'n = 7',
					together: 'todas a la vez'
				},
				answer:
					'La más alta que tenga el comienzo: la semivida es $\\ln 2/\\Gamma_n$, y $\\Gamma_n$ no sabe nada de la altura de la barra. La última en pie es n = 1, y ella sola decide cuánto se tarda en olvidar.'
			}
		},
		gap: {
			title: 'Dos pozos: un nivel que casi toca el cero',
			body: [
				'Pasado βλ = 4 el primer estado excitado es el fundamental con una mitad vuelta del revés. Apenas cuesta energía, así que $E_1$ casi toca el cero: una partícula cuántica haría túnel; la nuestra [salta]{hopping} la barrera, y $1/\\Gamma_1$ es lo que tarda.',
				'Con más unidades la barrera es más alta y la brecha se cierra antes. El oscilador no sabe nada de esto: su $\\Gamma_1$ cae a cero en 4 y desaparece.'
			],
			see: 'Izquierda: $E_1$ se hunde hasta $E_0$ al crecer λ. Derecha: lo mismo como tasa, en escala logarítmica; más unidades, caída más empinada.'
		}
	},
	figure: {
		oneTitle: 'Un término a solas',
		oneSum: 'ley + término',
		oneShape: 'el término, por unidad de w',
		oneStart: 't = 0',
		oneNote:
			'Término {n}: Γ = {rate}, queda el {left} %. No añade probabilidad: lo que sube aquí lo baja allá.',
		sumTitle: 'P(w,t) con sus términos',
		densityAxis: 'densidad, por unidad de w',
		softAxis: 'coordenada blanda w, desde m = ½',
		sumName: 'encendidos',
		allName: 'todos',
		stationaryName: 'estacionaria',
		termName: 'término {n}',
		startKnob: 'Comienzo',
		sumNote: 'Los términos encendidos y todos ellos difieren en una variación total de {off}.',
		potentialsTitle: 'βU y V_Q a lo largo del modo blando',
		potentialAxis: 'βU, kT',
		quantumAxis: 'V_Q y sus dos partes, por longitud²',
		slopeName: 'pendiente',
		bendName: 'curvatura',
		potentialsNote: 'Exacto en la forma cerrada del pozo elegido; la marginal exacta es de 8 + 8 unidades.',
		levelsTitle: 'Niveles en V_Q',
		energyAxis: 'E, por longitud²',
		levelSwitch: 'Término {n}: E = {energy}, tasa {rate}',
		levelsNote:
			'Γ₁ = {rate}, con todos los modos de la rejilla; según la rejilla de la mitad, correcta a un {error} %.',
		levelsHarmonic:
			'Las energías de la rejilla difieren de nω en un {percent} % a lo sumo; la tabla compara sus funciones con las de Hermite.',
		exactName: 'exacta',
		differenceName: 'mayor diferencia con Hermite',
		barsTitle: 'Lo que queda de cada término',
		barsAxis: '|cₙ|, contorno: al comienzo; relleno: ahora',
		barSwitch: 'Término {n}: queda {now}, tasa {rate}',
		coefficientName: '|cₙ|',
		leftName: 'queda ahora',
		halvedName: 'semivida',
		barsNote: 'c₀ = 1: la ley estacionaria lleva toda la probabilidad.',
		yourGuess: 'apuesta',
		gapTitle: 'Las primeras tasas frente al acoplamiento',
		gapAxis: 'tasa Γ',
		couplingAxis: 'acoplamiento βλ',
		gapFirst: 'Γ₁',
		gapSecond: 'Γ₂',
		gapOscillator: 'oscilador, D(4 − βλ)',
		gapNote: 'Cada punto resuelto en la rejilla, 29 acoplamientos; valores buenos a un 1 %.',
		time: 'Tiempo t',
		lambda: 'Valor singular λ',
		beta: 'Temperatura inversa β',
		betaLambda: 'βλ = {value}',
		units: 'Unidades por capa',
		well: 'Potencial',
		wellGaussian: 'gaussiano',
		wellLandau: 'Landau',
		wellExact: 'marginal exacta',
		pick: 'Término n',
		upTo: 'Términos hasta n',
		upToValue: '{count} encendidos'
	},
	terms: {
		P: 'densidad de probabilidad en el tiempo t',
		phi: 'forma de un término: nunca cambia, solo se apaga',
		gamma: 'tasa con que muere un término',
		U: 'potencial efectivo del modo',
		psi: 'función propia en el potencial de Schrödinger',
		vq: 'el potencial de Schrödinger que el ansatz hace de U',
		energy: 'energía de la función propia',
		slope: 'grande donde U es empinado',
		bend: 'bajo donde U se curva hacia arriba',
		stationary: 'la ley estacionaria: el término n = 0',
		c: 'cuánto tiene el comienzo del término n'
	},
	glossary: {
		transient: {
			term: 'transitorio',
			text: 'Una parte de una densidad que muere exponencialmente; lo que queda cuando todos los transitorios se han ido es la ley estacionaria.'
		},
		'quantum-potential': {
			term: 'potencial de Schrödinger V_Q',
			text: "El potencial $V_Q = U'^2/8D^2 - U''/4D$ en el que las funciones propias de la ecuación de Fokker–Planck son estados cuánticos. Con $D = 1/\\beta$ se construye solo con $\\beta U$."
		},
		hopping: {
			term: 'salto',
			text: 'El paso de una partícula térmica por encima de una barrera, raro cuando la barrera mide muchos kT. En la forma de Schrödinger aparece como la pequeña brecha que abre el efecto túnel.'
		}
	}
} satisfies Translated<typeof en>;
