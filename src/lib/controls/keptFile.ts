// Makes a state's file on the page that shows it: adds the version of the site and the date.
import { version } from '$app/environment';
import { resolve } from '$app/paths';
import { addressOf } from '../scene/address';
import { assetFromJson, assetToJson } from '../scene/asset';
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
 * @throws Error when own data or weights are larger than a file takes
 */
export function keptFile(
	name: string,
	{ link, ...state }: Written<ReciprocalFile>
): { name: string; text: string } {
	for (const asset of state.assets ?? []) {
		// what could not be opened again is not written
		const read = assetFromJson(assetToJson(asset));
		if ('problem' in read) throw new Error(read.problem);
	}
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
