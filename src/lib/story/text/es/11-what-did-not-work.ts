// Capítulo 11 en español.
import type { Translated } from '../../chapter';
import type en from '../en/11-what-did-not-work';

export default {
	title: 'Lo que no funcionó, y los deslices de las diapositivas',
	summary:
		'Un método que se probó y falló, con el motivo; y diez lugares donde las diapositivas piden un arreglo.',
	steps: {
		'tensor-cross': {
			title: 'Interpolación cruzada de tensores',
			body: [
				'Las diapositivas acaban con una lista de intentos. Uno dice: estimar $Z$ por [interpolación cruzada de tensores]{tensor-cross}, «pero no funcionó». Aquí se ve qué se probó y por qué falla.',
				'Con la capa oculta sumada en forma cerrada, $Z$ es una suma de $2^N$ pesos $e^{-\\beta F(v)}$. El método mira unos pocos y deduce los demás, escribiendo el peso como una cadena de tablas pequeñas, una por unidad. Lo grandes que deben ser las tablas es el [rango de enlace]{bond-rank}. Con 12 unidades el rango no puede pasar de $2^6 = 64$; una cadena de rango completo no es más corta que la propia lista.'
			],
			see: 'Cada punto es una máquina de 12 por 12 unidades: el rango necesario para acertar cada peso con error de una millonésima del mayor.',
			ask: {
				question:
					'Sin acoplamiento, $\\lambda_1 = 0$, basta rango 1. ¿Cuánto del rango completo 64 hace falta con $\\lambda_1 = 2$, a medio camino de donde el modo blando se afloja?',
				options: {
					few: 'menos de 10',
					half: 'unos 30',
					all: 'los 64'
				},
				answer:
					'Todo. El rango salta en cuanto hay acoplamiento, y desde $\\lambda_1 = 1$ el método evalúa todos los pesos: enumeración disfrazada. Todas las unidades de una capa dependen unas de otras a través de la otra capa, y ningún orden en una cadena hace corta esa dependencia.'
			}
		},
		'rank-held': {
			title: 'Limite el rango y perderá exactitud',
			body: [
				'Se pueden prohibir rangos grandes y aceptar lo que salga. En máquinas pequeñas la pérdida se soporta: $\\ln Z$ es una suma y los errores de cada peso se compensan.',
				'Pero el rango que pide una exactitud dada crece como $2^{N/2}$, y lo que aquí es pequeño no lo es con 784 unidades. El método compensa cuando los pesos tienen estructura a lo largo de una cadena; una RBM no la tiene.'
			],
			see: 'El error de $\\ln Z$ frente al mayor rango permitido, para la máquina que elige el control. Con rango 64 solo queda el redondeo.'
		},
		'transposed-maps': {
			title: 'Desliz 1: las matrices van traspuestas',
			body: [
				'Desde aquí el capítulo repasa las diapositivas, con cortesía. Ningún desliz daña la idea; cada uno dañaría un programa que siguiera la letra.',
				'Las diapositivas escriben a veces $x = Uv$, $y = Vh$. Con $W = U\\Sigma V^{\\top}$ debe ser $x = U^{\\top}v$, $y = V^{\\top}h$. Con el otro par, la energía de un estado ya no es su energía.'
			],
			see: 'Los 128 estados de la máquina pequeña por energía creciente. Los valores exactos y los corregidos caen en una línea; la fórmula impresa se dispersa.'
		},
		'free-directions': {
			title: 'Desliz 2: cuántas direcciones son libres',
			body: [
				'$W$ une a lo sumo $\\min(N,M)$ pares. Toda coordenada de más es libre: $|N-M|$, y más si algún $\\lambda$ se anula. Las diapositivas numeran sus modos de 1 a $N$ y cuentan $N - 2M$ libres, aunque hay $N+M$ coordenadas.'
			],
			see: 'Direcciones libres de una máquina con 3 unidades ocultas al crecer la capa visible: contadas en la matriz y según lo impreso. Un número negativo de direcciones no puede ser.'
		},
		'saddle-height': {
			title: 'Desliz 3: el punto de silla tiene altura',
			body: [
				'Lleve el origen de un modo a su punto de silla y los términos lineales desaparecen. No queda solo $\\tfrac{\\lambda}{2}(u^2-w^2)$, sino también la altura de la silla, $ab/\\lambda$. No mueve ningún mínimo ni ninguna tasa, pero forma parte de $\\ln Z$.'
			],
			see: 'La energía a lo largo de una recta por el punto de silla. La curva impresa tiene la forma correcta a la altura equivocada.'
		},
		'stiff-and-soft': {
			title: 'Desliz 4: rígido y blando están cambiados',
			body: [
				'Las diapositivas dan primero las frecuencias $(k-\\lambda\\beta)/2$ y después $(k+\\lambda\\beta)/2$, en el orden de sus coordenadas $u$ y $w$. Con su propia $u = (x-y)/\\sqrt2$ es al revés: a lo largo de $u$ la energía se curva hacia arriba. Así que $u$ es la rígida y $w$ la blanda.'
			],
			see: 'La frecuencia a lo largo de $u$, medida por segundas diferencias de la energía, al crecer $\\beta$.'
		},
		entropy: {
			title: 'Desliz 5: una entropía es un logaritmo',
			body: [
				'$S_c$ debe ser el logaritmo del número de estados, $(N+M)\\ln 2$. Las diapositivas imprimen el número mismo, $2^{N+M}$. La prueba cabe en una línea: con $\\beta = 0$ cada estado cuenta 1 y $\\ln Z$ es lo que es. Como $S_c$ es constante, ninguna fuerza ni tasa la nota.'
			],
			see: 'La entropía frente al número de unidades: exacta por enumeración, corregida y según lo impreso, que se sale enseguida del dibujo.'
		},
		'no-taylor': {
			title: 'Desliz 6: las deltas no tienen desarrollo de Taylor',
			body: [
				'Las diapositivas desarrollan $-\\ln\\rho$ hasta segundo orden. Pero $\\rho$ es una suma de puntos. Ensanche un poco los puntos para que exista la curvatura entre ellos y luego ensánchelos cada vez menos: la curvatura no se asienta, se va a $-\\infty$.',
				'Todo desarrollo elige, por tanto, un [cierre]{closure}. El más llano conserva la media y la varianza de los puntos y da $k = 4$.'
			],
			see: 'La curvatura a medio camino entre dos puntos, con anchura $\\sigma^2$ y con la mitad. Si hubiera desarrollo, las dos curvas se encontrarían a la izquierda.'
		},
		'equal-stiffness': {
			title: 'Desliz 7: girar π/4 exige rigidez igual',
			body: [
				'Girar 45° separa $u$ de $w$ solo si ambas capas son igual de rígidas, $k_x = k_y$. Si una capa es mayor que la otra y los pesos tienen un fondo aleatorio, no lo son, y queda un acoplamiento $(k_x-k_y)/2$.'
			],
			see: 'La menor curvatura de un par de coordenadas con $k_y = 4$ y $\\beta\\lambda = 2$, al alejarse $k_x$ de $k_y$.'
		},
		'rate-and-energy': {
			title: 'Desliz 8: una tasa es 2D veces una energía',
			body: [
				'La ecuación de Fokker–Planck se vuelve una de Schrödinger, y las tasas de decaimiento, energías. Un factor se pierde por el camino: $\\Gamma = 2D\\,E$. Con $D = 1/\\beta$, lo impreso acierta solo con $\\beta = 2$.'
			],
			see: 'La tasa de decaimiento del primer transitorio de un muelle, tomada de lo deprisa que muere su media, frente a la constante de difusión.'
		},
		'coupled-modes': {
			title: 'Desliz 9: muelles acoplados piden modos normales',
			body: [
				'Las diapositivas conservan acoplamientos $k_{ij}$ entre los modos en $V_Q$ y luego suman niveles como si fueran nulos. Con acoplamientos, los niveles son los de los modos normales de la matriz $K$ entera.'
			],
			see: 'El primer nivel excitado de dos muelles de rigidez 4 y 5 cuando un acoplamiento los une.'
		},
		confined: {
			title: 'Desliz 10: ningún modo se escapa',
			body: [
				'Más allá de $\\beta\\lambda = 4$ la imagen cuadrática no tiene mínimo, y el artículo habla de modos cuya difusión no converge. Cortado a segundo orden, el tirón $\\beta\\lambda\\delta$ vence a la fuerza recuperadora $4\\delta$ a cualquier distancia $\\delta$.'
			],
			see: 'Las dos fuerzas de la imagen cuadrática, a una distancia $\\delta$ que depende de $\\beta\\lambda$: para todo valor mayor que 4 la fuerza recuperadora es demasiado débil.',
			ask: {
				question: '¿Qué hace el modo de la máquina real más allá de $\\beta\\lambda = 4$?',
				options: {
					runaway: 'Se escapa: nada lo detiene.',
					wells: 'Se asienta a una distancia finita, a un lado o al otro.',
					stops: 'Se queda en medio, pero deja de moverse.'
				},
				answer:
					'Las unidades viven entre 0 y 1. Su fuerza recuperadora completa, $\\ln\\frac{1/2+\\delta}{1/2-\\delta}$, crece sin límite hacia los extremos y equilibra el tirón a un $\\delta$ finito: dos pozos, uno a cada lado. La divergencia es del truncamiento, no de la máquina.'
			}
		}
	},
	figure: {
		rankTitle: 'Rango que necesita el método',
		rankText: 'Doce bits, 12 unidades ocultas, equilibrada; los demás valores singulares son 0,6 λ₁.',
		couplingAxis: 'λ₁ (β = 1)',
		rankAxis: 'rango de enlace',
		rankLine: 'necesario',
		fullRank: 'rango completo, 64',
		shareColumn: 'parte de los pesos evaluada',
		errorTitle: 'Error de ln Z con el rango limitado',
		errorText: 'Frente al ln Z exacto por enumeración. Los errores menores de 10⁻¹⁴ se dibujan ahí.',
		maxRankAxis: 'mayor rango permitido',
		errorAxis: 'error de ln Z',
		tensorRunning: 'Interpolando, una máquina tras otra…',
		tensorHidden: 'El resto viene después de su apuesta.',
		tensorNote: 'Calculado ahora, en su equipo; la semilla es fija, así que los números se repiten.',
		couplingLabel: 'Primer valor singular λ₁',
		errataText: 'Ambos lados de la ecuación, calculados en cada lugar del control.',
		printedName: 'según lo impreso',
		holdsName: 'como se cumple',
		leftSide: 'izquierda',
		rightSide: 'derecha',
		errataNote:
			'Exacto: forma cerrada o enumeración. Los círculos abiertos son el lado izquierdo, calculado aparte.',
		title1: 'Energía de un estado',
		x1: 'estado, por energía',
		y1: 'energía',
		title2: 'Direcciones libres',
		x2: 'unidades visibles N (M = 3)',
		y2: 'direcciones libres',
		title3: 'Energía en torno al punto de silla',
		x3: 'distancia al punto de silla',
		y3: 'energía del modo 1',
		title4: 'Frecuencia a lo largo de u',
		x4: 'temperatura inversa β',
		y4: 'ω_u',
		title5: 'Entropía de todos los estados',
		x5: 'unidades N+M',
		y5: 'S_c, nats',
		title6: 'Curvatura entre dos puntos',
		x6: 'anchura σ²',
		y6: 'curvatura k',
		title7: 'La menor curvatura',
		x7: 'k_x (k_y = 4, βλ = 2)',
		y7: 'κ₋',
		title8: 'Una tasa de decaimiento',
		x8: 'constante de difusión D',
		y8: 'Γ₁',
		title9: 'Primer nivel excitado',
		x9: 'acoplamiento k₁₂',
		y9: 'E₁',
		title10: 'Tirón y fuerza recuperadora',
		x10: 'βλ',
		y10: 'fuerza'
	},
	terms: {
		printed: 'como lo imprimen las diapositivas',
		holds: 'como se cumple'
	},
	glossary: {
		'tensor-cross': {
			term: 'interpolación cruzada de tensores',
			text: 'Escribir una función de muchos bits como una cadena de tablas pequeñas, hecha con pocos de sus valores. Compensa cuando a la función le bastan tablas pequeñas.'
		},
		'bond-rank': {
			term: 'rango de enlace',
			text: 'El tamaño de las tablas de esa cadena donde se corta: cuánto deben saber una de otra las dos partes.'
		}
	}
} satisfies Translated<typeof en>;
