// One thread of the SIMD module (threads.ts, parts.ts): sleeps on the call counter, takes parts, reports, sleeps again. It ends
// by being terminated.
import type { Exports } from './module';
import { CONTROL, takeParts, type ThreadStart } from './parts';

self.onmessage = async ({ data }: MessageEvent<ThreadStart>) => {
	const { module, memory, control, numbers, index } = data;
	const instance = await WebAssembly.instantiate(module, { env: { memory } });
	let seen = 0;
	self.postMessage('ready');
	for (;;) {
		Atomics.wait(control, CONTROL.CALL, seen);
		seen = Atomics.load(control, CONTROL.CALL);
		takeParts(instance.exports as unknown as Exports, control, numbers, index);
		Atomics.sub(control, CONTROL.BUSY, 1);
		Atomics.notify(control, CONTROL.BUSY);
	}
};
