// Which rungs try to exchange: neighbours, even pairs (0,1), (2,3)… in rounds of parity 0 and odd pairs (1,2), (3,4)…
// in rounds of parity 1. Taking the two in turn, not at random, carries configurations along the ladder without
// turning back (Syed, Bouchard-Côté, Deligiannidis, Doucet, JRSS B 84 (2022) 321).

/** The partner of a rung in rounds of this parity; the rung itself where it has none. */
export function partnerOf(rung: number, rungs: number, parity: number): number {
	const place = rung - parity;
	if (place < 0) return rung;
	const partner = place % 2 === 0 ? rung + 1 : rung - 1;
	return partner < rungs ? partner : rung;
}

/** `partnerOf(rung, rungs, parity)` in WGSL. */
export const partnerWgsl = `
fn partnerOf(rung : i32, rungs : i32, parity : i32) -> i32 {
	let place = rung - parity;
	let partner = select(rung - 1, rung + 1, place % 2 == 0);
	return select(partner, rung, place < 0 || partner >= rungs);
}
`;
