// Capítulo 4 en español.
import type { Translated } from '../../chapter';
import type en from '../en/04-landscape';

export default {
	title: 'El paisaje',
	summary:
		'La energía de cada modo es una silla; desplazada y girada, es un cuadrado hacia arriba y otro hacia abajo.',
	terms: {
		E: 'energía de un modo',
		lambda: 'valor singular',
		a: 'sesgo sobre x',
		b: 'sesgo sobre y',
		u: 'coordenada rígida',
		w: 'coordenada blanda',
		saddle: 'el punto de silla'
	},
	steps: {
		hyperbolas: {
			title: 'Hipérbolas',
			body: [
				'En coordenadas recíprocas la energía es una suma de modos que no saben unos de otros. Cada uno es función de dos números, $x_i$ e $y_i$, y sus líneas de nivel son hipérbolas.',
				'Las líneas con energía mayor que la del centro tienen el color de lo *rígido*, las de menor el de lo *blando*. Así sigue hasta el final de la historia.'
			],
			see: 'Las líneas de un color están por encima de la energía del centro, las del otro por debajo; λ las junta.',
			ask: {
				question:
					'Sin sesgos, $E=-\\lambda xy$ con $\\lambda>0$. ¿En qué dirección cae la energía desde el centro?',
				options: {
					same: '$x$ e $y$ crecen a la vez',
					opposite: '$x$ crece mientras $y$ baja',
					x: 'crece solo $x$',
					y: 'crece solo $y$'
				},
				answer:
					'El acuerdo baja la energía: eso significa acoplar un patrón visible a uno oculto. Sobre un solo eje no cambia nada.'
			}
		},
		saddle: {
			title: 'La silla',
			body: [
				'Los sesgos inclinan el plano y mueven así el punto sin pendiente, la [silla]{saddle}. Está en $x^*=-b/\\lambda$, $y^*=-a/\\lambda$: el sesgo sobre $x$ decide la altura en $y$, y al revés.',
				'La flecha en el origen es la fuerza $-\\nabla E$ allí, con $a$ según $x$ y $b$ según $y$.'
			],
			see: 'Arrastre la cruz o la punta de la flecha: cada una mueve la otra, y las hipérbolas no cambian de forma.'
		},
		turn: {
			title: 'Desplazar y girar π/4',
			body: [
				'Si se mide desde la silla, los términos lineales desaparecen. Al girar $\\pi/4$ desaparece el mixto: queda un cuadrado hacia arriba según $u$, [rígida]{stiff}, y uno hacia abajo según $w$, [blanda]{soft}.',
				'Ambos movimientos conservan longitudes y energías. Queda la constante $ab/\\lambda$; las diapositivas la omiten, lo que importa para $Z$ aunque para ninguna fuerza.'
			],
			see: 'Reproduzca o deslice: el punto violeta va con el plano y su energía conserva cada cifra.'
		},
		sections: {
			title: 'Sube según u, baja según w',
			body: [
				'Se corta por la silla. Según $u$ la energía es la parábola $+\\tfrac12\\lambda u^2$, según $w$ su imagen especular. Sola dejaría escapar a $w$: la energía no tiene suelo.',
				'El suelo lo pone la restricción del capítulo 3, que añade cerca de $\\tfrac12\\cdot4/\\beta$ veces el cuadrado en ambas direcciones. La rígida se hace más rígida que 4, la blanda más blanda.'
			],
			see: 'Tire del mando sobre la curva que sube: una sola λ dobla las dos.'
		},
		runaway: {
			title: 'Cuando el acoplamiento se apaga',
			body: [
				'Se fijan los sesgos y se baja $\\lambda$: las líneas se enderezan y el paisaje se vuelve una simple pendiente. En $\\lambda=0$ lo es, sin silla; así es en las $|N-M|$ direcciones libres.',
				'La silla sirve para mirar y no para desarrollar. Desde el capítulo 5 todo se desarrolla en torno al mínimo de $U_{\\text{eff}}$.'
			],
			see: 'Baje λ con el control o con el mando, y siga la cruz.',
			ask: {
				question: 'Se fijan los sesgos y $\\lambda$ tiende a 0. ¿Adónde va la silla?',
				options: {
					origin: 'al origen',
					stays: 'se queda donde está',
					away: 'al infinito'
				},
				answer:
					'Su distancia es $\\sqrt{a^2+b^2}/\\lambda$: en décadas una recta de pendiente −1, pronto más allá del vértice más lejano.'
			}
		},
		vertices: {
			title: 'Dónde está la máquina de verdad',
			body: [
				'El paisaje se dibuja en todas partes, pero la RBM solo tiene energías en sus vértices: aquí los 128 estados de una máquina de 4×3, vistos en el plano de su primer modo.',
				'Los sesgos [equilibrados]{balanced} ponen la silla en el centro del cubo. Cada bit está entonces encendido la mitad de las veces, y los dos extremos de la dirección blanda son igual de profundos.'
			],
			see: 'Equilibre los sesgos: la cruz salta al centro de la malla de anillos.'
		}
	},
	figure: {
		planeTitle: 'Energía de un modo',
		planeBlank: 'El paisaje aparece cuando haya apostado.',
		planeLabel:
			'Líneas de nivel de la energía en el plano de x e y, con la silla y la flecha de los sesgos como mandos',
		planeX: 'x',
		planeY: 'y',
		planeU: 'u, rígida',
		planeW: 'w, blanda',
		planeSaddle: 'silla, E = {energy}',
		planeSaddleKnob: 'Silla',
		planeBias: '(a, b) = ({a}, {b})',
		planeBiasKnob: 'Sesgos a y b',
		planeProbe: 'Punto',
		planeAway: 'silla en ({x}, {y})',
		planeQuantity: 'magnitud',
		planeValue: 'valor',
		planeSaddleX: 'silla x*',
		planeSaddleY: 'silla y*',
		planeSaddleE: 'silla E',
		planeProbeX: 'punto x',
		planeProbeY: 'punto y',
		planeProbeE: 'E de x e y',
		planeProbeAbout: 'E de u y w desde la silla',
		planeNote: 'Exacto. Las distancias son las de x e y, números sin unidad.',
		cutTitle: 'Cortes por la silla',
		cutAxis: 'distancia a la silla',
		cutEnergy: 'E − ab/λ',
		cutStiff: 'u',
		cutSoft: 'w',
		cutKnob: 'Valor singular λ',
		cutNote: 'λ = {lambda}. Exacto.',
		awayTitle: 'Distancia de la silla al origen',
		awayLambda: 'λ',
		awayDistance: 'distancia',
		awayLine: 'distancia',
		awayReach: 'vértice más lejano',
		awayKnob: 'Valor singular λ',
		awayNote: 'Con λ = {lambda} la distancia es {distance}, exacta.',
		awayNever: 'Sin sesgos la silla se queda en el origen para toda λ. Arrastre la flecha.',
		lambda: 'Valor singular λ',
		a: 'Sesgo a sobre x',
		b: 'Sesgo b sobre y',
		progress: 'Desplazar y girar',
		stageXY: 'x e y',
		stageShift: 'desplazar',
		stageTurn: 'girar',
		stageMark: 'desplazado',
		play: 'Reproducir',
		pause: 'Pausa',
		vertices: 'Vértices de la máquina',
		balance: 'Equilibrar los sesgos'
	},
	glossary: {
		saddle: {
			term: 'Silla',
			text: 'El punto donde la energía no tiene pendiente pero sube en una dirección y baja en la otra.'
		},
		stiff: {
			term: 'Dirección rígida',
			text: '$u=(x-y)/\\sqrt2$: aquí el acoplamiento añade la curvatura $\\beta\\lambda$ a la de la restricción.'
		},
		soft: {
			term: 'Dirección blanda',
			text: '$w=(x+y)/\\sqrt2$: aquí el acoplamiento quita la curvatura $\\beta\\lambda$. En $\\beta\\lambda=4$ no queda nada.'
		},
		balanced: {
			term: 'Sesgos equilibrados',
			text: '$a_0=-\\tfrac12W\\mathbf1$ y $b_0=-\\tfrac12W^{\\mathsf T}\\mathbf1$: invertir todos los bits no cambia ninguna energía, así que cada media es $\\tfrac12$.'
		}
	}
} satisfies Translated<typeof en>;
