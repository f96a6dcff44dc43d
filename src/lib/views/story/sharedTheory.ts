// One theory worker for all figures of the story: started at the first question, kept while the page lives.
import { TheoryClient } from '$lib/session/clientTheory';

let client: TheoryClient | null = null;

export function sharedTheory(): TheoryClient {
	return (client ??= new TheoryClient());
}
