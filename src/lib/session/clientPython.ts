// A Python script (numpy alone) that repeats a run of the Lab and holds its numbers against the page's: assembled from
// the files in python/, with the run's record in it. Small arrays are written into the script, large ones into an .npz
// file beside it. Loaded when somebody asks for it.
import type { Scene } from '../scene/schema';
import { npzBytes, type NpyArray } from '../data/npyWrite';
import type { RunExport } from './protocolExport';
import compare from './python/compare.py?raw';
import data from './python/data.py?raw';
import generator from './python/generator.py?raw';
import machine from './python/machine.py?raw';
import training from './python/training.py?raw';

export interface PythonFiles {
	/** name and text of the script */
	readonly name: string;
	readonly text: string;
	/** what has to lie beside it; null when all is inside */
	readonly npz: { readonly name: string; readonly bytes: Uint8Array } | null;
}

export interface ScriptSource {
	/** of the state, and of the site */
	readonly address: string;
	readonly version: string;
}

/** Bytes of arrays that a script still carries inside itself. */
const MOST_INSIDE = 200_000;

/** Data that the script draws itself from the recipe. */
const DRAWN_HERE: readonly string[] = ['bars-and-stripes', 'drawn', 'gaussian-modes', 'showers', 'machine'];

function base64({ data: array }: NpyArray): string {
	const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
	let binary = '';
	for (let at = 0; at < bytes.length; at += 8192)
		binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(binary);
}

const dtype = ({ data: array }: NpyArray) => (array instanceof Float32Array ? '<f4' : '|u1');

/** SHA-256 of bytes, its first 32 hexadecimal digits. */
async function hashOf(bytes: Uint8Array): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
	return [...digest.slice(0, 16)].map((b) => b.toString(16).padStart(2, '0')).join('');
}

function arraysOf(run: RunExport, scene: Scene): Record<string, NpyArray> {
	const { N, M, shown, initial, train, heldOut } = run;
	const arrays: Record<string, NpyArray> = {
		weights: { data: run.weights, shape: [N, M] },
		visible_bias: { data: run.visibleBias, shape: [N] },
		hidden_bias: { data: run.hiddenBias, shape: [M] },
		shown_visible: { data: shown.visible, shape: [shown.count, N] },
		shown_hidden: { data: shown.hidden, shape: [shown.count, M] }
	};
	if (scene.initial.kind !== 'random' && scene.initial.kind !== 'spectrum') {
		arrays.initial_weights = { data: initial.weights, shape: [N, M] };
		arrays.initial_visible_bias = { data: initial.visibleBias, shape: [N] };
		arrays.initial_hidden_bias = { data: initial.hiddenBias, shape: [M] };
	}
	if (!DRAWN_HERE.includes(scene.data.kind)) {
		const stride = Math.ceil(N / 8);
		arrays.train = { data: train.bytes, shape: [train.count, stride] };
		if (heldOut) arrays.held_out = { data: heldOut.bytes, shape: [heldOut.count, stride] };
	}
	return arrays;
}

/** One section of the script under its own heading. */
const trimmed = (part: string) => part.trim();

/**
 * The script of a run.
 * @param run what the session hands out where the run stands
 * @param scene the Scene that the run was opened with
 */
export async function pythonScript(run: RunExport, scene: Scene, source: ScriptSource): Promise<PythonFiles> {
	const arrays = arraysOf(run, scene);
	const size = Object.values(arrays).reduce((sum, { data: array }) => sum + array.byteLength, 0);
	const inside = size <= MOST_INSIDE;
	const stem = `reciprocal-${scene.data.kind}-step-${run.step}`;
	const record = {
		title: run.title,
		address: source.address,
		version: source.version,
		step: run.step,
		N: run.N,
		backend: run.backend,
		scene,
		numbers: run.numbers,
		hash: run.hash,
		rows: await hashOf(run.train.bytes),
		rowsLookedAt: run.rowsLookedAt,
		langevinSteps: run.particles?.step ?? null,
		npz: inside ? null : `${stem}.npz`,
		arrays: inside
			? Object.fromEntries(
					Object.entries(arrays).map(([name, array]) => [name, [dtype(array), array.shape, base64(array)]])
				)
			: {}
	};
	// JSON in a raw Python string: neither a quote three times nor a backslash at its end can stand in it.
	const json = JSON.stringify(record, null, 1).replaceAll("'", '\\u0027');
	const head = `#!/usr/bin/env python3
"""Repeats a run of Reciprocal and holds its numbers against those of the page. Needs numpy and nothing else.

    python3 ${stem}.py                  everything: figures of the page's weights, then the run from its seed
    python3 ${stem}.py --no-training    figures of the page's weights alone
    python3 ${stem}.py --json           the results as one line of JSON

Saved by Reciprocal ${source.version}.
"""

import base64
import hashlib
import json
import math
import os
import sys
import time

import numpy as np

# The page's record: the state (a Scene), its numbers, and the arrays that belong to them.
RECORD = json.loads(r'''${json}''')

`;
	const text =
		[head + trimmed(generator), training, machine, data, compare].map(trimmed).join('\n\n\n') + '\n';
	return {
		name: `${stem}.py`,
		text,
		npz: inside ? null : { name: `${stem}.npz`, bytes: npzBytes(arrays) }
	};
}
