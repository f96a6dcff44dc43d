// What a recipe is: a named training run whose result can be held against a published figure. Recipes run in a module
// worker (recipeWorker.ts) on the app's engine; scripts/reproduce.js starts them and keeps their report.
import type { BackendName } from '../../src/lib/engine/backend';
import type { ModelArrays } from '../../src/lib/engine/model';
import type { TrainConfig } from '../../src/lib/engine/train';

/** What scripts/reproduce.js asks for; absent: as the recipe says. */
export interface RecipeOptions {
	readonly name: string;
	readonly seed?: number;
	readonly epochs?: number;
	/** fields of the recipe's TrainConfig to change, by name */
	readonly set: Partial<TrainConfig>;
	/** share of the run after which the learning rate falls linearly to 0; 1: it never does */
	readonly decayFrom?: number;
	/** intermediate temperatures of annealed importance sampling, for recipes that need it */
	readonly temperatures?: number;
	readonly backend: BackendName;
	/** absolute address of the folder with the packed data sets */
	readonly dataFolder: string;
	/** also hand the weights over, as base64 of float32 */
	readonly weights: boolean;
}

/** A point of the curve: what is known of the model after so many gradient steps. */
export interface CurvePoint {
	readonly step: number;
	readonly epoch: number;
	/** seconds of training since the start, evaluation left out */
	readonly seconds: number;
	/** further figures, by name */
	readonly [figure: string]: number;
}

export interface RecipeRun {
	/** every choice that decides the run */
	readonly recipe: Readonly<Record<string, unknown>>;
	readonly curve: readonly CurvePoint[];
	/** curves of further runs for comparison, by name */
	readonly otherCurves?: Readonly<Record<string, readonly CurvePoint[]>>;
	readonly result: Readonly<Record<string, unknown>>;
	/** what others report, with its source */
	readonly published: Readonly<Record<string, unknown>>;
	/** more than is printed, for the report's file and for what is written from it */
	readonly detail?: unknown;
	readonly model: ModelArrays;
}

export interface RecipeContext {
	readonly seed: number;
	readonly epochs?: number;
	readonly set: Partial<TrainConfig>;
	readonly decayFrom?: number;
	readonly temperatures?: number;
	readonly dataFolder: string;
	/** one line for whoever watches */
	say(line: string): void;
}

export interface Recipe {
	run(context: RecipeContext): Promise<RecipeRun>;
}

export type RecipeMessage =
	| { readonly kind: 'progress'; readonly line: string }
	| { readonly kind: 'report'; readonly report: Readonly<Record<string, unknown>> }
	| { readonly kind: 'error'; readonly message: string };
