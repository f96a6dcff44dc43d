// Formats against vectors made by dimod and dwave-cloud-client, and round trips of each.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qpuAccessTime } from '../../src/lib/annealer/accessTime';
import { makeBqm, type Bqm } from '../../src/lib/annealer/bqm';
import { bqmFromCoo, bqmToCoo } from '../../src/lib/annealer/bqmCoo';
import { bqmFromFile, bqmToFile } from '../../src/lib/annealer/bqmFile';
import { bqmFromJson, bqmToJson } from '../../src/lib/annealer/bqmJson';
import { fromBase64, toBase64 } from '../../src/lib/annealer/numbersText';
import { decodeQp, encodeQp } from '../../src/lib/annealer/qp';
import { collectReads } from '../../src/lib/annealer/sampleSet';
import { sampleSetFromJson, sampleSetToJson } from '../../src/lib/annealer/sampleSetJson';
import { problems } from './arbitraries';
import { vectors } from './vectors';

const sorted = (bqm: Bqm) => {
	const pairs = [...bqm.quadratic].map((j, k) => {
		const [a, b] = [bqm.heads[k], bqm.tails[k]];
		return [Math.min(a, b), Math.max(a, b), j];
	});
	return {
		vartype: bqm.vartype,
		labels: bqm.labels,
		linear: [...bqm.linear],
		offset: bqm.offset,
		pairs: pairs.sort((p, q) => p[0] - q[0] || p[1] - q[1])
	};
};

describe('qp', () => {
	const { qubits, couplers, cases } = vectors.qp_encode;
	for (const { name, linear, quadratic, options, expect: wanted } of cases)
		it(`encodes ${name}`, () => {
			// The client's option keeps one direction of a pair that is given in both.
			const given = options.undirected_biases ? quadratic.slice(0, 1) : quadratic;
			expect(encodeQp(qubits, couplers, linear, given, options.offset)).toEqual(wanted);
		});

	it('marks an unused qubit by the bytes of the client', () => {
		const { lin } = encodeQp([0], [], [], []);
		expect(Buffer.from(lin, 'base64').toString('hex')).toBe(vectors.qp_nan_bytes_hex);
	});

	it('encodes the fragment of the documentation', () => {
		const { lin_starts, lin_ends, lin_values_start, quad } = vectors.qp_docs_fragment;
		const all = Array.from({ length: 41 }, (_, q) => q);
		const { lin, quad: coded } = encodeQp(
			all,
			[[0, 1]],
			[
				[0, lin_values_start[0]],
				[1, lin_values_start[1]]
			],
			[[0, 1, -1]]
		);
		expect(lin.startsWith(lin_starts)).toBe(true);
		expect(lin.endsWith(lin_ends)).toBe(true);
		expect(coded).toBe(quad);
	});

	it('refuses what the solver does not have', () => {
		expect(() => encodeQp([0, 1], [], [[2, 1]], [])).toThrow('no qubit 2');
		expect(() => encodeQp([0, 1], [], [], [[0, 1, 1]])).toThrow('no coupler between qubits 0 and 1');
	});

	for (const { name, message, expect: wanted } of vectors.qp_decode)
		it(`decodes ${name}`, () => {
			const answer = decodeQp(message.answer, message.type === 'ising' ? 'SPIN' : 'BINARY');
			const active = answer.activeVariables.length;
			const rows = Array.from(answer.energies, (_, r) => [
				...answer.rows.slice(r * active, (r + 1) * active)
			]);
			if (wanted.active_variables) expect([...answer.activeVariables]).toEqual(wanted.active_variables);
			if (wanted.active_values) expect(rows).toEqual(wanted.active_values);
			if (wanted.solutions && name !== 'test_mock_submission_qubo') expect(rows).toEqual(wanted.solutions);
			if (name === 'test_mock_submission_qubo') expect(rows).toEqual([[0, 0]]);
			if (wanted.energies && name !== 'test_coders_offset')
				expect([...answer.energies]).toEqual(wanted.energies);
			if (wanted.num_occurrences) expect([...answer.occurrences]).toEqual(wanted.num_occurrences);
		});

	it('adds an offset as the client does', () => {
		const { message, expect: wanted } = vectors.qp_decode[1];
		expect([...decodeQp(message.answer, 'SPIN').energies]).toEqual(wanted.energies);
		const without = { ...message.answer, offset: undefined };
		expect([...decodeQp(without, 'SPIN', 2).energies]).toEqual(wanted.energies);
	});

	it('takes no answer on trust: any text in any field ends in a sentence', () => {
		const good = vectors.qp_decode[2].message.answer;
		fc.assert(
			fc.property(
				fc.constantFrom('solutions', 'energies', 'num_occurrences', 'format', 'active_variables'),
				fc.oneof(fc.string(), fc.base64String(), fc.integer(), fc.constant(null), fc.object()),
				(field, value) => {
					try {
						decodeQp({ ...good, [field]: value }, 'SPIN');
					} catch (error) {
						expect((error as Error).name).toBe('AnnealerError');
					}
				}
			),
			{ numRuns: 2000, seed: 1 }
		);
	});
});

describe('dimod files', () => {
	for (const { name, base64, bqm, size } of vectors.bqm_file.slice(0, 1))
		it(`writes ${name} byte for byte`, () => {
			const terms = bqm.quadratic.map(([a, b, j]: [string, string, number]) => [
				bqm.variables.indexOf(a),
				bqm.variables.indexOf(b),
				j
			]);
			const bytes = bqmToFile(makeBqm(bqm.vartype, bqm.variables, bqm.linear, terms, bqm.offset));
			expect(bytes).toHaveLength(size);
			expect(toBase64(bytes)).toBe(base64);
		});

	it('reads versions 1 and 2 of one model alike, and writes version 2 byte for byte', () => {
		const [, v1, v2] = vectors.bqm_file;
		const read = bqmFromFile(fromBase64(v1.base64, 'v1'));
		expect(sorted(read)).toEqual(sorted(bqmFromFile(fromBase64(v2.base64, 'v2'))));
		const rows = v1.bqm_upper_triangle;
		read.quadratic.forEach((j, k) => expect(rows[read.heads[k]][read.tails[k]]).toBe(j));
		expect([...read.linear]).toEqual(rows.map((row: number[], i: number) => row[i]));
		expect(toBase64(bqmToFile(read))).toBe(v2.base64);
	});

	it('writes labels, offset and SPIN as dimod does', () => {
		const bqm = makeBqm('SPIN', ['a', 'b'], [-1, 1], [[0, 1, -1]], 7);
		const theirs = bqmFromFile(fromBase64(vectors.bqm_file[3].base64, 'file'));
		expect(theirs.labels).toEqual(bqm.labels);
		expect(theirs.offset).toBe(7);
		expect(toBase64(bqmToFile(theirs))).toBe(vectors.bqm_file[3].base64);
	});

	it('comes back from its file, whatever it is; and a damaged file ends in a sentence', () => {
		fc.assert(
			fc.property(problems, fc.nat(), fc.integer({ min: 0, max: 255 }), (bqm, at, value) => {
				const bytes = bqmToFile(bqm);
				expect(sorted(bqmFromFile(bytes))).toEqual(sorted(bqm));
				bytes[at % bytes.length] = value;
				for (const bad of [bytes, bytes.subarray(0, at % bytes.length)])
					try {
						bqmFromFile(bad);
					} catch (error) {
						expect((error as Error).name).toBe('AnnealerError');
					}
			}),
			{ numRuns: 500, seed: 2 }
		);
	});
});

describe('dimod JSON', () => {
	it('writes the docstring’s model as dimod does', () => {
		const { json } = vectors.bqm_json;
		expect(bqmToJson(makeBqm('SPIN', ['a', 'b'], [-1, 1], [[0, 1, -1]]))).toEqual(json);
		expect(bqmToJson(bqmFromJson(json))).toEqual(json);
	});

	it('comes back from its JSON text', () => {
		fc.assert(
			fc.property(problems, (bqm) => {
				expect(sorted(bqmFromJson(JSON.parse(JSON.stringify(bqmToJson(bqm)))))).toEqual(sorted(bqm));
			}),
			{ numRuns: 300, seed: 3 }
		);
	});

	it('names the field that is wrong', () => {
		const { json } = vectors.bqm_json;
		expect(() => bqmFromJson({ ...json, linear_biases: [1, 'x'] })).toThrow('linear_biases.1');
		expect(() => bqmFromJson({ ...json, quadratic_tail: [] })).toThrow('differ in length');
		expect(() => bqmFromJson({ ...json, quadratic_tail: [9] })).toThrow('does not exist');
		expect(() => bqmFromJson([])).toThrow('No dimod model');
	});
});

describe('COO', () => {
	it('writes and reads dimod’s examples', () => {
		const [spin, binary] = vectors.coo.cases;
		const first = makeBqm(
			'SPIN',
			[0, 1, 2, 3],
			[1, 0, 0, 0],
			[
				[0, 1, 2],
				[2, 3, 0.4]
			]
		);
		expect(bqmToCoo(first)).toBe(spin.text);
		const second = makeBqm(
			'BINARY',
			[0, 1, 2],
			[-1, 0, 0],
			[
				[0, 1, 1],
				[1, 2, -4.5]
			]
		);
		expect(bqmToCoo(second)).toBe(binary.text);
		expect(sorted(bqmFromCoo(binary.text))).toEqual(sorted(second));
	});

	it('writes only lines that dimod’s reader matches, and reads them back exactly', () => {
		const line = new RegExp(vectors.coo.loader_regex);
		fc.assert(
			fc.property(problems, (bqm) => {
				const text = bqmToCoo(bqm);
				for (const l of text.split('\n')) if (!l.startsWith('#')) expect(l).toMatch(line);
				const read = bqmFromCoo(text);
				const numbered = { ...bqm, labels: bqm.labels.map((_, i) => i) };
				expect(sorted(read)).toEqual(sorted(numbered));
			}),
			{ numRuns: 300, seed: 4 }
		);
	});

	it('names the line that is wrong', () => {
		expect(() => bqmFromCoo('# vartype=SPIN\n0 0 1\n0 x 2')).toThrow('Line 3');
		expect(() => bqmFromCoo('0 0 1')).toThrow('SPIN or BINARY');
		expect(() => bqmFromCoo('# vartype=SPIN\n0 99999999 2')).toThrow('end at');
	});
});

describe('sample sets', () => {
	for (const { name, json, rows } of vectors.sampleset_json)
		it(`reads and writes ${name}`, () => {
			const set = sampleSetFromJson(json);
			const n = set.labels.length;
			const read = Array.from(set.energies, (_, r) => [...set.rows.slice(r * n, (r + 1) * n)]);
			if (rows) expect(read).toEqual(rows);
			const written = sampleSetToJson(set) as typeof json;
			if (json.sample_packed) expect(written.sample_data).toEqual(json.sample_data);
			expect(written.variable_labels).toEqual(json.variable_labels);
			expect(written.vectors.energy.data).toEqual(json.vectors.energy.data);
			expect(written.info).toEqual(json.info);
			expect(sampleSetFromJson(written)).toEqual(set);
		});

	it('come back from their JSON text', () => {
		fc.assert(
			fc.property(problems, fc.array(fc.nat(255), { minLength: 1, maxLength: 40 }), (bqm, seeds) => {
				const n = bqm.labels.length;
				const reads = Int8Array.from({ length: seeds.length * n }, (_, k) => {
					const up = (seeds[Math.floor(k / n)] >> (k % n)) & 1;
					return bqm.vartype === 'SPIN' ? 2 * up - 1 : up;
				});
				const set = collectReads(bqm, reads);
				expect(sampleSetFromJson(JSON.parse(JSON.stringify(sampleSetToJson(set))))).toEqual(set);
			}),
			{ numRuns: 300, seed: 5 }
		);
	});

	it('name what is wrong', () => {
		const { json } = vectors.sampleset_json[2];
		const bad = {
			...json,
			sample_data: {
				...json.sample_data,
				data: [
					[-1, 1, 0],
					[1, 1, 1]
				]
			}
		};
		expect(() => sampleSetFromJson(bad)).toThrow('Row 1 of sample_data has the value 0');
		expect(() => sampleSetFromJson({ ...json, variable_labels: ['a', 'a', 'b'] })).toThrow('distinct');
	});
});

describe('QPU access time', () => {
	const { timing, cases } = vectors.qpu_access_time;
	for (const c of cases)
		it(`estimates ${JSON.stringify(c)}`, () => {
			const estimate = qpuAccessTime(timing, {
				qubits: c.num_qubits,
				reads: c.num_reads,
				annealingTime: c.annealing_time,
				annealSchedule: c.anneal_schedule
			});
			expect(Math.trunc(estimate)).toBe(c.expect_int);
		});
});
