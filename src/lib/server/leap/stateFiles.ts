// Small JSON files that survive a crash: written beside their place, flushed to the disk, then put into it in one step.
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export class StateFiles {
	readonly #folder: string;
	#made: Promise<unknown> | undefined;

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** @returns the parsed file, undefined when there is none @throws when it cannot be read or is no JSON */
	async read(name: string): Promise<unknown> {
		let text: string;
		try {
			text = await readFile(join(this.#folder, name), 'utf8');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
			throw error;
		}
		return JSON.parse(text) as unknown;
	}

	/** Writes a file or replaces it. */
	async write(name: string, value: unknown): Promise<void> {
		const draft = await this.#draft(value);
		await rename(draft, join(this.#folder, name));
	}

	/** Writes a file that is not there yet. @returns false when it is */
	async create(name: string, value: unknown): Promise<boolean> {
		const draft = await this.#draft(value);
		try {
			await link(draft, join(this.#folder, name));
			return true;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
			throw error;
		} finally {
			await unlink(draft);
		}
	}

	/** Names of the files that are there. */
	async list(): Promise<string[]> {
		await this.#ready();
		return (await readdir(this.#folder)).filter((name) => name.endsWith('.json'));
	}

	#ready(): Promise<unknown> {
		return (this.#made ??= mkdir(this.#folder, { recursive: true, mode: 0o700 }));
	}

	async #draft(value: unknown): Promise<string> {
		await this.#ready();
		const path = join(this.#folder, `${randomUUID()}.draft`);
		const file = await open(path, 'wx', 0o600);
		try {
			await file.writeFile(JSON.stringify(value));
			await file.sync();
		} finally {
			await file.close();
		}
		return path;
	}
}
