// The words of the frame, in English: the site's header and footer, charts, controls, and everything about the story that
// is no chapter. Each language has a file with the same keys; {names} are filled in.
import { englishControls } from '../../../controls/words';

export default {
	/** as charts/words.ts has them */
	charts: {
		table: 'Table',
		tableOf: 'Table: {title}',
		rows: '{shown} of {total} rows, evenly spaced.',
		loading: 'Loading…',
		empty: 'Nothing to show yet.',
		failed: 'This figure failed.',
		cursor: 'Cursor',
		cursorNone: 'none; arrow keys move it',
		more: 'and {count} more',
		against: '{y} against {x}',
		plot: 'plot',
		matrix: '{label}: {rows} rows, {cols} columns, from {low} to {high}.',
		save: 'Save this figure',
		saveOf: 'Save: {title}',
		saving: 'Saving…',
		saved: '{name} saved.',
		saveFailed: 'Not saved: {why}',
		png: 'PNG, {pixels} pixels wide',
		csv: 'Table as CSV',
		npz: 'Points as NPZ',
		clip: 'Clip (WebM)…'
	},
	controls: englishControls,
	site: {
		skip: 'Skip to the content',
		pages: 'Pages',
		story: 'Story',
		lab: 'Lab',
		relaxation: 'Relaxation',
		annealer: 'Annealer',
		about: 'About',
		footer: 'After *RBM to Diffusion Model equivalence* (Calo4pQVAE, 2024) and',
		sources: 'Sources, and what is new here',
		local: 'Everything is computed on your machine.',
		/** the other language, named in itself, and what the switch is */
		language: 'Language',
		english: 'English',
		spanish: 'Español'
	},
	contents: {
		title: 'The story',
		lead: 'From binary units to oscillators, in eleven short chapters. Every figure is computed on your machine while you read, and answers to your hand.',
		description:
			'How a Restricted Boltzmann Machine becomes a diffusing particle and a set of coupled oscillators: a guided path with live figures.',
		start: 'Start the story',
		chapter: 'Chapter {number}',
		guide:
			'Each chapter is a row of steps. Go on with the buttons, with the arrow keys, or by scrolling. Wherever a question comes first, guess before you look.',
		doors: 'Further rooms',
		relaxation: 'Relaxation times',
		annealer: 'The annealer',
		glossary: 'Glossary'
	},
	glossary: {
		title: 'Glossary',
		lead: 'The terms of the story, each with the chapter that introduces it.',
		description: 'The terms of the story, each with a definition in one or two sentences.',
		definedIn: 'Introduced in chapter {number}, {title}',
		close: 'Close',
		more: 'Glossary'
	},
	reader: {
		contents: 'Contents',
		steps: 'Steps of this chapter',
		step: 'Step {number} of {count}',
		back: 'Back',
		next: 'Next',
		backKey: 'Back: ← or Page Up',
		nextKey: 'Next: → or Page Down',
		undo: 'Undo',
		undoKey: 'Takes the last change back: Ctrl+Z',
		reset: 'Reset this step',
		resetTitle: 'Shows this step as it was written',
		lab: 'Open this state in the Lab',
		figure: 'Figure',
		loading: 'The figure is being prepared.',
		failed: 'The figure did not start. Reload the page to try again.',
		source: 'Source',
		slides: 'slides',
		paper: 'paper',
		new: 'new here',
		test: 'Held by',
		testTitle: 'The test in this project that holds what the figure shows',
		terms: 'Terms of this equation',
		nextChapter: 'Next chapter',
		lastChapter: 'Previous chapter',
		end: 'This was the last chapter.',
		badStep: 'The link names a step that this chapter does not have. It begins at the start.',
		badState: 'The state in the link could not be read. The step is shown as it was written.'
	},
	predict: {
		title: 'Guess first',
		commit: 'That is my guess',
		skip: 'Show me',
		again: 'Guess again',
		yours: 'Your guess: {guess}.',
		mine: '← your guess',
		truth: 'Here: {answer}.',
		skipped: 'You looked without guessing.',
		draw: 'Draw the curve: drag from left to right. By keyboard: Tab goes from point to point, the arrow keys move it.',
		drawAll: 'Give every point a value first.'
	}
};
