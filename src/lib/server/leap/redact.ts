// Keeps secrets out of every sentence and log line: whatever goes out passes here, also words of the other side, which
// might repeat a header that it was sent.

/** Replaces every occurrence of the secrets, plain, percent-encoded, escaped for JSON or in base64, by "[withheld]". */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
	const forms = new Set<string>();
	for (const secret of secrets) {
		if (!secret) continue;
		forms.add(secret);
		forms.add(encodeURIComponent(secret));
		forms.add(JSON.stringify(secret).slice(1, -1));
		forms.add(Buffer.from(secret).toString('base64'));
		forms.add(Buffer.from(secret).toString('base64url'));
	}
	// Longest first: a form that holds another must not be left half.
	const ordered = [...forms].sort((a, b) => b.length - a.length);
	return (text) => ordered.reduce((out, form) => out.replaceAll(form, '[withheld]'), text);
}

/** One line of at most `most` characters, without control characters: words of the other side inside a sentence. */
export function quoted(text: string, most = 200): string {
	// eslint-disable-next-line no-control-regex -- they are what is taken out
	const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
	return `“${line.length > most ? `${line.slice(0, most)}…` : line}”`;
}
