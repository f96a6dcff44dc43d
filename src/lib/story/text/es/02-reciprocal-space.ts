// Capítulo 2 en español.
import type { Translated } from '../../chapter';
import type en from '../en/02-reciprocal-space';

export default {
	title: 'Espacio recíproco',
	summary: 'Los pesos descompuestos en modos, y las coordenadas en las que los modos no se ven entre sí.',
	steps: {
		modes: {
			title: 'Los pesos son una suma de modos',
			body: [
				'Los pesos de una RBM forman una tabla $W$, con una fila por unidad visible y una columna por unidad oculta. Toda tabla así es una suma de otras simples, cada una producto de un patrón del lado visible y otro del lado oculto. Es la [descomposición en valores singulares]{svd}, SVD por sus siglas en inglés.',
				'Cada sumando es un [modo]{mode}: un patrón visible $u_k$, un patrón oculto $v_k$ y un [valor singular]{singular-value} $\\lambda_k\\ge 0$ que dice con qué fuerza están unidos. Los patrones de modos distintos forman ángulos rectos.'
			],
			see: 'A la izquierda, los pesos de una máquina de 12 por 9 unidades. Debajo, sus nueve modos, el más fuerte primero, con sus valores singulares. Señale $u_k$ o $v_k$ en la ecuación para ver solo los patrones.'
		},
		truncation: {
			title: 'Unos pocos modos pueden bastar',
			body: [
				'Conserve los primeros $r$ modos y quite los demás: ninguna otra tabla de [rango]{rank} $r$ se acerca más a $W$. Lo que se pierde depende solo de los valores singulares.',
				'Por eso el aprendizaje podrá seguirse más adelante modo a modo: una máquina entrenada tiene unos pocos valores singulares grandes sobre muchos pequeños, como esta.'
			],
			see: 'La suma de los primeros $r$ modos y lo que queda de $W$. Pulse un modo, o mueva $r$, para conservar más o menos.',
			ask: {
				question:
					'Esta máquina tiene tres modos fuertes sobre seis débiles e iguales. Dibuje cuánto de $W$ se pierde, desde todo con $r = 0$ hasta nada con $r = 9$.',
				answer:
					'Cae deprisa en los tres modos fuertes y despacio después. Los seis modos débiles son iguales, pero sus escalones no: las longitudes se suman por cuadrados, así que el último escalón es el mayor de los seis.',
				x: 'modos conservados, r',
				y: 'parte perdida'
			}
		},
		coordinates: {
			title: 'Coordenadas nuevas para los mismos estados',
			body: [
				'Mida un estado a lo largo de los modos en vez de las unidades: $x_k$ es cuánto del patrón $u_k$ muestra la capa visible, $y_k$ cuánto de $v_k$ muestra la oculta. Son las [coordenadas recíprocas]{reciprocal} del estado.',
				'En ellas la energía ya no tiene tabla, solo una suma sobre modos: el modo $k$ une $x_k$ con $y_k$ y con nada más. Cuatro unidades visibles y tres ocultas forman tres pares; la cuarta $x$ es libre, ningún peso actúa sobre ella.',
				'Las diapositivas escriben a veces $x = Uv$. Debe ser la traspuesta, $x = U^{\\top}v$; el último capítulo muestra la diferencia.'
			],
			see: 'Cambie unidades: todas las coordenadas se mueven a la vez. La energía, calculada desde las unidades y desde los modos, es dos veces el mismo número; la última línea es la diferencia, puro redondeo.'
		},
		turn: {
			title: 'Es solo un giro de los ejes',
			body: [
				'Los estados de siete unidades son los vértices de un cubo de siete dimensiones. Pasar a $x$ e $y$ gira el cubo y nada más: longitudes y ángulos se conservan, los vértices siguen siéndolo y cada uno conserva su energía.',
				'Mueva la línea de tiempo, o pulse Iniciar, y siga un vértice en su camino. El número junto al dibujo es su energía, calculada de nuevo en cada ángulo.'
			],
			see: 'De las unidades a los vértices de un cubo, y luego el giro por $U^{\\top}$ y $V^{\\top}$. La energía no se mueve.'
		},
		'still-discrete': {
			title: 'No hemos ganado mucho',
			body: [
				'Eso dicen aquí las diapositivas, con una cara triste, y con razón. La energía es ahora simple, pero la suma de $Z$ no: sigue recorriendo $2^{N+M}$ puntos, y en las coordenadas nuevas esos puntos están en sitios extraños.',
				'En las coordenadas de las unidades un estado era una cadena de ceros y unos. Ahora $x_1$ es una suma de algunas componentes de $u_1$: un número, pero de una lista.'
			],
			see: 'Cada estado en el plano de un modo, tan grande como probable. Elija otro modo; pulse un punto para poner las unidades en ese estado.',
			ask: {
				question: 'Cuatro unidades visibles. ¿Cuántos valores distintos puede tomar $x_1$?',
				options: {
					sixteen: '16, uno por cada posición de las unidades visibles',
					four: '4, uno por cada unidad visible',
					continuum: 'cualquier valor de un intervalo'
				},
				answer:
					'$x_1 = u_1\\cdot v$ y $v$ tiene $2^4 = 16$ posiciones, así que hay a lo sumo 16 valores; la figura los cuenta. El capítulo siguiente suelta esa lista.'
			}
		}
	},
	figure: {
		language: 'es',
		graph: 'Las unidades de la máquina',
		visibleUnit: 'unidad visible {number}',
		hiddenUnit: 'unidad oculta {number}',
		matrixTitle: 'Los pesos como suma de modos',
		matrixText: 'Una máquina de 12 unidades visibles y 9 ocultas; los dos colores son los dos signos.',
		matrixWhole: 'W',
		matrixKept: 'primeros {rank} modos',
		matrixLeft: 'resto',
		matrixPicture: '{name}: {rows} filas, {cols} columnas, en color',
		modeColumn: 'modo',
		lambdaColumn: 'λ',
		errorColumn: 'perdido sin los demás',
		keep: 'modo {mode}, λ = {lambda}',
		errorTitle: 'Lo que se pierde',
		errorText: 'La longitud del resto, como parte de la longitud de W. Exacto.',
		errorHidden: 'Primero, su apuesta.',
		rankAxis: 'modos conservados, r',
		errorAxis: 'parte perdida',
		errorLine: 'exacto',
		guessLine: 'su apuesta',
		couplingLabel: 'Primer valor singular λ₁',
		rankLabel: 'Modos conservados, r',
		betaLabel: 'Temperatura inversa β',
		modeLabel: 'Modo',
		machineTitle: 'El estado, unidad a unidad',
		machineText: 'Pulse las unidades para cambiarlas.',
		energyTable: 'término',
		energyValue: 'valor',
		biasVisible: 'sesgos visibles',
		biasHidden: 'sesgos ocultos',
		pairs: 'pares',
		total: 'energía E',
		coordinatesTitle: 'El mismo estado, modo a modo',
		coordinatesText: 'Sus coordenadas a lo largo de cada modo y lo que cada modo aporta a la energía.',
		xColumn: 'x',
		yColumn: 'y',
		termColumn: 'energía',
		freeMode: 'libre',
		energyUnits: 'energía desde las unidades',
		energyModes: 'energía desde los modos',
		energyGap: 'diferencia',
		planeTitle: 'Todos los estados en el plano del modo {mode}',
		planeText: '{count} estados; el área es la probabilidad.',
		planeCount:
			'x toma {x} valores distintos e y toma {y}; {count} estados en total. Exacto, por enumeración.',
		stateColumn: 'estado v h',
		probability: 'probabilidad'
	},
	terms: {
		lambda: 'valor singular del modo k',
		U: 'patrón visible del modo k',
		V: 'patrón oculto del modo k',
		r: 'modos conservados',
		x: 'coordenadas visibles',
		y: 'coordenadas ocultas',
		E: 'energía'
	},
	glossary: {
		svd: {
			term: 'descomposición en valores singulares',
			text: 'Escribir una tabla como $W = U\\Sigma V^{\\top}$: $U$ y $V$ giran ejes sin estirar, $\\Sigma$ estira cada eje por su valor singular.'
		},
		mode: {
			term: 'modo',
			text: 'Un término de la descomposición: un patrón $u_k$ de las unidades visibles, un patrón $v_k$ de las ocultas y el valor singular $\\lambda_k$ que los une.'
		},
		'singular-value': {
			term: 'valor singular',
			text: 'La fuerza $\\lambda_k\\ge 0$ de un modo. Se enumeran del mayor al menor.'
		},
		rank: {
			term: 'rango',
			text: 'El número de modos con $\\lambda_k > 0$.'
		},
		reciprocal: {
			term: 'coordenadas recíprocas',
			text: '$x = U^{\\top}v$ e $y = V^{\\top}h$: un estado medido a lo largo de los modos en vez de las unidades.'
		}
	}
} satisfies Translated<typeof en>;
