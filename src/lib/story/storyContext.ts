// What the parts of a chapter's page share: where the glossary is, how a definition is opened, and the frame's words.
import { getContext, setContext } from 'svelte';
import type { Ui } from './ui';

export interface StoryContext {
	readonly ui: () => Ui;
	/** address of the glossary entry, for who opens it in a page of its own */
	readonly glossaryHref: (id: string) => string;
	/** shows the definition beside the word; false when there is none here */
	readonly define: (id: string, beside: HTMLElement) => boolean;
}

const key = Symbol('story');

export function setStory(story: StoryContext): void {
	setContext(key, story);
}

export function getStory(): StoryContext {
	return getContext<StoryContext>(key);
}
