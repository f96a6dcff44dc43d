// The chapters in their order, a line each: the number of its files (NN-slug) and how its data is loaded. A chapter that
// is not listed does not exist for the site.
import type { Chapter } from './chapter';

export interface Entry {
	/** "NN-slug": name of its files under chapters/, text/ and equations/ */
	readonly file: string;
	/** in the address */
	readonly id: string;
	readonly number: number;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each chapter has a state of its own, known to it alone
	readonly load: () => Promise<{ default: Chapter<any> }>;
}

/** A line of the contents. */
function entry(file: string, load: Entry['load']): Entry {
	return { file, id: file.slice(3), number: Number(file.slice(0, 2)), load };
}

export const contents: readonly Entry[] = [
	entry('01-binary-units', () => import('./chapters/01-binary-units/chapter')),
	entry('02-reciprocal-space', () => import('./chapters/02-reciprocal-space/chapter')),
	entry('03-letting-go', () => import('./chapters/03-letting-go/chapter')),
	entry('04-landscape', () => import('./chapters/04-landscape/chapter')),
	entry('05-effective-potential', () => import('./chapters/05-effective-potential/chapter')),
	entry('06-fokker-planck', () => import('./chapters/06-fokker-planck/chapter')),
	entry('07-schrodinger', () => import('./chapters/07-schrodinger/chapter')),
	entry('08-oscillators', () => import('./chapters/08-oscillators/chapter')),
	entry('09-learning', () => import('./chapters/09-learning/chapter')),
	entry('10-diffusion-model', () => import('./chapters/10-diffusion-model/chapter')),
	entry('11-what-did-not-work', () => import('./chapters/11-what-did-not-work/chapter'))
];
