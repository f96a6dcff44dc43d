// The chapter's data and code, a chunk of its own; its words come from the server part.
import { contents } from '$lib/story/contents';

export async function load({ params, data }) {
	const entry = contents.find(({ id }) => id === params.chapter);
	return { ...data, code: entry ? (await entry.load()).default : null };
}
