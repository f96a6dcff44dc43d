// ln Z estimates on the page: asks the session for one, shows how far it is, and keeps those of the present run.
import type { Remote } from 'comlink';
import * as Comlink from 'comlink';
import type { SessionApi } from './protocol';
import type { AnnealingOptions, LnZEstimate } from './protocolAnnealing';

export class Estimates {
	/** those of the present run, by rising step */
	list = $state.raw<readonly LnZEstimate[]>([]);
	running = $state.raw<{ readonly what: string; readonly done: number } | null>(null);
	error = $state<string | null>(null);

	#api: () => Promise<Remote<SessionApi>>;
	#ticket = 0;

	constructor(api: () => Promise<Remote<SessionApi>>) {
		this.#api = api;
	}

	/** Estimates ln Z of the machine where the run stands. */
	start(options: AnnealingOptions): void {
		const ticket = ++this.#ticket;
		const mine = () => ticket === this.#ticket;
		this.error = null;
		this.running = { what: 'Starting', done: 0 };
		void (async () => {
			try {
				const api = await this.#api();
				const found = await api.estimateLnZ(
					options,
					Comlink.proxy((what: string, done: number) => {
						if (mine() && this.running) this.running = { what, done };
					})
				);
				if (!mine()) return;
				if (found)
					this.list = [...this.list.filter((e) => e.step !== found.step), found].sort(
						(a, b) => a.step - b.step
					);
			} catch (error) {
				if (mine()) this.error = error instanceof Error ? error.message : String(error);
			}
			if (mine()) this.running = null;
		})();
	}

	cancel(): void {
		this.#ticket++;
		const was = this.running;
		this.running = null;
		if (!was) return;
		void this.#api().then(
			(api) => api.cancelEstimate(),
			() => undefined
		);
	}

	/** Another run: what was estimated is not of it. */
	clear(): void {
		this.cancel();
		this.list = [];
		this.error = null;
	}
}
