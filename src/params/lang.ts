// Which first parts of an address name a language; English has none.
import type { ParamMatcher } from '@sveltejs/kit';

export const match = ((param: string): param is 'es' => param === 'es') satisfies ParamMatcher;
