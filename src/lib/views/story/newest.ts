// Asks a worker one question at a time and, while it thinks, keeps only the newest of those that follow: a slider that is
// dragged must not fill the worker's queue.

/** @param answer what is done with each answer; @param failed what is done with an error */
export function newest<Q, A>(
	ask: (question: Q) => Promise<A>,
	answer: (answer: A, question: Q) => void,
	failed: (error: unknown) => void
): (question: Q) => void {
	let busy = false;
	let next: { question: Q } | null = null;
	const run = async (question: Q) => {
		busy = true;
		try {
			answer(await ask(question), question);
		} catch (error) {
			failed(error);
		}
		busy = false;
		const waiting = next;
		next = null;
		if (waiting) void run(waiting.question);
	};
	return (question) => {
		if (busy) next = { question };
		else void run(question);
	};
}
