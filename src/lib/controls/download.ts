// Hands a file to the visitor: the one place of the site that makes a link to a blob and follows it.

/** How long the link is kept after it was followed, in milliseconds: some browsers read the blob only later. */
const KEPT = 10_000;

/**
 * Saves a file through the browser's own download.
 * @param name the file's name, with its ending
 * @param body text, or a blob that knows its type
 * @param type media type of a text, e.g. "text/csv"
 */
export function download(name: string, body: Blob | string, type = 'text/plain;charset=utf-8'): void {
	const link = document.createElement('a');
	link.download = name;
	link.href = URL.createObjectURL(typeof body === 'string' ? new Blob([body], { type }) : body);
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
