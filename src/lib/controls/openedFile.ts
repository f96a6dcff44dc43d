// Files of this site that a visitor opens: the page whose kind a file is takes it; on another page it waits until that
// page is there.
import type { FileKind, ReciprocalFile } from '../scene/reciprocalFile';

type Taker = (file: ReciprocalFile) => void;

const takers = new Map<FileKind, Taker>();
let waiting: ReciprocalFile | null = null;
let chooser: (() => void) | null = null;

/** Says that the page is here and takes files of a kind; one that waits comes at once. Returns how to end it. */
export function takeFiles(kind: FileKind, taker: Taker): () => void {
	takers.set(kind, taker);
	if (waiting?.kind === kind) {
		const file = waiting;
		waiting = null;
		taker(file);
	}
	return () => {
		if (takers.get(kind) === taker) takers.delete(kind);
	};
}

/** Gives a file to the page that is here; false when another page has to be gone to, where it will be given. */
export function offerFile(file: ReciprocalFile): boolean {
	const taker = takers.get(file.kind);
	waiting = taker ? null : file;
	taker?.(file);
	return taker !== undefined;
}

/** Sets who lets the visitor choose a file; there is one, in the frame of every page. */
export function setChooser(choose: () => void): () => void {
	chooser = choose;
	return () => {
		if (chooser === choose) chooser = null;
	};
}

/** Lets the visitor choose a file to open. */
export function chooseFile(): void {
	chooser?.();
}
