// What every figure of the site is handed for its files: the address of the state, the version, downloads, and archives
// of arrays, whose writer is loaded when one is asked for.
import { version } from '$app/environment';
import type { FigureFiles } from '$lib/charts/figureFiles';
import { download } from '$lib/controls/download';

export const figureFiles: FigureFiles = {
	version,
	address: () => location.href,
	save: download,
	npz: async (arrays) => {
		const { npzBytes } = await import('$lib/data/npyWrite');
		return new Blob([npzBytes(arrays) as BlobPart], { type: 'application/zip' });
	}
};
