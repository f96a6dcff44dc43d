// Chapter 10 in Spanish.
import type { Translated } from '../../chapter';
import type en from '../en/10-diffusion-model';

export default {
	title: 'La RBM como modelo de difusión',
	summary:
		'Añada ruido a unas cifras, quítelo con la propia magnetización de la máquina y haga correr el tiempo hacia atrás.',
	steps: {
		forward: {
			title: 'Ahogar los datos en ruido',
			body: [
				'Un *modelo de difusión* aprende destruyendo: tome una imagen $s$, sume a cada píxel ruido gaussiano de dispersión $\\sigma$, y tendrá $z$. Con $\\sigma$ pequeña la imagen sigue ahí. Con $\\sigma$ grande no queda nada de ella.',
				'El camino de ida es la difusión del capítulo 6 sin potencial alguno. La pregunta es el camino de vuelta.'
			],
			see: 'Ocho cifras de los datos de entrenamiento, y las mismas a través del ruido. Los grises se recortan en negro y blanco.'
		},
		denoise: {
			title: 'La máquina quita el ruido',
			body: [
				'Dada $z$, ¿qué $s$ era? La mejor conjetura en promedio es $\\mathbb{E}[s\\mid z]$, el [eliminador de ruido]{denoiser}. Los modelos de difusión entrenan para ello una red neuronal. Una RBM ya lo tiene: el ruido solo desplaza cada sesgo en $(z_k-\\tfrac12)/\\beta\\sigma^2$, de modo que la conjetura es la *magnetización de la misma RBM* con otros sesgos.',
				'En la máquina pequeña del paso siguiente se calcula exactamente. Con 784×500 unidades se estima con barridos de Gibbs; el control dice con cuántos.'
			],
			see: 'Tercera fila: la conjetura. Suba σ hasta que la cifra desaparezca para usted, y vea lo que la máquina aún encuentra.',
			ask: {
				question:
					'Si $\\sigma$ es enorme, $z$ no dice nada. ¿En qué se convierte la conjetura exacta $\\mathbb{E}[s\\mid z]$?',
				options: {
					mean: 'En la imagen media de la máquina.',
					noise: 'En el propio ruido.',
					digit: 'En alguna cifra nítida.'
				},
				answer:
					'Los desplazamientos de los sesgos tienden a cero y queda la media de la máquina tal como es: gris, ninguna cifra. Con pocos barridos de Gibbs la estimación muestra más contraste, porque las cadenas no han olvidado dónde empezaron.'
			}
		},
		score: {
			title: 'Conjetura y pendiente son lo mismo',
			body: [
				'La ley de $z$ es una densidad suave $p_\\sigma$: cada estado binario, difuminado. Su pendiente $\\nabla\\ln p_\\sigma$ es el [score]{score}, la fuerza que devuelve a los datos. Es igual a la conjetura menos el lugar, entre $\\sigma^2$.',
				'La máquina tiene aquí 3+2 unidades, de modo que ambos lados se pueden calcular hasta la última cifra a lo largo de una recta por el centro: la pendiente, con sumas sobre todos los estados; la conjetura, con la máquina desplazada.'
			],
			see: 'Línea: a partir de la conjetura. Puntos: pendiente de ln p, por diferencias. Baje λ₁ o suba σ hasta que la fuerza en el centro apunte de nuevo hacia él: los dos pozos se han hecho uno.'
		},
		backward: {
			title: 'El tiempo hacia atrás',
			body: [
				'Empiece con ruido puro y baje $\\sigma$ a pasos pequeños. En cada paso avance a lo largo del score y añada un poco de ruido nuevo. Lo que sale al final tiene, con un eliminador exacto y pasos pequeños, exactamente la ley de la máquina. Nada se entrenó para esto: los pesos son los de una RBM.',
				'Así que la RBM es un modelo de difusión en el sentido estricto: sus propias medias condicionales son el eliminador de ruido. Aquí se estima con cadenas de Gibbs, que mezclan despacio cuando $\\sigma$ es pequeña: algunas cifras salen deshilachadas y algunos modos, demasiado a menudo.'
			],
			see: 'Fila superior: la partícula que difunde. Central: lo que la máquina cree que será. Inferior: la conjetura, redondeada con monedas. Arrastre el nivel de un lado a otro.'
		}
	},
	figure: {
		noiseTitle: 'Cifras a través del ruido',
		noiseText: 'Filas de los datos de entrenamiento, las mismas con ruido y la conjetura de lo que eran.',
		noiseNote: 'Eliminador de ruido: {denoiser}',
		reverseTitle: 'Del ruido a las cifras',
		reverseText: 'Difusión inversa con la máquina entrenada de 784×500 como eliminador de ruido.',
		levelNote: 'Nivel {level} de {levels}, σ = {sigma}.',
		scoreTitle: 'El score de una máquina de 3+2, de dos maneras',
		scoreText: 'A lo largo de la primera dirección blanda, por el centro del cubo.',
		scoreAxis: 'score',
		lineAxis: 'distancia al centro',
		slopeName: 'pendiente de ln p',
		denoiserName: '(conjetura − z)/σ²',
		scoreNote: 'Mayor diferencia a lo largo de la recta: {gap}, el redondeo de las diferencias.',
		densityColumn: 'ln p, desde su máximo',
		clean: 'datos s',
		noisy: 'con ruido, z',
		denoised: 'conjetura E[s|z]',
		particle: 'partícula z',
		bits: 'redondeada',
		rowColumn: 'fila',
		greyColumn: 'gris medio',
		brightColumn: 'proporción de píxeles claros',
		notLoaded: 'Cargue la máquina entrenada para empezar.',
		loading: 'Cargando…',
		failed: 'No se pudo cargar la máquina.',
		load: 'Cargar la máquina entrenada',
		loadSize: '2,7 MB de este sitio: cifras y pesos.',
		cancel: 'Cancelar',
		pressBackwards: 'Pulse «Hacia atrás».',
		backwards: 'Hacia atrás',
		hold: 'Pausa',
		goOn: 'Seguir',
		levelLabel: 'Nivel',
		sigmaLabel: 'Ruido σ',
		couplingLabel: 'λ₁ de la máquina pequeña',
		sweepsLabel: 'Barridos de Gibbs por conjetura',
		levelsLabel: 'Niveles del camino de vuelta',
		seedLabel: 'Qué ruido'
	},
	terms: {
		z: 'imagen con ruido',
		s: 'imagen',
		sigma: 'dispersión del ruido',
		denoised: 'conjetura: media de s dado z',
		shift: 'lo que el ruido suma a un sesgo',
		score: 'score: pendiente de ln p'
	},
	glossary: {
		denoiser: {
			term: 'eliminador de ruido',
			text: 'La media $\\mathbb{E}[s\\mid z]$ de lo que era una imagen, dado lo que el ruido ha hecho de ella.'
		},
		score: {
			term: 'score',
			text: 'El gradiente $\\nabla\\ln p$ de una densidad logarítmica. Una fuerza a lo largo de él lleva a donde la densidad es alta.'
		}
	}
} satisfies Translated<typeof en>;
