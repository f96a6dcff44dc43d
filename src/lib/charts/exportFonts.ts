// The page's own fonts inside a picture: the faces that its text uses, as data, so that a file looks everywhere as it did
// on screen. Faces are cut by script (Latin, Greek) already; only those with a character in use are taken.

export interface TextUse {
	readonly family: string;
	readonly italic: boolean;
	readonly text: string;
}

const plain = (family: string) => family.trim().replace(/^["']|["']$/g, '');

function ranges(source: string): [number, number][] {
	return source.split(',').flatMap((part): [number, number][] => {
		const found = /U\+([0-9a-f?]+)(?:-([0-9a-f]+))?/i.exec(part.trim());
		if (!found) return [];
		const low = parseInt(found[1].replaceAll('?', '0'), 16);
		const high = parseInt(found[2] ?? found[1].replaceAll('?', 'f'), 16);
		return [[low, high]];
	});
}

function covers(rule: CSSFontFaceRule, text: string): boolean {
	const range = rule.style.getPropertyValue('unicode-range');
	if (!range) return true;
	const of = ranges(range);
	return [...text].some((c) => {
		const code = c.codePointAt(0) ?? 0;
		return code > 32 && of.some(([low, high]) => code >= low && code <= high);
	});
}

async function asData(url: string): Promise<string> {
	const answer = await fetch(url);
	if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
	const bytes = new Uint8Array(await answer.arrayBuffer());
	let binary = '';
	for (let at = 0; at < bytes.length; at += 8192)
		binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return `data:font/woff2;base64,${btoa(binary)}`;
}

const known = new Map<string, Promise<string>>();

/** @font-face rules for these texts, fonts inside; a face that cannot be had is left to the reader's fallbacks. */
export async function fontFaces(uses: readonly TextUse[]): Promise<string> {
	const wanted: Promise<string>[] = [];
	for (const sheet of document.styleSheets) {
		let list: CSSRuleList;
		try {
			list = sheet.cssRules;
		} catch {
			continue;
		}
		for (const rule of list) {
			if (!(rule instanceof CSSFontFaceRule)) continue;
			const family = plain(rule.style.getPropertyValue('font-family'));
			const italic = rule.style.getPropertyValue('font-style') === 'italic';
			const mine = uses.filter((u) => u.italic === italic && u.family.split(',').map(plain).includes(family));
			if (!mine.some((u) => covers(rule, u.text))) continue;
			const found = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue('src'));
			if (!found) continue;
			const url = new URL(found[1], sheet.href ?? document.baseURI).href;
			const css = (src: string) =>
				`@font-face{font-family:"${family}";font-style:${italic ? 'italic' : 'normal'};` +
				`font-weight:${rule.style.getPropertyValue('font-weight') || '400'};src:url(${src}) format("woff2")` +
				(rule.style.getPropertyValue('unicode-range')
					? `;unicode-range:${rule.style.getPropertyValue('unicode-range')}}`
					: '}');
			if (!known.has(url)) known.set(url, asData(url));
			wanted.push(known.get(url)!.then(css, () => ''));
		}
	}
	return (await Promise.all(wanted)).join('');
}
