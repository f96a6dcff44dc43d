// Makes a state's file on the page that shows it: adds the version of the site and the date.
import { version } from '$app/environment';
import { resolve } from '$app/paths';
import { addressOf } from '../scene/address';
import { FILE_ENDING, FILE_VERSION, writeFile, type ReciprocalFile } from '../scene/reciprocalFile';

type Written<F> = F extends ReciprocalFile
	? Omit<F, 'format' | 'version' | 'made' | 'app' | 'assets' | 'note' | 'address'> &
			Partial<Pick<F, 'assets' | 'note'>> & {
				/** absolute link of the state */
				readonly link: string;
			}
	: never;

/**
 * A state as a file.
 * @param name the file's name without its ending
 */
export function keptFile(
	name: string,
	{ link, ...state }: Written<ReciprocalFile>
): { name: string; text: string } {
	const file = {
		format: 'reciprocal',
		version: FILE_VERSION,
		made: new Date().toISOString(),
		app: { version, commit: __COMMIT__ },
		address: addressOf(link, resolve('/')),
		assets: [],
		note: '',
		...state
	} as ReciprocalFile;
	const plain = name
		.normalize('NFKD')
		.replaceAll(/[^\w]+/g, '-')
		.replaceAll(/^-+|-+$/g, '')
		.slice(0, 80);
	return { name: plain + FILE_ENDING, text: writeFile(file) };
}
