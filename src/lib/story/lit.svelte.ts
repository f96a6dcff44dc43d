// Lights terms in whatever typeset mathematics an element holds: [data-term] under the pointer is told, and those of the
// term that is lit carry the class "hot".
import type { TermId } from './chapter';

/** An attachment; `hot` is read reactively. */
export function lit(hot: () => TermId | null, light: (term: TermId | null) => void) {
	return (element: HTMLElement) => {
		const termOf = (target: EventTarget | null) =>
			target instanceof Element ? target.closest<HTMLElement>('[data-term]')?.dataset.term : undefined;
		let mine = false;
		const over = (event: PointerEvent) => {
			const term = termOf(event.target);
			if (term !== undefined) light(term);
			else if (mine) light(null);
			mine = term !== undefined;
		};
		const leave = () => {
			if (mine) light(null);
			mine = false;
		};
		element.addEventListener('pointerover', over);
		element.addEventListener('pointerleave', leave);
		$effect(() => {
			const now = hot();
			for (const mark of element.querySelectorAll<HTMLElement>('[data-term]'))
				mark.classList.toggle('hot', now !== null && mark.dataset.term === now);
		});
		return () => {
			element.removeEventListener('pointerover', over);
			element.removeEventListener('pointerleave', leave);
		};
	};
}
