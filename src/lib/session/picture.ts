// The page's canvas for the particles: kept by the session, drawn from the GPU's own buffers where it can be, and given
// up, with the points read back as before, where it cannot.
import { canDrawPicture, ParticlePicture, type PictureFrame } from '$lib/engine/particlePicture';
import type { CloudSource } from './cloud';
import type { PictureView } from './protocol';

export class Picture {
	#picture: ParticlePicture | null = null;
	#view: PictureView | null = null;
	/** the device refused to draw on this canvas */
	#refused = false;
	readonly #onrefusal: () => void;

	/** @param onrefusal hears when the canvas cannot be drawn on after all */
	constructor(onrefusal: () => void) {
		this.#onrefusal = onrefusal;
	}

	/** Takes a canvas over, or lets go of the one there is. */
	attach(canvas: OffscreenCanvas | null): void {
		this.#picture?.dispose();
		this.#view = null;
		this.#refused = false;
		const refuse = () => {
			if (this.#picture !== picture || this.#refused) return;
			this.#refused = true;
			this.#onrefusal();
		};
		const picture = canvas && new ParticlePicture(canvas, refuse);
		this.#picture = picture;
	}

	/** What the page shows of the plane from now on. */
	show(view: PictureView): void {
		this.#view = view;
	}

	/** Whether the page's canvas is there to be drawn on, on the backend of now. */
	get ready(): boolean {
		return this.#picture !== null && !this.#refused && canDrawPicture();
	}

	/** Whether a look at this plane is what the page shows; its size and edges come after the first measures. */
	#shows({ rank, plane }: CloudSource): boolean {
		return this.#view?.rank === rank && this.#view.plane === plane;
	}

	/** Draws, unless the page shows another plane by now. False: it cannot be drawn. */
	draw(source: CloudSource): boolean {
		if (!this.ready) return false;
		if (!this.#view || !this.#shows(source)) return true;
		try {
			this.#picture!.draw(frameOf(this.#view), source.particles, source.states);
		} catch {
			this.#refused = true;
		}
		return !this.#refused;
	}

	dispose(): void {
		this.attach(null);
	}
}

/** At least a pixel, at most what a texture holds everywhere. */
const size = (pixels: number): number => Math.max(1, Math.min(8192, Math.round(pixels)));

const frameOf = (view: PictureView): PictureFrame => ({
	...view,
	width: size(view.width),
	height: size(view.height)
});
