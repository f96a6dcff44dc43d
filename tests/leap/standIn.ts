// A stand-in for D-Wave's SAPI: real HTTP on this machine, the encodings of the real service, no quantum machine. It does
// what the public documentation says, and on demand everything that can go wrong.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { qpuAccessTime, type ProblemTiming } from '../../src/lib/annealer/accessTime';
import { bqAnswer, decodeProblem, qpAnswer, type Machine } from './standInSampler';
import { standInSolvers, type QpuShape, type StandInSolver } from './standInSolvers';

export type Route = 'solvers' | 'solver' | 'submit' | 'poll' | 'list' | 'answer' | 'cancel' | 'upload';

/** What goes wrong with an answer. */
export type Fault =
	/** `done`: what was asked for is done all the same */
	| { kind: 'status'; status: number; headers?: Record<string, string>; text?: string; done?: boolean }
	/** the answer comes after so many milliseconds */
	| { kind: 'slow'; wait: number }
	/** the connection is closed before anything is done */
	| { kind: 'dropped' }
	/** everything is done, and the connection closed without an answer */
	| { kind: 'lost' }
	/** the connection is closed in the middle of the answer */
	| { kind: 'truncated' }
	| { kind: 'malformed'; text?: string }
	/** the answer is changed */
	| { kind: 'changed'; change: (answer: unknown) => unknown };

interface Problem {
	id: string;
	label: string | null;
	type: string;
	solver: StandInSolver['identity'];
	status: 'PENDING' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
	submitted_on: string;
	solve: () => Record<string, unknown>;
	answer?: Record<string, unknown>;
}

interface Upload {
	size: number;
	parts: Map<number, Buffer>;
	combined: boolean;
}

export interface StandIn {
	readonly endpoint: string;
	readonly token: string;
	/** every request that came, in order */
	readonly requests: { method: string; path: string; headers: IncomingMessage['headers'] }[];
	/** every problem that was taken: what would have been paid for */
	readonly problems: ReadonlyMap<string, Problem>;
	readonly solvers: StandInSolver[];
	readonly machine: Machine;
	/** milliseconds until a problem is worked on, and again until it is done; Infinity: it stays PENDING */
	delay: number;
	/** the next `times` answers on a route go wrong */
	fail(route: Route, fault: Fault, times?: number): void;
	/** no fault is left over, no problem kept */
	reset(): void;
	close(): Promise<void>;
}

class Refusal extends Error {
	readonly status: number;
	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

export async function startStandIn(port = 0, token = `STAND-${randomUUID()}`): Promise<StandIn> {
	const faults: { route: Route; fault: Fault; times: number }[] = [];
	const requests: StandIn['requests'] = [];
	const problems = new Map<string, Problem>();
	const uploads = new Map<string, Upload>();
	const solvers = standInSolvers();
	const machine: Machine = { temperature: 1, noise: 0, sweeps: 40, seed: 1 };

	function submit(body: Buffer): unknown {
		const list = JSON.parse(body.toString()) as Record<string, unknown>[];
		if (!Array.isArray(list)) throw new Refusal(400, 'a list of problems is expected');
		return list.map((item) => {
			const identity = JSON.stringify(item.solver);
			const solver = solvers.find((s) => JSON.stringify(s.identity) === identity);
			if (!solver)
				return { error_code: 400, error_msg: 'Solver does not exist or apitoken does not have access' };
			const params = item.params as Record<string, never>;
			const known = solver.properties.parameters as Record<string, unknown>;
			const foreign = Object.keys(params).find((name) => !(name in known) && !name.startsWith('x_'));
			if (foreign) return { error_code: 400, error_msg: `Unknown parameter ${foreign}` };
			let solve: Problem['solve'];
			const seed = machine.seed + problems.size;
			const settings = { ...machine, seed };
			if (item.type === 'ising') {
				const shape = solver.properties as unknown as QpuShape;
				const sent = decodeProblem(shape, item.data as { lin: string; quad: string });
				const time = qpuAccessTime(solver.properties.problem_timing_data as ProblemTiming, {
					qubits: sent.labels.length,
					reads: params.num_reads,
					annealingTime: params.annealing_time
				});
				// The true time is a little below the estimate.
				solve = () => qpAnswer(shape, sent, params, settings, Math.floor(0.9 * time));
			} else {
				const { format, data } = item.data as { format: string; data: string };
				const upload = uploads.get(data);
				if (format !== 'ref' || !upload?.combined)
					return { error_code: 400, error_msg: 'Problem data does not exist' };
				const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
				solve = () => bqAnswer(Buffer.concat(parts), seed, params.time_limit);
			}
			const problem: Problem = {
				id: randomUUID(),
				label: typeof item.label === 'string' ? item.label : null,
				type: String(item.type),
				solver: solver.identity,
				status: 'PENDING',
				submitted_on: new Date().toISOString(),
				solve
			};
			problems.set(problem.id, problem);
			void work(problem);
			return shown(problem);
		});
	}

	async function work(problem: Problem): Promise<void> {
		const { delay } = standIn;
		if (delay === Infinity) return;
		await pause(delay);
		if (problem.status !== 'PENDING') return;
		problem.status = 'IN_PROGRESS';
		await pause(delay);
		if (problem.status !== 'IN_PROGRESS') return;
		problem.answer = problem.solve();
		problem.status = 'COMPLETED';
	}

	function shown({ id, label, type, solver, status, submitted_on }: Problem): Record<string, unknown> {
		return { id, label, type, solver, status, submitted_on };
	}

	async function poll(ids: string[], seconds: number): Promise<unknown> {
		const asked = ids.map((id) => problems.get(id));
		const end = Date.now() + 1000 * seconds;
		const open = (p?: Problem) => p && (p.status === 'PENDING' || p.status === 'IN_PROGRESS');
		while (asked.some(open) && Date.now() < end) await pause(5);
		return asked.map((p) => (p ? shown(p) : { error_code: 404, error_msg: 'Problem does not exist' }));
	}

	function cancel(id: string): unknown {
		const problem = problems.get(id);
		if (!problem) throw new Refusal(404, 'Problem does not exist');
		if (problem.status !== 'PENDING' && problem.status !== 'IN_PROGRESS')
			throw new Refusal(409, 'Problem has been finished.');
		problem.status = 'CANCELLED';
		return shown(problem);
	}

	function upload(method: string, path: string, headers: IncomingMessage['headers'], body: Buffer): unknown {
		if (path === 'bqm/multipart') {
			const { size } = JSON.parse(body.toString()) as { size: number };
			const id = randomUUID();
			uploads.set(id, { size, parts: new Map(), combined: false });
			return { id };
		}
		const [, id, what, part] = /^bqm\/multipart\/([^/]+)\/(part|combine)\/?(\d+)?$/.exec(path) ?? [];
		const found = uploads.get(id);
		if (!found) throw new Refusal(404, 'Upload does not exist');
		const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
		if (what === 'part') {
			if (method !== 'PUT' || md5(body).toString('base64') !== headers['content-md5'])
				throw new Refusal(400, 'Content-MD5 does not match');
			found.parts.set(Number(part), body);
			return {};
		}
		const parts = [...found.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
		const size = parts.reduce((sum, bytes) => sum + bytes.length, 0);
		const { checksum } = JSON.parse(body.toString()) as { checksum: string };
		if (size !== found.size || md5(Buffer.concat(parts.map(md5))).toString('hex') !== checksum)
			throw new Refusal(400, 'Checksum does not match');
		found.combined = true;
		return {};
	}

	function routeOf(method: string, path: string, query: URLSearchParams): Route | null {
		if (path.startsWith('bqm/multipart')) return 'upload';
		if (path === 'solvers/remote') return 'solvers';
		if (path.startsWith('solvers/remote/')) return 'solver';
		if (path === 'problems') return method === 'POST' ? 'submit' : query.has('id') ? 'poll' : 'list';
		if (/^problems\/[^/]+\/answer$/.test(path)) return 'answer';
		return /^problems\/[^/]+$/.test(path) && method === 'DELETE' ? 'cancel' : null;
	}

	async function handle(
		request: IncomingMessage,
		body: Buffer,
		url: URL,
		path: string,
		route: Route | null
	): Promise<unknown> {
		const name = decodeURIComponent(path.split('/')[route === 'solver' ? 2 : 1] ?? '');
		switch (route) {
			case 'solvers':
				return solvers.map(({ identity, status, avg_load }) => ({ identity, status, avg_load }));
			case 'solver': {
				const solver = solvers.find((s) => s.identity.name === name);
				if (!solver) throw new Refusal(404, 'Solver does not exist or apitoken does not have access');
				return solver;
			}
			case 'submit':
				return submit(body);
			case 'poll':
				return poll(
					(url.searchParams.get('id') ?? '').split(','),
					Number(url.searchParams.get('timeout') ?? 0)
				);
			case 'list':
				return [...problems.values()]
					.reverse()
					.slice(0, Number(url.searchParams.get('max_results') ?? 1000))
					.map(shown);
			case 'answer': {
				const problem = problems.get(name);
				if (!problem?.answer) throw new Refusal(404, 'Answer does not exist');
				return { answer: problem.answer };
			}
			case 'cancel':
				return cancel(name);
			case 'upload':
				return upload(request.method ?? '', path, request.headers, body);
			default:
				throw new Refusal(404, 'Not found');
		}
	}

	function nextFault(route: Route | null): Fault | null {
		const at = faults.findIndex((f) => f.route === route);
		if (at < 0) return null;
		const entry = faults[at];
		if (--entry.times <= 0) faults.splice(at, 1);
		return entry.fault;
	}

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://localhost');
		const path = url.pathname.replace(/^\/sapi\/v2\//, '').replace(/\/$/, '');
		requests.push({
			method: request.method ?? '',
			path: (request.url ?? '').replace('/sapi/v2/', ''),
			headers: request.headers
		});
		const route = routeOf(request.method ?? '', path, url.searchParams);
		const fault = nextFault(route);
		const send = (status: number, text: string, headers: Record<string, string> = {}) => {
			const bytes = Buffer.from(text);
			const length = String(bytes.length);
			response.writeHead(status, {
				'Content-Type': 'application/json',
				'Content-Length': length,
				...headers
			});
			response.end(bytes);
		};
		if (fault?.kind === 'dropped') return void request.socket.destroy();
		const body = await bodyOf(request);
		if (fault?.kind === 'slow') await pause(fault.wait);
		const refuse = (fault: Extract<Fault, { kind: 'status' }>) => {
			const text = fault.text ?? JSON.stringify({ error_code: fault.status, error_msg: 'on demand' });
			send(fault.status, text, fault.headers);
		};
		if (fault?.kind === 'status' && !fault.done) return refuse(fault);
		if (request.headers['x-auth-token'] !== token)
			return send(401, 'Unauthorized', { 'Content-Type': 'text/plain' });
		try {
			let result = await handle(request, body, url, path, route);
			if (fault?.kind === 'changed') result = fault.change(structuredClone(result));
			if (fault?.kind === 'status') return refuse(fault);
			if (fault?.kind === 'lost') return void request.socket.destroy();
			const text = fault?.kind === 'malformed' ? (fault.text ?? '{"oops": [1,') : JSON.stringify(result);
			if (fault?.kind !== 'truncated') return send(200, text);
			response.writeHead(200, {
				'Content-Type': 'application/json',
				'Content-Length': String(text.length + 10)
			});
			response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
		} catch (error) {
			const status = error instanceof Refusal ? error.status : 400;
			send(status, JSON.stringify({ error_code: status, error_msg: (error as Error).message }));
		}
	}

	const server = createServer((request, response) => {
		answer(request, response).catch(() => request.socket.destroy());
	});
	await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
	const standIn: StandIn = {
		endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sapi/v2/`,
		token,
		requests,
		problems,
		solvers,
		machine,
		delay: 5,
		fail: (route, fault, times = 1) => void faults.push({ route, fault, times }),
		reset() {
			faults.length = 0;
			requests.length = 0;
			problems.clear();
			uploads.clear();
			solvers.splice(0, solvers.length, ...standInSolvers());
			Object.assign(machine, { temperature: 1, noise: 0, sweeps: 40, seed: 1 });
			standIn.delay = 5;
		},
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};
	return standIn;
}
