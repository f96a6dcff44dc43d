// The words of the share window and of files that are opened, in the languages of the story. They come with the window,
// which is fetched when it is first asked for.

export const englishShare = {
	title: 'Share “{title}”',
	link: 'Link',
	copy: 'Copy',
	copied: 'Link copied',
	copyByHand: 'The browser did not allow it. The link is marked: copy it by hand.',
	length: '{length} characters.',
	holds:
		'The link holds the settings, the seed and the step; who opens it repeats the computation on a machine of their own. All of it stands behind “#”, which browsers keep to themselves: no server is told.',
	lacks: 'Not in the link: trained weights, and data of your own. A file keeps what is your own.',
	plain: 'This page opens as it is for everyone: there is nothing in the link beyond its address.',
	qr: 'QR code of this link',
	tooLong:
		'This link has {length} characters; a QR code that a camera can read takes {most}. Copy the link, or save a file.',
	file: 'File',
	save: 'Save as .reciprocal.json',
	saving: 'Saving…',
	saved: 'Saved as {name}',
	saveFailed: 'The file could not be made: {why}',
	fileHolds:
		'Everything to repeat this state: the settings, the versions, and a hash of the results where there are any. When it is opened again, the run is repeated and compared.',
	open: 'Open a file…',
	openWays: 'Or drop it on any page, or paste it.',
	close: 'Close'
};

export type ShareWords = Readonly<Record<keyof typeof englishShare, string>>;

export const spanishShare: ShareWords = {
	title: 'Compartir «{title}»',
	link: 'Enlace',
	copy: 'Copiar',
	copied: 'Enlace copiado',
	copyByHand: 'El navegador no lo ha permitido. El enlace está marcado: cópielo a mano.',
	length: '{length} caracteres.',
	holds:
		'El enlace contiene los ajustes, la semilla y el paso; quien lo abre repite el cálculo en su propio equipo. Todo ello está detrás de «#», que los navegadores se guardan para sí: ningún servidor lo recibe.',
	lacks:
		'No están en el enlace: los pesos entrenados ni los datos propios. Un archivo guarda lo que es suyo.',
	plain: 'Esta página se abre igual para todos: el enlace no contiene nada más que su dirección.',
	qr: 'Código QR de este enlace',
	tooLong:
		'Este enlace tiene {length} caracteres; un código QR que una cámara pueda leer admite {most}. Copie el enlace o guarde un archivo.',
	file: 'Archivo',
	save: 'Guardar como .reciprocal.json',
	saving: 'Guardando…',
	saved: 'Guardado como {name}',
	saveFailed: 'No se ha podido crear el archivo: {why}',
	fileHolds:
		'Todo lo necesario para repetir este estado: los ajustes, las versiones y, si hay resultados, una huella de ellos. Al abrirlo de nuevo, el cálculo se repite y se compara.',
	open: 'Abrir un archivo…',
	openWays: 'O suéltelo en cualquier página, o péguelo.',
	close: 'Cerrar'
};

/** The words in the language of the page. Asked for when the window opens. */
export function shareWords(language = document.documentElement.lang): ShareWords {
	return language.startsWith('es') ? spanishShare : englishShare;
}
