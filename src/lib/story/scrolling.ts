// Which section of a text is read, told by scrolling, and scrolling to a section. Once the page itself has put the text
// somewhere, what moves after that (a smooth scroll on a busy machine, a figure that loads and pushes the text) is no wish
// to read another section, until the visitor scrolls.

const KEYS = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End', ' ', 'Tab', 'PageUp', 'PageDown']);
/** Scrolling without input events, as screen readers do, counts this long after the page has come to rest, in ms. */
const CALM = 1000;

export interface ScrollOptions {
	/** the sections in their order */
	sections(): readonly HTMLElement[];
	/** height in the window, in px, at which the text is read */
	line(): number;
	/** a section has come to the line; also told when it is the present one */
	onread(index: number): void;
}

export class Scrolling {
	readonly #options: ScrollOptions;
	#pinned = false;
	/** where the text lay once it had come to rest after it was pinned, and when */
	#rest: { top: number; since: number } | null = null;
	#frame = 0;
	#stop = new AbortController();

	constructor(options: ScrollOptions) {
		this.#options = options;
	}

	/** Begins to listen; only in a browser. */
	start(): void {
		const { signal } = this.#stop;
		const passive = { passive: true, signal };
		addEventListener('scroll', () => this.#scrolled(), passive);
		addEventListener('scrollend', () => (this.#rest ??= { top: scrollY, since: performance.now() }), passive);
		const release = () => (this.#pinned = false);
		addEventListener('wheel', release, passive);
		addEventListener('touchmove', release, passive);
		// the scroll bar, and scrolling by the middle button
		addEventListener(
			'pointerdown',
			({ target, button }) => (target === document.documentElement || button === 1) && release(),
			passive
		);
		// A key that led to a section was taken, and has pinned it.
		addEventListener('keydown', (e) => !e.defaultPrevented && KEYS.has(e.key) && release(), passive);
	}

	stop(): void {
		cancelAnimationFrame(this.#frame);
		this.#stop.abort();
	}

	/** Brings a section to the top and keeps it the one that is read. */
	to(index: number, smooth: boolean): void {
		this.#pinned = true;
		this.#rest = null;
		const section = this.#options.sections().at(index);
		section?.scrollIntoView({ behavior: smooth ? 'smooth' : 'instant', block: 'start' });
	}

	#scrolled(): void {
		cancelAnimationFrame(this.#frame);
		this.#frame = requestAnimationFrame(() => {
			if (this.#pinned && !this.#carriedAway()) return;
			this.#pinned = false;
			const line = this.#options.line();
			const at = this.#options.sections().findLastIndex((s) => s.getBoundingClientRect().top <= line);
			this.#options.onread(Math.max(0, at));
		});
	}

	#carriedAway(): boolean {
		const rest = this.#rest;
		return (
			rest !== null &&
			performance.now() > rest.since + CALM &&
			Math.abs(scrollY - rest.top) > 0.6 * innerHeight
		);
	}
}
