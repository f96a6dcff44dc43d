// A figure as a file: SVG with its fonts, styles and canvases inside, and PNG of a chosen width painted from it; always
// in the light palette on the light ground, with the title, what to see, the address of the state and the site's version
// as text and as metadata. Loaded when somebody asks for it.
import { drawingOf } from './exportDrawing';
import { fontFaces } from './exportFonts';
import { inLight } from './exportLight';
import { plainColor, SVG } from './exportStyle';
import { withText } from './pngText';

export interface FigureSource {
	readonly title: string;
	readonly description: string;
	/** of the state shown */
	readonly address: string;
	readonly version: string;
}

export interface FigurePicture {
	/** the SVG file */
	readonly text: string;
	readonly width: number;
	readonly height: number;
}

/** White space about the drawing, and the source line's type size, in CSS px. */
const MARGIN = 16;
const SOURCE = 9;
/** Milliseconds that a worker gets to paint its canvas in the light palette. */
const WORKER_PAINTS = 350;

/** The address, its middle left out where it would not fit on a line of so many px. */
function fitted(address: string, width: number): string {
	const most = Math.max(24, Math.floor(width / (0.56 * SOURCE)));
	const bare = address.replace(/^https?:\/\//, '');
	return bare.length <= most ? bare : `${bare.slice(0, most - 13)}…${bare.slice(-12)}`;
}

function element(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
	const out = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, String(value));
	if (text) out.textContent = text;
	return out;
}

const DC = 'http://purl.org/dc/elements/1.1/';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

function metadata({ title, description, address, version }: FigureSource): SVGElement {
	const out = element('metadata', {});
	const rdf = document.createElementNS(RDF, 'rdf:RDF');
	const about = document.createElementNS(RDF, 'rdf:Description');
	const facts = {
		title,
		description,
		source: address,
		publisher: `Reciprocal ${version}`,
		format: 'image/svg+xml'
	};
	for (const [name, value] of Object.entries(facts)) {
		if (!value) continue;
		const fact = document.createElementNS(DC, `dc:${name}`);
		fact.textContent = value;
		about.append(fact);
	}
	rdf.append(about);
	out.append(rdf);
	return out;
}

/** Characters that XML does not allow, away. */
// eslint-disable-next-line no-control-regex -- these very characters
const legal = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

/** The figure as an SVG file. */
export async function figureSvg(figure: HTMLElement, source: FigureSource): Promise<FigurePicture> {
	const handed = figure.querySelector('canvas[data-handed]') !== null;
	return inLight(figure, handed ? WORKER_PAINTS : 0, async () => {
		const { group, width: inner, height: tall, texts } = drawingOf(figure);
		const style = getComputedStyle(figure);
		const width = Math.ceil(inner + 2 * MARGIN);
		const lines = [`Reciprocal ${source.version}`, fitted(source.address, inner)];
		const height = Math.ceil(tall + 2.4 * MARGIN + lines.length * SOURCE * 1.35);
		const svg = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
		svg.append(element('title', {}, source.title));
		if (source.description) svg.append(element('desc', {}, source.description));
		svg.append(metadata(source));
		const faces = await fontFaces([
			...texts,
			{ family: style.fontFamily, italic: false, text: lines.join('') }
		]);
		if (faces) svg.append(element('style', {}, faces));
		const ground = plainColor(style.getPropertyValue('--surface') || '#fff').rgb;
		svg.append(element('rect', { width: '100%', height: '100%', fill: ground }));
		group.setAttribute('transform', `translate(${MARGIN} ${MARGIN})`);
		svg.append(group);
		lines.forEach((line, k) =>
			svg.append(
				element(
					'text',
					{
						x: MARGIN,
						y: height - MARGIN - (lines.length - 1 - k) * SOURCE * 1.35,
						fill: plainColor(style.getPropertyValue('--muted') || '#555').rgb,
						'font-size': SOURCE,
						'font-family': style.fontFamily
					},
					line
				)
			)
		);
		const text = `<?xml version="1.0" encoding="UTF-8"?>\n${legal(new XMLSerializer().serializeToString(svg))}\n`;
		return { text, width, height };
	});
}

/** An SVG file as an image that can be painted. @throws Error where the browser does not read it */
export async function imageOf(text: string): Promise<HTMLImageElement> {
	const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
	const image = new Image();
	image.decoding = 'sync';
	try {
		image.src = url;
		await image.decode();
	} finally {
		URL.revokeObjectURL(url);
	}
	return image;
}

/** The figure as a PNG so many pixels wide. @throws Error where the browser cannot paint it */
export async function figurePng(figure: HTMLElement, source: FigureSource, pixels: number): Promise<Blob> {
	const { text, width, height } = await figureSvg(figure, source);
	const sized = text.replace(
		/width="[\d.]+" height="[\d.]+"/,
		`width="${pixels}" height="${Math.round((pixels * height) / width)}"`
	);
	const image = await imageOf(sized);
	const canvas = document.createElement('canvas');
	canvas.width = pixels;
	canvas.height = Math.round((pixels * height) / width);
	const pen = canvas.getContext('2d');
	if (!pen) throw new Error('This browser gives no canvas of this size.');
	// Fonts inside an image may come a moment after it: painted once, it has them.
	pen.drawImage(image, 0, 0, canvas.width, canvas.height);
	await new Promise((done) => setTimeout(done, 60));
	pen.clearRect(0, 0, canvas.width, canvas.height);
	pen.drawImage(image, 0, 0, canvas.width, canvas.height);
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
	if (!blob) throw new Error('This browser made no picture of this size.');
	return withText(blob, {
		Title: source.title,
		Description: source.description,
		Source: source.address,
		Software: `Reciprocal ${source.version}`
	});
}
