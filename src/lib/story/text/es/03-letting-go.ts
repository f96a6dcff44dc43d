// Capítulo 3 en español.
import type { Translated } from '../../chapter';
import type en from '../en/03-letting-go';

export default {
	title: 'Soltar la restricción',
	summary:
		'Los bits pasan a ser puntos de una densidad, los puntos se difuminan, y una proyección de muchos bits es una campana.',
	terms: {
		O: 'el observable',
		rho: 'densidad de los puntos',
		delta: 'un punto nítido',
		sigma: 'anchura de un punto difuminado',
		vertex: 'un estado binario en coordenadas recíprocas',
		c: 'parte de la unidad k en la dirección',
		quarter: 'varianza de un bit equitativo',
		D: 'distancia de Kolmogórov a la gaussiana',
		k: 'curvatura de la restricción'
	},
	steps: {
		'four-points': {
			title: 'Cuatro puntos son una densidad',
			body: [
				'Los promedios sobre una lista de puntos pueden escribirse como integrales. Se pone una [delta]{delta} de peso $\\tfrac14$ en cada uno de cuatro puntos y se llama $\\rho$ a su suma. El promedio de un observable $O$ sobre los puntos es entonces la integral de $\\rho\\,O$ en el plano.',
				'No hay aproximación: la integral recoge los cuatro valores y nada entre ellos.'
			],
			see: 'Arrastre los puntos: la media de los cuatro anillos y la integral no se separan nunca.'
		},
		smear: {
			title: 'Que los puntos se extiendan',
			body: [
				'Ahora cada delta se ensancha hasta una gaussiana de anchura $\\sigma$. La integral nota también cómo es $O$ alrededor, y su curvatura añade $\\tfrac12\\sigma^2\\nabla^2O$. Para $x$ y para $xy$ eso es cero. Para $x^2+y^2$ es $2\\sigma^2$.',
				'La energía de una RBM consta solo de $x$, $y$ y $xy$. Su *media* no nota el difuminado; su exponencial sí, y el capítulo 5 paga por ello.'
			],
			see: 'La integral se aparta de la media solo con x² + y²; la tabla da seis cifras.'
		},
		vertices: {
			title: 'Lo mismo con una máquina',
			body: [
				'Una RBM con cuatro unidades visibles y tres ocultas tiene $2^7=128$ estados, los vértices de un cubo en siete dimensiones. En coordenadas recíprocas son los únicos lugares donde $\\rho$ no es cero. Dejamos que $x$ e $y$ sean continuas y que $\\rho$ lleve la [restricción]{constraint}.',
				'Aquí cada vértice cuenta una vez, sea cual sea su energía. Difuminadas con $\\sigma$, las 128 puntas se vuelven una nube lisa.'
			],
			see: 'Ensanche σ: el peine a lo largo de la dirección blanda se vuelve una colina, y desde σ = 0.2 no queda nada de él.'
		},
		quarter: {
			title: 'Un cuarto, se mire como se mire',
			body: [
				'Un bit equitativo tiene media $\\tfrac12$ y varianza $\\tfrac14$. Bits independientes tienen la matriz de covarianzas $\\tfrac14 I$, y un múltiplo de la identidad no cambia con ninguna rotación. Así, *toda* dirección del cubo tiene varianza $\\tfrac14$: cada $x_i$, $y_i$, $u_i$, $w_i$.'
			],
			see: 'Gire el eje: los cuatro pies se mueven, el corchete de ±½ se queda.'
		},
		bell: {
			title: 'Muchos bits hacen una campana',
			body: [
				'Una coordenada $x=\\sum_k c_kv_k$ con muchos $c_k$ comparables es una suma de muchos pasos pequeños e independientes, así que su ley se acerca a una gaussiana de varianza $\\tfrac14$. Cuánto se acerca lo mide $D$, la mayor distancia entre las dos funciones de distribución.',
				'La ley exacta se calcula bit a bit, sin muestreo. En una dirección al azar $D$ cae más o menos como $1/N$. En la dirección pareja la ley sigue siendo una red, y $D$ cae solo como $1/\\sqrt N$.'
			],
			see: 'Suba N y vea cómo las barras llenan la campana y el punto baja por su curva.',
			ask: {
				question:
					'¿Desde cuántas unidades está una proyección al azar a menos de $D = 0.01$ de una gaussiana?',
				options: { '4': '4', '8': '8', '16': '16', '32': '32', '64': '64', never: 'ninguna de estas' },
				answer:
					'Los teoremas del límite central suelen ir más deprisa que sus cotas: un bit equitativo es simétrico y no hay asimetría que deba apagarse primero.'
			}
		},
		'k-four': {
			title: 'De ahí k = 4',
			body: [
				'Menos el logaritmo de una gaussiana de varianza $\\tfrac14$ es una parábola de curvatura 4. Es la $k_{ii}$ de las diapositivas: puesta en lugar de la restricción verdadera, cuesta la curvatura 4 en cada dirección.',
				'Es una elección y no un desarrollo. Una suma de deltas no tiene serie de Taylor, y las barras muestran lo que se deja fuera: más allá del último vértice la restricción verdadera es infinita.'
			],
			see: 'Las barras siguen la parábola en el centro y acaban en paredes donde se agotan los bits.'
		},
		aligned: {
			title: 'Dónde falla la campana',
			body: [
				'Si la dirección se inclina hacia una sola unidad, la campana se parte: un $c_k$ grande es una moneda grande. En el eje propio de la unidad la ley son dos puntas para cualquier $N$, aunque la varianza sea siempre $\\tfrac14$.',
				'Lo que cuenta es en cuántas unidades vive la dirección, $1/\\sum c_k^4$. Los modos de una máquina entrenada que viven en pocas unidades no son osciladores gaussianos.'
			],
			see: 'Deslice de una dirección al azar a una unidad: D vuelve a subir a 0.341 y N ya no ayuda.'
		}
	},
	figure: {
		fourTitle: 'Cuatro puntos sobre los niveles de O = {observable}',
		fourPoint: 'Punto {number}',
		fourMean: '¼ΣO = {value}',
		fourIntegral: '∫ρO = {value}',
		fourAxis: 'O = {observable}',
		fourColumnPoint: 'punto',
		fourNote:
			'Media de los cuatro valores {mean}; integral con σ = {sigma}: {integral}, por cuadratura, exacta salvo redondeo.',
		obs_x: 'x',
		obs_xy: 'xy',
		obs_square: 'x² + y²',
		observable: 'Observable O',
		width: 'Anchura σ de cada punto',
		cloudTitle: 'Los {count} vértices, cada uno contado una vez',
		cloudPlane: 'Los {count} vértices de la máquina en el plano de su primer modo, y su densidad difuminada',
		cloudLine: 'La densidad a lo largo de la dirección blanda',
		cloudSoft: 'blanda w₁, desde el centro',
		cloudStiff: 'rígida u₁',
		cloudDensity: 'densidad',
		cloudSmeared: 'ρ_σ',
		cloudGauss: 'gaussiana',
		cloudNote:
			'Los {count} vértices, exacto. Varianza según w₁ sin difuminar {variance}, difuminada {total}; la gaussiana tiene esta última.',
		sigma: 'Anchura σ',
		gaussian: 'Gaussiana de igual varianza',
		turnTitle: 'Un cuadrado de dos unidades, visto a lo largo de un eje',
		turnHandle: 'Eje',
		turnSquare: 'Los cuatro estados de dos unidades con un eje por su centro',
		turnLaw: 'Dónde caen los cuatro estados sobre el eje',
		turnAxis: 'lugar en el eje, desde el centro',
		turnProbability: 'probabilidad',
		turnGauss: 'gaussiana de varianza ¼',
		turnCorner: 'estado (v₁, v₂)',
		turnNote: 'Eje a {angle}°. Varianza {variance}, y su inverso {curvature}.',
		turnReading: '±½: varianza ¼',
		angle: 'Ángulo del eje',
		lawTitle: 'Ley de una proyección de {N} bits',
		lawPotentialTitle: 'Menos el logaritmo de la ley, {N} bits',
		lawAxis: 'x desde su media',
		lawDensity: 'densidad',
		lawPotential: '−ln de la densidad',
		lawExact: 'exacta',
		lawGauss: 'gaussiana',
		lawParabola: 'k = 4',
		lawNote:
			'{N} bits; la dirección vive en 1/Σc⁴ = {count} de ellos. Ley exacta sobre una red, promediada por intervalos. Distancia a la gaussiana {distance} ± {error}.',
		distTitle: 'Distancia a la gaussiana',
		distAxis: 'D',
		distN: 'unidades N',
		distRandom: 'al azar',
		distEven: 'pareja',
		distUnit: 'una unidad',
		distHere: 'N = {N}: D = {distance}, exacta salvo un error de red de a lo sumo {error}.',
		distClose: 'D = 0.01',
		distGuess: 'su apuesta',
		distNote: 'Distancias de Kolmogórov de leyes exactas; ± acota el error de la red, no es estadístico.',
		distLoading: 'Calculando las leyes…',
		N: 'Unidades N',
		lean: 'Inclinación hacia una unidad',
		potential: 'Menos el logaritmo',
		another: 'Otra dirección'
	},
	glossary: {
		delta: {
			term: 'Delta',
			text: 'Una unidad de probabilidad puesta en un solo punto: $\\int\\delta(\\vec r-\\vec r_i)\\,O\\,d^2r=O(\\vec r_i)$.'
		},
		constraint: {
			term: 'Densidad de la restricción',
			text: 'La densidad $\\rho$ de los $2^{N+M}$ estados binarios entre todos los $z$ reales. Menos su logaritmo, $V_{\\text{const}}$, mantiene a $z$ cerca de ellos.'
		}
	}
} satisfies Translated<typeof en>;
