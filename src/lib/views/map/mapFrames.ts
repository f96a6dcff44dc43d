// When the map may move: once a displayed frame while the page is seen, while the figure is in sight, and not for who
// asks for less motion.

/** Calls `frame` with the seconds since the last displayed frame, at most 0.25. @returns stops it */
export function everyFrame(frame: (seconds: number) => void): () => void {
	let last = performance.now();
	let id = requestAnimationFrame(function tick(now) {
		const seconds = Math.min(0.25, Math.max(0, (now - last) / 1000));
		last = now;
		if (document.visibilityState === 'visible' && seconds > 0) frame(seconds);
		id = requestAnimationFrame(tick);
	});
	return () => cancelAnimationFrame(id);
}

/** Tells whether the visitor asks for less motion, now and whenever that changes. @returns stops it */
export function whenQuiet(obey: (quiet: boolean) => void): () => void {
	const query = matchMedia('(prefers-reduced-motion: reduce)');
	const tell = () => obey(query.matches);
	tell();
	query.addEventListener('change', tell);
	return () => query.removeEventListener('change', tell);
}

/** Tells whether any part of an element is in sight. @returns stops it */
export function whenInSight(element: Element, tell: (seen: boolean) => void): () => void {
	const observer = new IntersectionObserver((entries) => tell(entries.some((e) => e.isIntersecting)));
	observer.observe(element);
	return () => observer.disconnect();
}
