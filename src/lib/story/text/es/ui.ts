// Las palabras del marco, en español: las mismas claves que en inglés.
import type { Translated } from '../../chapter';
import type en from '../en/ui';

export default {
	charts: {
		table: 'Tabla',
		tableOf: 'Tabla: {title}',
		rows: '{shown} de {total} filas, a intervalos iguales.',
		loading: 'Cargando…',
		empty: 'Todavía no hay nada que mostrar.',
		failed: 'Esta figura ha fallado.',
		cursor: 'Cursor',
		cursorNone: 'ninguno; las flechas lo mueven',
		more: 'y {count} más',
		against: '{y} frente a {x}',
		plot: 'gráfico',
		matrix: '{label}: {rows} filas, {cols} columnas, de {low} a {high}.'
	},
	controls: {
		run: 'Ejecución',
		play: 'Iniciar',
		pause: 'Pausa',
		step: 'Paso',
		reset: 'Reiniciar',
		speed: 'Velocidad',
		theme: 'Tema',
		system: 'Sistema',
		light: 'Claro',
		dark: 'Oscuro',
		projector: 'Proyector'
	},
	site: {
		skip: 'Ir al contenido',
		pages: 'Páginas',
		story: 'Relato',
		lab: 'Laboratorio',
		relaxation: 'Relajación',
		annealer: 'Recocedor',
		about: 'Acerca de',
		footer: 'Según *RBM to Diffusion Model equivalence* (Calo4pQVAE, 2024) y',
		sources: 'Fuentes, y qué es nuevo aquí',
		local: 'Todo se calcula en su equipo.',
		language: 'Idioma',
		english: 'English',
		spanish: 'Español'
	},
	contents: {
		title: 'El relato',
		lead: 'De las unidades binarias a los osciladores, en once capítulos breves. Cada figura se calcula en su equipo mientras lee y responde a su mano.',
		description:
			'Cómo una máquina de Boltzmann restringida se convierte en una partícula que difunde y en un conjunto de osciladores acoplados: un recorrido guiado con figuras vivas.',
		start: 'Empezar el relato',
		chapter: 'Capítulo {number}',
		guide:
			'Cada capítulo es una serie de pasos. Avance con los botones, con las flechas del teclado o desplazando la página. Donde primero haya una pregunta, apueste antes de mirar.',
		doors: 'Otras salas',
		relaxation: 'Tiempos de relajación',
		annealer: 'El templador cuántico',
		glossary: 'Glosario'
	},
	glossary: {
		title: 'Glosario',
		lead: 'Los términos del relato, cada uno con el capítulo que lo introduce.',
		description: 'Los términos del relato, cada uno con una definición de una o dos frases.',
		definedIn: 'Introducido en el capítulo {number}, {title}',
		close: 'Cerrar',
		more: 'Glosario'
	},
	reader: {
		contents: 'Índice',
		steps: 'Pasos de este capítulo',
		step: 'Paso {number} de {count}',
		back: 'Atrás',
		next: 'Siguiente',
		backKey: 'Atrás: ← o Re Pág',
		nextKey: 'Siguiente: → o Av Pág',
		undo: 'Deshacer',
		undoKey: 'Deshace el último cambio: Ctrl+Z',
		reset: 'Restablecer este paso',
		resetTitle: 'Muestra este paso tal como se escribió',
		link: 'Copiar enlace',
		linkTitle: 'Copia un enlace a este paso tal como lo ve',
		copied: 'Enlace copiado',
		copyByHand: 'Copie este enlace:',
		lab: 'Abrir este estado en el laboratorio',
		figure: 'Figura',
		loading: 'La figura se está preparando.',
		failed: 'La figura no ha arrancado. Recargue la página para intentarlo de nuevo.',
		source: 'Fuente',
		slides: 'diapositivas',
		paper: 'artículo',
		new: 'nuevo aquí',
		test: 'Comprobado por',
		testTitle: 'La prueba de este proyecto que sostiene lo que muestra la figura',
		terms: 'Términos de esta ecuación',
		nextChapter: 'Capítulo siguiente',
		lastChapter: 'Capítulo anterior',
		end: 'Este era el último capítulo.',
		badStep: 'El enlace nombra un paso que este capítulo no tiene. Se muestra desde el principio.',
		badState: 'No se pudo leer el estado del enlace. El paso se muestra tal como se escribió.'
	},
	predict: {
		title: 'Primero, apueste',
		commit: 'Esta es mi apuesta',
		skip: 'Muéstremelo',
		again: 'Apostar de nuevo',
		yours: 'Su apuesta: {guess}.',
		mine: '← su apuesta',
		truth: 'Aquí: {answer}.',
		skipped: 'Miró sin apostar.',
		draw: 'Dibuje la curva: arrastre de izquierda a derecha. Con el teclado: Tab pasa de punto en punto y las flechas lo mueven.',
		drawAll: 'Primero dé un valor a cada punto.'
	}
} satisfies Translated<typeof en>;
