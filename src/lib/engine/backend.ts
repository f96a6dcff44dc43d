// Which tfjs backend computes: chosen by trying, switched on request, and recovered when a GPU device is lost.
// Order: webgpu on a real adapter, then wasm, then cpu. Runs in a module worker; never touches `window`.

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** One backend that was tried: whether it computes here and, in a sentence, why or why not. */
export interface Attempt {
	readonly name: BackendName;
	readonly ok: boolean;
	readonly why: string;
}

/** The backend in use. */
export interface BackendChoice {
	readonly name: BackendName;
	/** one sentence for the screen */
	readonly reason: string;
	/** everything tried before and including this one, in order */
	readonly tried: readonly Attempt[];
	/** threads of the wasm backend; 1 elsewhere */
	readonly threads: number;
}

export interface BackendOptions {
	/** names to try, in this order; default webgpu, wasm, cpu */
	readonly order?: readonly BackendName[];
	/** accept a software WebGPU adapter, forty times slower than wasm: for tests and on request only */
	readonly allowSoftware?: boolean;
	/** wasm threads wanted when the page is cross-origin isolated; default every core, at most 8 */
	readonly threads?: number;
}

/** What was lost: a device that went away, or one that reported an error and cannot be trusted any more. */
export interface BackendLoss {
	readonly name: BackendName;
	readonly kind: 'lost' | 'error';
	readonly message: string;
}

/** Tries the backends in order and makes the first that computes current. Throws when none does. */
export declare function chooseBackend(options?: BackendOptions): Promise<BackendChoice>;

/**
 * Makes one named backend current, or throws with the reason why it cannot be. Tensors of the old backend are NOT
 * carried over: read what you need first (`checkpointTraining`, `readModel`), switch, then make it anew.
 */
export declare function useBackend(name: BackendName, options?: BackendOptions): Promise<BackendChoice>;

/** The backend in use, or null before the first choice. */
export declare function currentBackend(): BackendChoice | null;

/**
 * Calls back once when the current WebGPU device is lost or reports an error. Its tensors are gone; call
 * `recoverBackend` and restore from a checkpoint. Returns a function that stops listening.
 */
export declare function onBackendLost(callback: (loss: BackendLoss) => void): () => void;

/**
 * After a loss: drops the dead backend with its tensors, asks once for a new device of the same kind unless
 * `options.order` says otherwise, and goes down the order from there.
 */
export declare function recoverBackend(options?: BackendOptions): Promise<BackendChoice>;

/** Throws when the current backend has been lost or has reported an error; cheap. Every read-back calls it. */
export declare function assertBackend(): void;

/** Resolves when everything submitted so far has been computed: back-pressure for loops without read-back. */
export declare function settle(): Promise<void>;

/** Test hook: destroys the WebGPU device, as a driver reset would. */
export declare function forceBackendLoss(): void;
