// Equations of chapter 11: each erratum as the slides print it and as it holds, from theory's own list.
import { errataEquations } from '../../views/story/errataSweep';
import type { Equation } from '../chapter';

export default Object.fromEntries(
	errataEquations().flatMap(({ id, printed, holds }): [string, Equation][] => [
		[
			`printed-${id}`,
			{ tex: `\\term{printed}{${printed}}`, terms: [{ id: 'printed', tex: '\\neq', quantity: null }] }
		],
		[`holds-${id}`, { tex: `\\term{holds}{${holds}}`, terms: [{ id: 'holds', tex: '=', quantity: 'exact' }] }]
	])
) satisfies Record<string, Equation>;
